import { expect, it } from 'vitest';
import { themeOf } from '../../../src/tui/look/theme.ts';
import { chosenTheme, plainChoice } from '../../../src/tui/look/theme-choice.ts';
import { checkThemeFile } from '../../../src/tui/look/theme-file.ts';

it('lays roles over one of the themes there are', () => {
	const { theme, faults } = checkThemeFile({
		base: 'light',
		roles: { need: '#AA0000', run: { colour: 'bright-blue', bold: true } },
	});
	expect(faults).toEqual([]);
	const shown = chosenTheme({ ...plainChoice, name: 'mine', own: { mine: theme } });
	expect(shown.need).toEqual({ color: '#aa0000' });
	expect(shown.run).toEqual({ color: 'blueBright', bold: true });
	expect(shown.good).toEqual(themeOf('light', 'dark').good);
});

it('tells each fault at its place', () => {
	const { faults } = checkThemeFile({
		bse: 'dark',
		base: 'sepia',
		roles: { neeed: 'red', bad: 'crimson', warn: { bold: 'yes', blink: true }, run: 3 },
	});
	expect(faults).toEqual([
		{ path: ['bse'], message: 'there is no field bse; did you mean base?' },
		{
			path: ['base'],
			message: expect.stringMatching(/^base: expected one of auto, dark/),
		},
		{ path: ['roles', 'neeed'], message: 'there is no role neeed; did you mean need?' },
		{ path: ['roles', 'bad'], message: expect.stringMatching(/^bad: expected a colour/) },
		{ path: ['roles', 'warn', 'bold'], message: 'bold: expected true or false' },
		{
			path: ['roles', 'warn', 'blink'],
			message: expect.stringMatching(/^there is no attribute blink/),
		},
		{
			path: ['roles', 'run'],
			message: expect.stringMatching(/^run: expected a mapping/),
		},
	]);
});

it('is mono where there are no colours, and the sixteen where there are no more', () => {
	const mono = themeOf('mono', 'dark');
	for (const name of ['auto', 'dark', 'mine', 'colour-blind'])
		expect(chosenTheme({ ...plainChoice, name, depth: 'mono' })).toEqual(mono);
	const sixteen = chosenTheme({ ...plainChoice, depth: '16' });
	expect(sixteen).toEqual(themeOf('ansi16', 'dark'));
});
