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
