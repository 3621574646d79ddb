// The card of layouts to choose from, and the one that asks for a name.
import { type LayoutKind } from '../../domain/layout.ts';
import { smallestTile } from '../../domain/tile.ts';
import type { Situation } from '../keys/key-row.ts';
import { keysLine } from '../keys/keys-line.ts';
import { withKeys } from '../keys/named-keys.ts';
import type { LayoutChoice } from '../layouts/layout-choices.ts';
import { layoutOf } from '../layouts/remembered-view.ts';
import type { Glyphs } from '../look/glyphs.ts';
import { bold, type Line, padText, span, wrapText } from '../paint/spans.ts';
import { arrangementOf, shownAgents, type View } from '../view.ts';
import type { CardContent } from './card.ts';
import { cardRoom, cardRows } from './card.ts';
import type { Dialog } from './dialog.ts';

export function layoutsCard(
	dialog: Extract<Dialog, { kind: 'layouts' }>,
	situation: Situation,
	glyphs: Glyphs,
): CardContent {
	const { choices, at, doomed } = dialog;
	const { view } = situation;
	const rows = Math.max(1, cardRows(view.rows) - 2);
	const first = Math.max(0, Math.min(at - rows + 1, choices.length - rows));
	const lines = choices.slice(first, first + rows).map((choice, index): Line => {
		const marked = first + index === at;
		const said =
			choice.name === doomed
				? span(
						withKeys('{layout.delete} again deletes it', view.keymap, 'layouts'),
						'bad',
					)
				: span(wordsOf(choice, situation), 'dim');
		return [
			marked ? bold(`${glyphs.cursor} `, 'accent') : span('  '),
			span(isNow(choice, view) ? glyphs.done : ' ', 'accent'),
			{ text: ` ${padText(choice.name, nameWidth(choices))}`, bold: marked },
			said,
		];
	});
	return { title: 'layout', width: 62, lines, footer: keysLine('layouts', situation) };
}

/** Typing a name for the present layout. */
export function saveLayoutCard(
	{ field, problem }: Extract<Dialog, { kind: 'save-layout' }>,
	situation: Situation,
): CardContent {
	const width = cardRoom(62, situation.view);
	const words = problem ?? 'the present layout and where its borders are, for any panes';
	return {
		title: 'save the layout as',
		width,
		cursor: { x: 2 + field.text.slice(0, field.at).length, y: 0 },
		lines: [
			[span('> ', 'accent'), span(field.text)],
			[],
			...wrapText(words, width).map(
				(text): Line => [span(text, problem === null ? 'dim' : 'bad')],
			),
		],
		footer: keysLine('save-layout', situation),
	};
}

function nameWidth(choices: readonly LayoutChoice[]): number {
	return Math.min(20, 2 + Math.max(...choices.map(({ name }) => name.length)));
}

function isNow(choice: LayoutChoice, view: View): boolean {
	return choice.kind === 'own'
		? choice.name === view.layout
		: JSON.stringify(choice.shape) === JSON.stringify(layoutOf(view));
}

const help = {
	auto: 'grid, else strips',
	grid: 'all panes alive',
	'main-stack': 'one large, a stack',
	columns: 'side by side',
	strips: 'one pane and rows',
} as const satisfies Record<LayoutKind, string>;

/** What it shows, or why it would show strips instead. */
function wordsOf(choice: LayoutChoice, { state, view }: Situation): string {
	const layout = choice.kind === 'own' ? choice.name : choice.shape.kind;
	const { kind } = arrangementOf(state, { ...view, layout, zoom: false });
	const { length } = shownAgents(state);
	const fits = layout === 'auto' || kind !== 'strips' || layout === 'strips';
	if (!fits) return needs(layout, length);
	return choice.kind === 'own' ? help[choice.name] : `saved: ${layout}`;
}

function needs(layout: LayoutKind, panes: number): string {
	const { columns } = smallestTile;
	if (layout === 'columns') return `needs ${columns * panes} columns`;
	if (layout === 'main-stack') return `needs ${2 * columns}x${3 + 11 * (panes - 1)}`;
	return 'needs more room';
}
