// What is said to a key that is bound to nothing in the panes.

import { type Message, shownAgents } from '../view.ts';
import type { Situation } from './key-row.ts';

export function unknownKey(key: string, { state, view }: Situation): Message {
	const awaited = view.busy.findLast(({ card }) => card);
	// Typed ahead of a card: its hint is about to say what the key means.
	if (awaited)
		return {
			text: `${key} came too early: still ${awaited.what}`,
			allow: 'press it again when that is there',
			tone: 'plain',
		};
	const agent = /^[1-9]$/.test(key) ? shownAgents(state)[Number(key) - 1] : undefined;
	return {
		text: `${key} means nothing here`,
		allow: agent
			? `{focus.jump} ${key} Enter goes to ${key} ${agent.name}`
			: '? shows all keys',
		tone: 'plain',
	};
}
