// The card in which the human says why an agent is not to land; nothing has to be said.
import type { Situation } from '../keys/key-row.ts';
import { keysLine } from '../keys/keys-line.ts';
import { bold, padText, span } from '../paint/spans.ts';
import { type CardContent, cardRoom, sentence } from './card.ts';
import type { Dialog } from './dialog.ts';

const labelCells = 6;

export function holdCard(
	{ name, field }: Extract<Dialog, { kind: 'hold' }>,
	situation: Situation,
): CardContent {
	const { view } = situation;
	const width = cardRoom(72, view);
	const from = Math.max(0, field.at - (width - labelCells) + 1);
	return {
		title: `hold ${name} back from landing?`,
		width,
		cursor: { x: labelCells + field.at - from, y: 0 },
		lines: [
			[bold(padText('why', labelCells), 'accent'), span(field.text.slice(from))],
			[],
			...sentence(
				'It may stay empty. Whoever lands it is told, and the journal keeps it.',
				width,
				view,
				'dim',
			),
		],
		footer: keysLine('hold', situation),
	};
}
