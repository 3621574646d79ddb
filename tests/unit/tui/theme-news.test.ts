import { expect, test } from 'vitest';
import { type OwnTheme, plainChoice } from '../../../src/tui/look/theme-choice.ts';
import { themeNews } from '../../../src/tui/look/theme-news.ts';

const faint: OwnTheme = { base: 'dark', roles: { accent: { color: '#202020' } } };
const clear: OwnTheme = { base: 'dark', roles: { accent: { color: '#ffffff' } } };

test('a theme that was just written is said to be hard to read', () => {
	const before = { ...plainChoice, name: 'mine', own: { mine: clear } };
	const news = themeNews({ own: { mine: faint }, fault: null }, before);
	expect(news?.text).toMatch(/^hard to read on a dark background: accent \d\.\d to 1$/);
	expect(themeNews({ own: { mine: clear }, fault: null }, before)).toBeNull();
});

test('whoever lives with a faint theme is not told of it again', () => {
	const own = { mine: faint };
	const before = { ...plainChoice, name: 'mine', own };
	expect(themeNews({ own, fault: null }, before)).toBeNull();
});

test('a fault in any theme and a chosen theme that is gone are told', () => {
	const before = { ...plainChoice, name: 'mine', own: { mine: clear } };
	const fault = 'themes/other.yaml:1:1: base is missing';
	expect(themeNews({ own: { mine: clear }, fault }, before)?.text).toBe(fault);
	expect(themeNews({ own: {}, fault: null }, before)?.text).toBe(
		'there is no theme mine; auto is shown instead',
	);
});
