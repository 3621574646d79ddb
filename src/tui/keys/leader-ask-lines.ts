// How the first run asks about the leader.

import { bold, type Line, span } from '../paint/spans.ts';
import type { Keymap } from './keymap.ts';
import { keyLabel } from './keys.ts';
import type { LeaderAsk } from './leader-ask.ts';

/** Three lines, filled one after another: nothing moves when a key is offered. */
export function leaderAskLines(
	{ offered, inputMethod }: LeaderAsk,
	{ leader }: Keymap,
): readonly Line[] {
	const key = (name: string) => bold(keyLabel(name), 'accent');
	const [first, ...others] = offered;
	const why =
		inputMethod === null
			? 'Nothing happens? Press '
			: `If ${inputMethod} takes it, press `;
	return [
		[span('Press '), key(leader), span(': it leads out of a pane.')],
		first === undefined ? [] : [span(why), key(first), span(' instead.')],
		others.length === 0 ? [] : [span('Or '), ...others.map(key), span('.')],
	];
}
