// The card in which a comment on a line of an agent's work is written.
import { visibleText } from '../../lib/plain-text.ts';
import type { Situation } from '../keys/key-row.ts';
import { keysLine } from '../keys/keys-line.ts';
import type { Glyphs } from '../look/glyphs.ts';
import { fitLine, type Line, markSpan, span, wrapText } from '../paint/spans.ts';
import { type CardContent, cardRoom } from './card.ts';
import type { Dialog } from './dialog.ts';

export function commentCard(
	{ about, field }: Extract<Dialog, { kind: 'comment' }>,
	situation: Situation,
	glyphs: Glyphs,
): CardContent {
	const width = cardRoom(72, situation.view);
	const before = wrapText(field.text.slice(0, field.at), width - 2);
	const sign = about.side === 'old' ? '-' : ' ';
	return {
		title: `comment on ${visibleText(about.path)}:${about.line}`,
		width,
		corner: 'bottom',
		cursor: { x: 2 + (before.at(-1)?.length ?? 0), y: 1 + before.length },
		lines: [
			fitLine(
				[span(`${sign} ${visibleText(about.quote)}`, 'dim')],
				width,
				glyphs.ellipsis,
			),
			[],
			...wrapText(field.text, width - 2).map(
				(text, at): Line => [markSpan(`${glyphs.cursor} `, at === 0), span(text)],
			),
		],
		footer: keysLine('comment', situation),
	};
}
