// The menu that helps whoever hesitates after the leader.

import type { Keymap } from '../keys/keymap.ts';
import { keyLabel, rowsOf } from '../keys/keys.ts';
import { bold, type Line, padText, span } from '../paint/spans.ts';
import type { CardContent } from './card.ts';

const width = 71;
const wordsWidth = 20;

/** The keys after the leader, shown while it waits. */
export function leaderCard(keymap: Keymap): CardContent {
	const rows = rowsOf(keymap, 'nav').filter(
		({ short, keys }) => short !== undefined && keys.length > 0,
	);
	const leader = keyLabel(keymap.leader);
	const labels = rows.map(({ keys }) => keyLabel(keys[0] ?? ''));
	const keyWidth = Math.max(2, ...labels.map((label) => label.length)) + 1;
	const columns = Math.max(1, Math.floor((width - 2) / (keyWidth + wordsWidth)));
	const height = Math.ceil(rows.length / columns);
	const cell = (at: number): Line => {
		const row = rows[at];
		if (!row) return [];
		return [
			bold(padText(labels[at] ?? '', keyWidth), 'accent'),
			span(padText(row.short ?? '', wordsWidth)),
		];
	};
	return {
		title: 'one key of weir, then typing goes on',
		width,
		corner: 'bottom',
		lines: [
			...Array.from({ length: height }, (_, at) =>
				Array.from({ length: columns }, (__, column) => column).flatMap((column) =>
					cell(at + column * height),
				),
			),
			[],
			[
				bold('Esc', 'accent'),
				span(' back to the panes   '),
				bold(leader, 'accent'),
				span(` sends ${leader} itself`),
			],
		],
	};
}
