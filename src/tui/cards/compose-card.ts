// The card of a message to several agents: its text, and who gets it. Those that show a question are left
// out: what is typed would be taken for its answer.
import { addressees, isIdle, whyNotTold } from '../../domain/message.ts';
import type { Situation } from '../keys/key-row.ts';
import { keysLine } from '../keys/keys-line.ts';
import type { Glyphs } from '../look/glyphs.ts';
import { signOf } from '../look/state-signs.ts';
import { bold, type Line, span, spread } from '../paint/spans.ts';
import { type CardContent, cardRoom, cardRows } from './card.ts';
import type { Dialog } from './dialog.ts';

const mostRows = 14;

export function composeCard(
	{ field, at, ticked }: Extract<Dialog, { kind: 'compose' }>,
	situation: Situation,
	glyphs: Glyphs,
): CardContent {
	const { state, view } = situation;
	const width = cardRoom(72, view);
	const agents = addressees(state);
	const rows = Math.min(mostRows, Math.max(1, cardRows(view.rows) - 5));
	const first = Math.max(0, Math.min(at - rows + 1, agents.length - rows));
	const able = agents.filter((agent) => whyNotTold(state, agent) === null);
	const chosen = able.filter(({ id }) => ticked.includes(id)).length;
	// The end of a long text is what is written at.
	const room = width - 3;
	const from = Math.max(0, field.at - room);
	return {
		title: `message to ${chosen} of ${agents.length}`,
		width,
		cursor: { x: 2 + field.at - from, y: 0 },
		lines: [
			[span('> ', 'accent'), span(field.text.slice(from))],
			[],
			...agents.slice(first, first + rows).map((agent, index): Line => {
				const marked = first + index === at;
				const no = whyNotTold(state, agent);
				const on = no === null && ticked.includes(agent.id);
				const sign = signOf(agent);
				const later = isIdle(state, agent) ? '' : ', gets it when idle';
				return spread(
					[
						marked ? bold(`${glyphs.cursor} `, 'accent') : span('  '),
						span(no ? ' -  ' : on ? '[x] ' : '[ ] ', on ? 'accent' : 'dim'),
						marked ? bold(agent.name) : span(agent.name, no ? 'dim' : undefined),
					],
					[
						no?.code === 'agent.asks'
							? span('left out: it shows a question', 'need')
							: no
								? span('left out: it does not run', 'dim')
								: span(`${glyphs[sign.glyph]} ${sign.word}${later}`, sign.role),
					],
					width,
				);
			}),
		],
		footer: keysLine('compose', situation),
	};
}
