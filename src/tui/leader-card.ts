// The menu that helps whoever hesitates after the leader.
import type { CardContent } from './card.ts';
import { keyLabel, rowsOf } from './keys.ts';
import { bold, type Line, padText, span } from './spans.ts';

/** The keys after the leader, shown while it waits. */
export function leaderCard(): CardContent {
	const rows = rowsOf('nav').filter(({ short }) => short !== undefined);
	const columns = 3;
	const height = Math.ceil(rows.length / columns);
	const cell = (at: number): Line => {
		const row = rows[at];
		if (!row) return [];
		return [
			bold(padText(keyLabel(row.keys[0] ?? ''), 3), 'accent'),
			span(padText(row.short ?? '', 19)),
		];
	};
	return {
		title: 'one key of weir, then typing goes on',
		width: 68,
		corner: 'bottom',
		lines: [
			...Array.from({ length: height }, (_, at) =>
				[0, 1, 2].flatMap((column) => cell(at + column * height)),
			),
			[],
			[
				bold('Esc', 'accent'),
				span(' back to the panes   '),
				bold('Ctrl+Space', 'accent'),
				span(' sends Ctrl+Space itself'),
			],
		],
	};
}
