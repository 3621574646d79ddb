// The card in which a theme is chosen: its names, and what its colours mean.

import { type ThemeName, themeNames } from '../../domain/theme-names.ts';
import type { Situation } from '../keys/key-row.ts';
import { faintRoles, faintSaid } from '../look/faint-roles.ts';
import type { Glyphs } from '../look/glyphs.ts';
import type { ThemeChoice } from '../look/theme-choice.ts';
import { bold, type Line, padText, span } from '../paint/spans.ts';
import type { CardContent } from './card.ts';
import type { Dialog } from './dialog.ts';

export function themesCard(
	{ names, at, before }: Extract<Dialog, { kind: 'themes' }>,
	{ view }: Situation,
	glyphs: Glyphs,
): CardContent {
	const rows = Math.max(1, view.rows - 12);
	const first = Math.max(0, Math.min(at - rows + 1, names.length - rows));
	return {
		title: 'theme',
		width: 58,
		lines: [
			...names.slice(first, first + rows).map((name, index): Line => {
				const marked = first + index === at;
				return [
					marked ? bold(`${glyphs.cursor} `, 'accent') : span('  '),
					{ text: padText(name, 15), bold: marked },
					span(helpOf(name, view.theme), 'dim'),
					span(name === before ? '  now' : '', 'accent'),
				];
			}),
			[],
			sample(glyphs),
		],
	};
}

/** Every role that carries a meaning, as it looks now. */
function sample(glyphs: Glyphs): Line {
	return [
		span('  '),
		span(`${glyphs.need} asks`, 'need'),
		span(`  ${glyphs.fail} failed`, 'bad'),
		span(`  ${glyphs.stuck} stuck`, 'warn'),
		span(`  ${glyphs.done} done`, 'good'),
		span(`  ${glyphs.run} working`, 'run'),
		span('  +12', 'added'),
		span('-3', 'removed'),
	];
}

function helpOf(name: string, { own, background }: ThemeChoice): string {
	const known = themeNames.find((one) => one === name);
	if (known) return help[known];
	const faint = own[name] ? faintSaid(faintRoles(own[name], background)) : '';
	return faint === '' ? 'yours' : `yours, faint: ${faint}`;
}

const help = {
	auto: 'dark or light, as your terminal is',
	dark: 'for dark backgrounds',
	light: 'for light backgrounds',
	'high-contrast': 'contrast of 7 to 1 and more',
	'colour-blind': 'blue and orange, no red against green',
	ansi16: 'the sixteen colours of your terminal',
	mono: 'bold, reverse and underline alone',
} as const satisfies Record<ThemeName, string>;
