// Styles as the sequences (SGR) that a terminal, and Ink between its texts, takes them in.
import type { RoleStyle } from './theme.ts';

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const end = '\x1b[0m';

/** The text in a style, and plain again behind it. */
export function styledText(text: string, style: RoleStyle): string {
	const sequence = styleSequence(style);
	return sequence === '' ? text : sequence + text + end;
}

/** Turns a style on from plain; empty for plain. One sequence for each property: Ink parts others. */
export function styleSequence(style: RoleStyle): string {
	const codes = [
		style.bold && '1',
		style.dimColor && '2',
		style.underline && '4',
		style.inverse && '7',
		style.color !== undefined && colourCode(style.color),
	];
	return codes.map((code) => (code ? `\x1b[${code}m` : '')).join('');
}

function colourCode(colour: string): string {
	if (colour.startsWith('#')) {
		const value = Number.parseInt(colour.slice(1), 16);
		return `38;2;${value >> 16};${(value >> 8) & 0xff};${value & 0xff}`;
	}
	const bright = colour.endsWith('Bright');
	const index = names.indexOf(bright ? colour.slice(0, -'Bright'.length) : colour);
	if (index < 0) throw new Error(`no colour is named ${colour}`);
	return String((bright ? 90 : 30) + index);
}
