// The themes that weir has, and which names those of the user may have.

/** `auto` asks the terminal for its background. */
export const themeNames = [
	'auto',
	'dark',
	'light',
	'high-contrast',
	'colour-blind',
	'ansi16',
	'mono',
] as const;
export type ThemeName = (typeof themeNames)[number];

export function isThemeName(name: string): boolean {
	return /^[a-z0-9][a-z0-9-]{0,31}$/.test(name);
}
