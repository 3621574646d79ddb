// The card in which the human lets an agent write more: what, and why.
import { shortScope } from '../../domain/layers.ts';
import { asKey } from '../chrome/message-line.ts';
import type { Situation } from '../keys/key-row.ts';
import { keysLine } from '../keys/keys-line.ts';
import { withKeys } from '../keys/named-keys.ts';
import { bold, type Line, padText, span, wrapText } from '../paint/spans.ts';
import { type CardContent, cardRoom } from './card.ts';
import type { Dialog } from './dialog.ts';

const labelCells = 10;

export function widenCard(
	{ agent, on, patterns, reason, problem }: Extract<Dialog, { kind: 'widen' }>,
	situation: Situation,
): CardContent {
	const { state, view } = situation;
	const { name = '', scope = [] } = state.agents[agent] ?? {};
	const width = cardRoom(72, view);
	const room = width - labelCells;
	const field = on === 'patterns' ? patterns : reason;
	// The end of a long text is what is written at.
	const from = Math.max(0, field.at - room + 1);
	const label = (text: string, current: boolean): Line[number] =>
		current
			? bold(padText(text, labelCells), 'accent')
			: span(padText(text, labelCells), 'dim');
	const shown = (text: string, current: boolean) =>
		span(current ? text.slice(from) : text);
	const now = shortScope(scope);
	const about =
		now === '' ? 'all but what must be named, such as CI files' : `now ${now}`;
	return {
		title: `let ${name} write more`,
		width,
		cursor: { x: labelCells + field.at - from, y: on === 'patterns' ? 0 : 1 },
		lines: [
			[label('patterns', on === 'patterns'), shown(patterns.text, on === 'patterns')],
			[label('why', on === 'reason'), shown(reason.text, on === 'reason')],
			[],
			...(problem === null
				? [...dim(`${about}; as in .gitignore, several with blanks between them`, width)]
				: [
						...wrapText(problem.message, width).map((text): Line => [span(text, 'bad')]),
						...wrapText(
							withKeys(asKey(problem.allow ?? ''), view.keymap, 'nav'),
							width,
						).map((text): Line => [span(text, 'accent')]),
					]),
		],
		footer: keysLine('widen', situation),
	};
}

function dim(text: string, width: number): Line[] {
	return wrapText(text, width).map((line): Line => [span(line, 'dim')]);
}
