// The card in which the human lands work in spite of its gates: what they said, and why it lands all the same.
import type { Situation } from '../keys/key-row.ts';
import { keysLine } from '../keys/keys-line.ts';
import { bold, type Line, padText, span, wrapText } from '../paint/spans.ts';
import { type CardContent, cardRoom, sentence } from './card.ts';
import type { Dialog } from './dialog.ts';
import { redGates } from './override-choice.ts';

const labelCells = 6;

export function overrideCard(
	{ merge, field, said }: Extract<Dialog, { kind: 'override' }>,
	situation: Situation,
): CardContent {
	const { state, view } = situation;
	const { name, base } = merge.preview;
	const width = cardRoom(72, view);
	const room = width - labelCells;
	const from = Math.max(0, field.at - room + 1);
	const agent = state.agents[merge.agent];
	const red = said === null && agent ? redGates(agent) : [];
	const head = [
		...red.map(({ gate, text }): Line => [bold(`${gate}  `, 'bad'), span(text)]),
		...(said === null
			? []
			: wrapText(said, width).map((text): Line => [span(text, 'bad')])),
		[],
	];
	return {
		title: `land ${name} on ${base} in spite of its gates?`,
		width,
		tone: 'bad',
		cursor: { x: labelCells + field.at - from, y: head.length },
		lines: [
			...head,
			[bold(padText('why', labelCells), 'accent'), span(field.text.slice(from))],
			[],
			...sentence(
				'This once. The journal and the commit keep why; what its scope does not cover does not land either way.',
				width,
				view,
				'dim',
			),
		],
		footer: keysLine('override', situation),
	};
}
