// The colours of the pictured terminal.
import type { Colour } from '../../tests/support/terminal-screen.ts';

export const window = {
	foreground: '#d0d3d8',
	background: '#16181d',
	bar: '#262a32',
	edge: '#3a3f4a',
	title: '#9aa0ab',
	dots: ['#ec6a5e', '#f4bf4f', '#61c554'],
} as const;

const dark = '#2a2e37 #e06c75 #98c379 #e5c07b #61afef #c678dd #56b6c2 #c8ccd4';
const bright = '#6b7280 #ff8790 #b5e08f #ffd68a #82c4ff #dd9bf0 #7fd6e2 #ffffff';
const base = `${dark} ${bright}`.split(' ');

/** `#rrggbb` of a cell's colour; the 256-colour cube and greys are xterm's. */
export function colourCode(colour: Colour, fallback: string): string {
	if (colour === 'default') return fallback;
	if (typeof colour === 'string') return colour;
	if (colour < 16) return base[colour] ?? fallback;
	if (colour >= 232) return hex([0, 0, 0].map(() => 8 + (colour - 232) * 10));
	const cube = colour - 16;
	const levels = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6];
	return hex(levels.map((level) => (level === 0 ? 0 : 55 + level * 40)));
}

/** `share` of the first colour, the rest of the second. */
export function blend(first: string, second: string, share: number): string {
	const other = channels(second);
	return hex(
		channels(first).map((value, at) => {
			return Math.round(value * share + (other[at] ?? 0) * (1 - share));
		}),
	);
}

function channels(colour: string): number[] {
	return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

function hex(values: readonly number[]): string {
	return `#${values.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
