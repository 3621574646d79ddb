// What the screen of the queue says where nothing is listed.

import type { State } from '../../domain/state.ts';
import { withKeys } from '../keys/named-keys.ts';
import { bold, type Line, span, wrapText } from '../paint/spans.ts';
import { shownAgents, type View } from '../view.ts';

export function withoutEntries(state: State, view: View, width: number): readonly Line[] {
	const text = (words: string): Line[] =>
		wrapText(withKeys(words, view.keymap, 'nav'), width - 2).map((line) => [
			span(` ${line}`),
		]);
	if (view.filter !== '' && view.queue.entries.length > 0)
		return [[], ...text(`Nothing that waits is called ${view.filter}.`)];
	const none = shownAgents(state).length === 0;
	return [
		[],
		[bold(' Nothing waits to land.')],
		[],
		...text(
			'An agent is listed as soon as it has commits that its base does not have, with what it conflicts with.',
		),
		...(none ? [[], ...text('There is no agent: {agent.new} starts one.')] : []),
	];
}
