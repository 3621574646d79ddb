// The signs that weir draws, by meaning. State signs are one cell wide in every terminal and no emoji;
// borders and bars are of ambiguous width, so a terminal that draws them wide gets ASCII, as does one
// without UTF-8.
import type { Environment } from '../../lib/environment.ts';

const unicode = {
	alarm: '!!',
	need: '!',
	ask: '?',
	conflict: '⇄',
	fail: '✗',
	broken: '∅',
	stuck: '⧗',
	scope: '⊘',
	ready: '✓',
	starting: '▹',
	run: '▸',
	stopping: '◂',
	removing: '◃',
	restoring: '▿',
	interrupted: '◊',
	waiting: '◌',
	paused: '∎',
	snoozed: '◦',
	done: '✓',
	merged: '⎇',
	call: '»',
	unknown: '∙',
	inferred: '~',
	ellipsis: '…',
	more: '▾',
	cursor: '>',
	focusBar: '▌',
	pointer: '❯',
	barFull: '█',
	barEmpty: '░',
	horizontal: '─',
	vertical: '│',
	topLeft: '┌',
	topRight: '┐',
	bottomLeft: '└',
	bottomRight: '┘',
	teeLeft: '├',
	teeRight: '┤',
	teeTop: '┬',
	teeBottom: '┴',
	cross: '┼',
	thickHorizontal: '━',
	thickVertical: '┃',
	thickTopLeft: '┏',
	thickTopRight: '┓',
	thickBottomLeft: '┗',
	thickBottomRight: '┛',
} as const;

export type GlyphName = keyof typeof unicode;
export type Glyphs = Readonly<Record<GlyphName, string>> & {
	/** One cell each; shown one after another. */
	readonly spinner: readonly string[];
};

const ascii: Readonly<Record<GlyphName, string>> = {
	alarm: '!!',
	need: '!',
	ask: '?',
	conflict: '%',
	fail: 'x',
	broken: 'B',
	stuck: '~~',
	scope: '#',
	ready: 'v',
	starting: ')',
	run: '>',
	stopping: '<',
	removing: '(',
	restoring: '^',
	interrupted: 'o',
	waiting: '.',
	paused: '=',
	snoozed: 'z',
	done: 'v',
	merged: 'M',
	call: '@',
	unknown: '-',
	inferred: '~',
	ellipsis: '.',
	more: 'v',
	cursor: '>',
	focusBar: '*',
	pointer: '>',
	barFull: '#',
	barEmpty: '-',
	horizontal: '-',
	vertical: '|',
	topLeft: '+',
	topRight: '+',
	bottomLeft: '+',
	bottomRight: '+',
	teeLeft: '+',
	teeRight: '+',
	teeTop: '+',
	teeBottom: '+',
	cross: '+',
	thickHorizontal: '=',
	thickVertical: '|',
	thickTopLeft: '+',
	thickTopRight: '+',
	thickBottomLeft: '+',
	thickBottomRight: '+',
};

export const unicodeGlyphs: Glyphs = {
	...unicode,
	spinner: ['⠋', '⠙', '⠸', '⠴', '⠦', '⠇'],
};
export const asciiGlyphs: Glyphs = { ...ascii, spinner: ['|', '/', '-', '\\'] };

/** The signs for a terminal: ASCII where it is asked for or the others would not come out right. */
export function glyphsFor(terminal: {
	readonly ascii: boolean;
	readonly ambiguousWide: boolean | null;
	readonly env: Environment;
}): Glyphs {
	const { env } = terminal;
	const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
	// No locale at all is what services and containers have; their terminals speak UTF-8 today.
	const isUtf8 = locale === '' || /utf-?8/i.test(locale);
	const plain = terminal.ascii || terminal.ambiguousWide === true || !isUtf8;
	return plain || env.TERM === 'linux' ? asciiGlyphs : unicodeGlyphs;
}
