// How things look: theme and glyphs, for every component below.
import { createContext } from 'react';
import { type Glyphs, unicodeGlyphs } from '../src/tui/look/glyphs.ts';
import { type Theme, themeOf } from '../src/tui/look/theme.ts';

export interface Look {
	readonly theme: Theme;
	readonly glyphs: Glyphs;
}

export const LookContext = createContext<Look>({
	theme: themeOf('dark', 'dark'),
	glyphs: unicodeGlyphs,
});

/** The line of the view for each row of the screen that it draws. */
export const LinesContext = createContext<ReadonlyMap<number, number>>(new Map());
