// The colours that a program is told when it asks (OSC 4, 10, 11, 12).
import type { Environment } from '../lib/environment.ts';

/** Colours as `#rrggbb`; the palette holds the sixteen ANSI colours. */
export interface ThemeColours {
	readonly foreground: string;
	readonly background: string;
	readonly cursor: string;
	readonly palette: readonly string[];
}

export const darkColours: ThemeColours = {
	foreground: '#d4d4d4',
	background: '#16181d',
	cursor: '#d4d4d4',
	palette: [
		...['#1c1f26', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2'],
		...['#c8ccd4', '#5c6370', '#ef7f88', '#a9d48a', '#f0cf8f', '#7bbcf5', '#d48ee6'],
		...['#6cc7d2', '#ffffff'],
	],
};

export const lightColours: ThemeColours = {
	foreground: '#24292f',
	background: '#ffffff',
	cursor: '#24292f',
	palette: [
		...['#24292f', '#cf222e', '#116329', '#7d4e00', '#0550ae', '#8250df', '#1b7c83'],
		...['#6e7781', '#57606a', '#a40e26', '#1a7f37', '#633c01', '#0969da', '#a475f9'],
		...['#3192aa', '#8c959f'],
	],
};

/** What a program may be told before anybody looks: by COLORFGBG of who started it, else dark. */
export function expectedColours(env: Environment): ThemeColours {
	const background = env.COLORFGBG?.split(';').at(-1) ?? '';
	return /^(?:7|9|1[0-5])$/.test(background) ? lightColours : darkColours;
}

/** With a common palette where a terminal did not tell its own. */
export function withPalette(told: ThemeColours): ThemeColours {
	if (told.palette.length > 0) return told;
	const { palette } = isDark(told.background) ? darkColours : lightColours;
	return { ...told, palette };
}

/** Levels of the colour cube and start and step of the greys, as in xterm's 256 colours. */
const cube = [0, 95, 135, 175, 215, 255] as const;
const greyStart = 8;
const greyStep = 10;

/** A palette colour from 0 to 255 as `#rrggbb`, or null where there is none. */
export function paletteColour(theme: ThemeColours, index: number): string | null {
	if (!Number.isInteger(index) || index < 0 || index > 255) return null;
	if (index < 16) return theme.palette[index] ?? null;
	if (index >= 232) {
		const grey = greyStart + (index - 232) * greyStep;
		return hex(grey, grey, grey);
	}
	const at = index - 16;
	return hex(level(Math.floor(at / 36)), level(Math.floor(at / 6) % 6), level(at % 6));
}

/** `#rrggbb` as X11 writes it, with sixteen bits a channel. */
export function x11Colour(colour: string): string {
	const channels = [1, 3, 5].map((at) => colour.slice(at, at + 2));
	return `rgb:${channels.map((channel) => channel + channel).join('/')}`;
}

/** Whether dark text would be hard to read on this colour. */
export function isDark(colour: string): boolean {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
		Number.parseInt(colour.slice(at, at + 2), 16),
	);
	return red * 0.299 + green * 0.587 + blue * 0.114 < 128;
}

function level(step: number): number {
	return cube[step] ?? 0;
}

function hex(...channels: number[]): string {
	return `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
