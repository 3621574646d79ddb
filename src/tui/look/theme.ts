// Colours by meaning. A role's style has the names of Ink's text properties, so that a component
// spreads it. Body text has no colour of its own: it is the terminal's, on the terminal's background.
import type { ThemeName } from '../../domain/theme-names.ts';
import type { Environment } from '../../lib/environment.ts';
import { luminance } from './contrast.ts';

export const roleNames = [
	'text',
	'dim',
	'need',
	'warn',
	'alarm',
	'bad',
	'good',
	'run',
	'accent',
	'border',
	'borderFocus',
	'selection',
	'added',
	'removed',
	'keyword',
	'string',
	'literal',
	'name',
] as const;
export type Role = (typeof roleNames)[number];

export interface RoleStyle {
	/** `#rrggbb`, or one of the terminal's 16 colours by name. */
	readonly color?: string;
	readonly bold?: boolean;
	readonly dimColor?: boolean;
	readonly inverse?: boolean;
	readonly underline?: boolean;
}

export type Theme = Readonly<Record<Role, RoleStyle>>;

export type Background = 'dark' | 'light';

/** Backgrounds that terminals come with; each role is readable on all of its kind. */
export const referenceBackgrounds: Readonly<Record<Background, readonly string[]>> = {
	dark: ['#000000', '#1e1e1e', '#282c34'],
	light: ['#ffffff', '#fdf6e3', '#f2f2f2'],
};

/** The theme of that name for a background. */
export function themeOf(name: ThemeName, background: Background): Theme {
	const other = name === 'dark' || name === 'light' ? name : background;
	const themes = {
		auto: plain[other],
		dark: plain.dark,
		light: plain.light,
		'high-contrast': highContrast[other],
		'colour-blind': colourBlind[other],
		ansi16,
		mono,
	} satisfies Record<ThemeName, Theme>;
	return themes[name];
}

/**
 * What kind of background the terminal has: by its answer (parts 0 to 255), else by COLORFGBG, else
 * dark.
 */
export function backgroundOf(
	rgb: readonly [number, number, number] | null,
	env: Environment,
): Background {
	if (rgb) {
		const hex = rgb.map((part) => part.toString(16).padStart(2, '0')).join('');
		return luminance(`#${hex}`) > 0.18 ? 'light' : 'dark';
	}
	const last = env.COLORFGBG?.split(';').at(-1) ?? '';
	return /^(?:7|1[0-5]|9)$/.test(last) ? 'light' : 'dark';
}

interface Palette {
	readonly dim: string;
	readonly need: string;
	readonly warn: string;
	readonly alarm: string;
	readonly bad: string;
	readonly good: string;
	readonly run: string;
	readonly accent: string;
	readonly border: string;
	/** Of source text. */
	readonly keyword: string;
	readonly string: string;
	readonly literal: string;
	readonly name: string;
}

function fromPalette(palette: Palette): Theme {
	return {
		text: {},
		dim: { color: palette.dim },
		need: { color: palette.need, bold: true },
		warn: { color: palette.warn },
		alarm: { color: palette.alarm, bold: true, inverse: true },
		bad: { color: palette.bad },
		good: { color: palette.good },
		run: { color: palette.run },
		accent: { color: palette.accent },
		border: { color: palette.border },
		borderFocus: { color: palette.accent, bold: true },
		selection: { inverse: true },
		added: { color: palette.good },
		removed: { color: palette.bad },
		keyword: { color: palette.keyword },
		string: { color: palette.string },
		literal: { color: palette.literal },
		name: { color: palette.name },
	};
}

const plain: Readonly<Record<Background, Theme>> = {
	dark: fromPalette({
		dim: '#9aa0a6',
		need: '#ffc24b',
		warn: '#e6a15c',
		alarm: '#ff8f85',
		bad: '#ff8f85',
		good: '#7fd48a',
		run: '#7cb7ff',
		accent: '#5fd7d7',
		border: '#8f959b',
		keyword: '#c9a6ff',
		string: '#dcc28c',
		literal: '#f2a6cf',
		name: '#7cb7ff',
	}),
	light: fromPalette({
		dim: '#5c6066',
		need: '#8a4b00',
		warn: '#7d5500',
		alarm: '#b3001b',
		bad: '#b3001b',
		good: '#1b6b2a',
		run: '#0b57b0',
		accent: '#006a6a',
		border: '#62676d',
		keyword: '#6f2da8',
		string: '#6b4e00',
		literal: '#9c0059',
		name: '#0b57b0',
	}),
};

const highContrast: Readonly<Record<Background, Theme>> = {
	dark: fromPalette({
		dim: '#d0d4d8',
		need: '#ffd75f',
		warn: '#ffc08a',
		alarm: '#ffb3ab',
		bad: '#ffb3ab',
		good: '#a5f0ae',
		run: '#b3d7ff',
		accent: '#8af0f0',
		border: '#d0d4d8',
		keyword: '#dcc6ff',
		string: '#ffe2a8',
		literal: '#ffc6e3',
		name: '#b3d7ff',
	}),
	light: fromPalette({
		dim: '#3a3d42',
		need: '#633400',
		warn: '#573b00',
		alarm: '#8a0014',
		bad: '#8a0014',
		good: '#0b4a17',
		run: '#003e85',
		accent: '#004848',
		border: '#3a3d42',
		keyword: '#4a0f80',
		string: '#4d3600',
		literal: '#66003a',
		name: '#003e85',
	}),
};

// Blue and orange (Okabe and Ito's hues): no pair that differs in red against green alone.
const colourBlind: Readonly<Record<Background, Theme>> = {
	dark: fromPalette({
		dim: '#9aa0a6',
		need: '#f0e442',
		warn: '#e69f00',
		alarm: '#ff9e4a',
		bad: '#ff9e4a',
		good: '#56b4e9',
		run: '#a9c7e8',
		accent: '#56b4e9',
		border: '#8f959b',
		keyword: '#d7b3ff',
		string: '#f0e442',
		literal: '#e69f00',
		name: '#56b4e9',
	}),
	light: fromPalette({
		dim: '#5c6066',
		need: '#6b4f00',
		warn: '#7a4a00',
		alarm: '#8f3a00',
		bad: '#8f3a00',
		good: '#005a8f',
		run: '#2f4b73',
		accent: '#005a8f',
		border: '#62676d',
		keyword: '#5b2a86',
		string: '#6b4f00',
		literal: '#7a4a00',
		name: '#005a8f',
	}),
};

const ansi16: Theme = {
	text: {},
	dim: { dimColor: true },
	need: { color: 'yellow', bold: true },
	warn: { color: 'yellow' },
	alarm: { color: 'red', bold: true, inverse: true },
	bad: { color: 'red' },
	good: { color: 'green' },
	run: { color: 'blue' },
	accent: { color: 'cyan' },
	border: { dimColor: true },
	borderFocus: { color: 'cyan', bold: true },
	selection: { inverse: true },
	added: { color: 'green' },
	removed: { color: 'red' },
	keyword: { color: 'magenta' },
	string: { color: 'yellow' },
	literal: { color: 'magenta' },
	name: { color: 'blue' },
};

/**
 * The colour-blind theme where there are sixteen colours: cyan and yellow, which differ in lightness
 * too, and no red and green.
 */
export const colourBlind16: Theme = {
	...ansi16,
	alarm: { color: 'yellow', bold: true, inverse: true },
	bad: { color: 'yellow', underline: true },
	good: { color: 'cyan' },
	run: {},
	accent: { bold: true },
	borderFocus: { bold: true },
	added: { color: 'cyan' },
	removed: { color: 'yellow' },
	keyword: { bold: true },
	string: {},
	literal: {},
	name: {},
};

const mono: Theme = {
	text: {},
	dim: {},
	need: { bold: true },
	warn: { bold: true },
	alarm: { bold: true, inverse: true },
	bad: { bold: true, underline: true },
	good: {},
	run: {},
	accent: { underline: true },
	border: {},
	borderFocus: { bold: true },
	selection: { inverse: true },
	added: { bold: true },
	removed: { underline: true },
	keyword: {},
	string: {},
	literal: {},
	name: {},
};
