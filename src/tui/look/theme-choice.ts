// Which theme is in force: the one chosen, on what the terminal is.
import { type ThemeName, themeNames } from '../../domain/theme-names.ts';
import type { ColourDepth } from '../../lib/colour-depth.ts';
import {
	type Background,
	colourBlind16,
	type Role,
	type RoleStyle,
	type Theme,
	themeOf,
} from './theme.ts';

/** A theme of the user's: one of weir's, with some roles of its own. */
export interface OwnTheme {
	readonly base: ThemeName;
	readonly roles: Readonly<Partial<Record<Role, RoleStyle>>>;
}

export interface ThemeChoice {
	/** One of weir's, or of `own`. */
	readonly name: string;
	readonly own: Readonly<Record<string, OwnTheme>>;
	/** What is known of the terminal. */
	readonly background: Background;
	readonly depth: ColourDepth;
}

export const plainChoice: ThemeChoice = {
	name: 'auto',
	own: {},
	background: 'dark',
	depth: 'truecolour',
};

/** All there are, weir's first. */
export function allThemes({ own }: Pick<ThemeChoice, 'own'>): readonly string[] {
	return [...themeNames, ...Object.keys(own).toSorted()];
}

/**
 * The theme to draw with. Without colours it is mono whatever was chosen: what was told apart by
 * colour is then told apart by bold, reverse and underline. A name that there is not counts as auto.
 */
export function chosenTheme({ name, own, background, depth }: ThemeChoice): Theme {
	if (depth === 'mono') return themeOf('mono', background);
	const custom = Object.hasOwn(own, name) ? own[name] : undefined;
	if (custom) {
		const below = builtIn(custom.base, background, depth);
		return { ...below, ...custom.roles };
	}
	return builtIn(themeNames.find((one) => one === name) ?? 'auto', background, depth);
}

function builtIn(name: ThemeName, background: Background, depth: ColourDepth): Theme {
	// The sixteen are the user's own: better than the nearest to colours that were chosen elsewhere.
	if (depth === '16' && name === 'colour-blind') return colourBlind16;
	return themeOf(name === 'auto' && depth === '16' ? 'ansi16' : name, background);
}
