// The lists that are searched by letters, as cards: what is marked is always among the rows shown.

import { jumpTargets, paletteItems } from '../chrome/palette.ts';
import type { Situation } from '../keys/key-row.ts';
import type { Glyphs } from '../look/glyphs.ts';
import { signOf } from '../look/state-signs.ts';
import { bold, type Line, lineWidth, type Span, span, spread } from '../paint/spans.ts';
import { shownAgents } from '../view.ts';
import { type CardContent, cardRoom, cardRows } from './card.ts';
import type { Dialog } from './dialog.ts';

type ListDialog = Extract<Dialog, { kind: 'palette' | 'jump' }>;

export function paletteCard(
	dialog: ListDialog,
	situation: Situation,
	glyphs: Glyphs,
): CardContent {
	const width = widthOn(situation);
	const items = paletteItems(situation, dialog.field.text);
	return listCard('commands', dialog, situation, items, (match, marked) => {
		const { item, inLabel, inName } = match;
		const why = item.kind === 'command' ? item.whyNot : null;
		const left: Line = [
			marked ? bold(`${glyphs.cursor} `, 'accent') : span('  '),
			...withMatches(
				marked ? bold(item.label) : span(item.label, why ? 'dim' : undefined),
				inLabel,
			),
		];
		const note = why ? why.message : item.kind === 'command' ? item.key : '';
		const name = item.kind === 'command' && !why ? `${item.action}  ` : '';
		const fits = item.label.length + name.length + note.length + 4 <= width;
		const right = [
			...(fits ? withMatches(span(name, 'dim'), inName) : []),
			span(note, why ? 'dim' : 'accent'),
		];
		// On a small screen what it does matters more than why it cannot be done.
		const room = lineWidth(left) + lineWidth(right) < width;
		return spread(left, why && !room ? [] : right, width);
	});
}

export function jumpCard(
	dialog: ListDialog,
	situation: Situation,
	glyphs: Glyphs,
): CardContent {
	const numbers = new Map(shownAgents(situation.state).map(({ id }, at) => [id, at + 1]));
	const agents = jumpTargets(situation, dialog.field.text);
	return listCard('jump to', dialog, situation, agents, (agent, marked) => {
		const sign = signOf(agent);
		return spread(
			[
				marked ? bold(`${glyphs.cursor} `, 'accent') : span('  '),
				span(String(numbers.get(agent.id) ?? '').padEnd(4), 'dim'),
				marked ? bold(agent.name) : span(agent.name),
			],
			[span(`${glyphs[sign.glyph]} ${sign.word}`, sign.role)],
			widthOn(situation),
		);
	});
}

/** The letters that were found stand out. */
function withMatches(piece: Span, at: readonly number[]): Line {
	const found = new Set(at);
	const line: Span[] = [];
	for (let from = 0; from < piece.text.length; ) {
		let to = from + 1;
		while (to < piece.text.length && found.has(to) === found.has(from)) to += 1;
		const text = piece.text.slice(from, to);
		line.push(found.has(from) ? bold(text, 'accent') : { ...piece, text });
		from = to;
	}
	return line;
}

const mostRows = 16;

function listCard<T>(
	title: string,
	{ field, at }: ListDialog,
	situation: Situation,
	items: readonly T[],
	lineOf: (item: T, marked: boolean) => Line,
): CardContent {
	const rows = Math.min(mostRows, Math.max(1, cardRows(situation.view.rows) - 1));
	const first = Math.max(0, Math.min(at - rows + 1, items.length - rows));
	const some = items.slice(first, first + rows);
	const { length } = items;
	const count = length > rows ? `${at + 1} of ${length}` : '';
	return {
		title,
		width: widthOn(situation),
		cursor: { x: 2 + field.text.slice(0, field.at).length, y: 0 },
		lines: [
			[span('> ', 'accent'), span(field.text)],
			[span(length === 0 ? 'nothing matches' : count, 'dim')],
			...some.map((item, index) => lineOf(item, first + index === at)),
		],
	};
}

/** As wide as the inside of a card on this screen, and no wider than is read with ease. */
function widthOn({ view }: Situation): number {
	return cardRoom(72, view);
}
