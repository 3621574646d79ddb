// Text with meaning instead of colours, laid out in cells of a terminal.
import { clusters, textWidth } from '../lib/cell-width.ts';

export type Style =
	| 'plain'
	| 'strong'
	| 'emphasis'
	| 'heading'
	| 'dim'
	| 'accent'
	| 'code'
	| 'good'
	| 'bad'
	| 'warn'
	| 'added'
	| 'removed';

export interface Span {
	readonly text: string;
	readonly style: Style;
}

export type StyledLine = readonly Span[];

export function span(text: string, style: Style = 'plain'): Span {
	return { text, style };
}

/**
 * Parameters of the SGR sequence; `mono` is what stays where colours are not wanted. The terminal's own
 * sixteen, but for grey: they are readable on whatever background it has.
 */
const sgr = {
	plain: { colour: '', mono: '' },
	strong: { colour: '1', mono: '1' },
	emphasis: { colour: '3', mono: '3' },
	heading: { colour: '1;36', mono: '1' },
	dim: { colour: '38;5;245', mono: '2' },
	accent: { colour: '36', mono: '' },
	code: { colour: '33', mono: '' },
	good: { colour: '32', mono: '' },
	bad: { colour: '31', mono: '1' },
	warn: { colour: '33', mono: '1' },
	added: { colour: '32', mono: '' },
	removed: { colour: '31', mono: '' },
} satisfies Record<Style, { colour: string; mono: string }>;

export type Palette = 'colour' | 'mono' | 'none';

/** The line as bytes for a terminal; `none` gives the bare text. */
export function encode(line: StyledLine, palette: Palette): string {
	return line
		.map(({ text, style }) => {
			const parameters = palette === 'none' ? '' : sgr[style][palette];
			return parameters === '' ? text : `\u001b[${parameters}m${text}\u001b[0m`;
		})
		.join('');
}

export function widthOf(line: StyledLine): number {
	return line.reduce((sum, { text }) => sum + textWidth(text), 0);
}

/** The line within `width` cells, its end replaced by `…` where it does not fit. */
export function cut(line: StyledLine, width: number): StyledLine {
	if (widthOf(line) <= width) return line;
	const kept: Span[] = [];
	let room = Math.max(0, width - 1);
	for (const { text, style } of line) {
		let part = '';
		for (const grapheme of clusters(text)) {
			const cells = textWidth(grapheme);
			if (cells > room) return [...kept, span(`${part}…`, style)];
			part += grapheme;
			room -= cells;
		}
		kept.push(span(part, style));
	}
	return kept;
}

/**
 * Breaks a text between words into lines of at most `width` cells; a word that is wider than a
 * line is broken where the line ends. Line feeds break too. Gives at least one line.
 */
export function wrap(text: StyledLine, width: number): readonly StyledLine[] {
	const room = Math.max(1, width);
	const lines: Span[][] = [[]];
	let used = 0;
	const begin = () => {
		lines.push([]);
		used = 0;
	};
	const put = (piece: string, style: Style) => {
		const line = lines.at(-1);
		const before = line?.at(-1);
		if (before?.style === style) {
			line?.splice(-1, 1, span(before.text + piece, style));
		} else line?.push(span(piece, style));
		used += textWidth(piece);
	};
	for (const [word, space, style] of wordsOf(text)) {
		if (word === '\n') {
			begin();
			continue;
		}
		const width = textWidth(word.map(({ text: part }) => part).join(''));
		if (used > 0 && used + space.length + width > room) begin();
		else {
			// An indent gives way where its word fills the line.
			const left = (width > room ? room : room - width) - used;
			if (space !== '' && left > 0) put(space.slice(0, left), style);
		}
		for (const part of word) {
			for (const grapheme of width > room ? clusters(part.text) : [part.text]) {
				if (used > 0 && used + textWidth(grapheme) > room && width > room) begin();
				put(grapheme, part.style);
			}
		}
	}
	return lines;
}

type Word = readonly [word: readonly Span[] | '\n', space: string, style: Style];

/** Words may change style in their middle, so a word is a list of spans. */
function* wordsOf(text: StyledLine): Generator<Word> {
	let word: Span[] = [];
	let space = '';
	let spaceStyle: Style = 'plain';
	for (const { text: part, style } of text) {
		for (const token of part.match(/\n|[^\S\n]+|\S+/gu) ?? []) {
			if (token === '\n' || /^\s/u.test(token)) {
				if (word.length > 0) yield [word, space, spaceStyle];
				else if (token === '\n' && space !== '') yield [[], space, spaceStyle];
				word = [];
				space = token === '\n' ? '' : token.replaceAll(/\s/gu, ' ');
				spaceStyle = style;
				if (token === '\n') yield ['\n', '', style];
			} else word.push(span(token, style));
		}
	}
	if (word.length > 0) yield [word, space, spaceStyle];
}
