import { describe, expect, it } from 'vitest';
import { themeNames } from '../../../src/domain/theme-names.ts';
import { textWidth } from '../../../src/lib/cell-width.ts';
import { contrast } from '../../../src/tui/look/contrast.ts';
import { faintRoles, faintSaid } from '../../../src/tui/look/faint-roles.ts';
import { asciiGlyphs, glyphsFor, unicodeGlyphs } from '../../../src/tui/look/glyphs.ts';
import {
	backgroundOf,
	referenceBackgrounds,
	roleNames,
	themeOf,
} from '../../../src/tui/look/theme.ts';
import { chosenTheme } from '../../../src/tui/look/theme-choice.ts';
import { ColourMode } from '../../../src/tui/paint/cell.ts';
import { atDepth, rgbOf256 } from '../../../src/tui/paint/nearest-colour.ts';

const backgrounds = ['dark', 'light'] as const;

describe('a theme', () => {
	for (const [name, wanted] of [
		['auto', 4.5],
		['high-contrast', 7],
		['colour-blind', 4.5],
	] as const)
		for (const background of backgrounds)
			it(`${name} is readable on a ${background} terminal`, () => {
				const theme = themeOf(name, background);
				const faint = roleNames.filter((role) => {
					const { color } = theme[role];
					return referenceBackgrounds[background].some(
						(reference) => color !== undefined && contrast(color, reference) < wanted,
					);
				});
				expect(faint).toEqual([]);
			});

	it('is readable too where 256 colours are all there are', () => {
		for (const name of themeNames)
			for (const background of backgrounds) {
				const theme = themeOf(name, background);
				const kind = name === 'dark' || name === 'light' ? name : background;
				for (const role of roleNames) {
					const { color } = theme[role];
					if (!color?.startsWith('#')) continue;
					const least = Math.min(
						...referenceBackgrounds[kind].map((one) => contrast(in256(color), one)),
					);
					expect([name, background, role, least >= 4.5]).toEqual([
						...[name, background, role, true],
					]);
				}
			}
	});

	it('leaves body text in the colours of the terminal', () => {
		for (const name of [
			'auto',
			'high-contrast',
			'colour-blind',
			'ansi16',
			'mono',
		] as const)
			for (const background of backgrounds)
				expect(themeOf(name, background).text).toEqual({});
	});

	it('mono has no colour and keeps what must be seen apart', () => {
		const theme = themeOf('mono', 'dark');
		for (const role of roleNames) expect(theme[role].color).toBeUndefined();
		for (const role of ['need', 'alarm', 'bad', 'selection', 'borderFocus'] as const)
			expect(Object.keys(theme[role])).not.toEqual([]);
	});

	it('follows the background that the terminal reports, then COLORFGBG, then dark', () => {
		expect(backgroundOf([255, 255, 255], { COLORFGBG: '15;0' })).toBe('light');
		expect(backgroundOf([22, 24, 29], {})).toBe('dark');
		expect(backgroundOf(null, { COLORFGBG: '0;15' })).toBe('light');
		expect(backgroundOf(null, { COLORFGBG: '15;default;0' })).toBe('dark');
		expect(backgroundOf(null, {})).toBe('dark');
	});

	it('of a user tells what is hard to read where it is shown', () => {
		const roles = { accent: { color: '#123456' }, need: { color: 'red' } };
		const said = (base: 'auto' | 'light', background: 'dark' | 'light') =>
			faintSaid(faintRoles({ base, roles }, background));
		expect(said('auto', 'dark')).toBe('accent 1.1 to 1');
		expect(said('auto', 'light')).toBe('');
		expect(said('light', 'dark')).toBe('');
	});

	it('for the colour-blind has neither red nor green among sixteen colours', () => {
		const choice = { own: {}, background: 'dark', name: 'colour-blind' } as const;
		const theme = chosenTheme({ ...choice, depth: '16' });
		const colours = new Set(roleNames.flatMap((role) => theme[role].color ?? []));
		expect(colours).toEqual(new Set(['yellow', 'cyan']));
		const looks = (['good', 'bad', 'need', 'warn', 'alarm'] as const).map((role) =>
			JSON.stringify(theme[role]),
		);
		expect(new Set(looks).size).toBe(looks.length);
	});

	it('measures contrast as WCAG does', () => {
		expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
		expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
	});
});

describe('glyphs', () => {
	const utf8 = { ascii: false, ambiguousWide: false, env: { LANG: 'en_US.UTF-8' } };

	it('take the same cells as their ASCII forms or fewer, and one where a column counts on it', () => {
		for (const [name, glyph] of Object.entries(unicodeGlyphs)) {
			if (typeof glyph !== 'string') continue;
			expect([name, textWidth(glyph) <= 2]).toEqual([name, true]);
			const pictograph = /\p{Emoji_Presentation}|[⚠✔✖⏸✳▪⏳⚡]/u.test(glyph);
			expect([name, pictograph]).toEqual([name, false]);
		}
		for (const frame of [...unicodeGlyphs.spinner, ...asciiGlyphs.spinner])
			expect(textWidth(frame)).toBe(1);
	});

	it('are ASCII where asked for, where borders would be wide, and without UTF-8', () => {
		expect(glyphsFor(utf8)).toBe(unicodeGlyphs);
		expect(glyphsFor({ ...utf8, ascii: true })).toBe(asciiGlyphs);
		expect(glyphsFor({ ...utf8, ambiguousWide: true })).toBe(asciiGlyphs);
		expect(glyphsFor({ ...utf8, env: { LANG: 'C' } })).toBe(asciiGlyphs);
		expect(glyphsFor({ ...utf8, env: { LC_ALL: 'C', LANG: 'en_US.UTF-8' } })).toBe(
			asciiGlyphs,
		);
		expect(Object.values(asciiGlyphs).flat().join('')).toMatch(/^[ -~]*$/);
	});
});

function in256(colour: string): string {
	const packed = ColourMode.rgb | Number.parseInt(colour.slice(1), 16);
	const shown = rgbOf256(atDepth(packed, '256') & 0xff);
	return `#${shown.toString(16).padStart(6, '0')}`;
}
