// How many colours a terminal has, by what the environment says of it.
import type { Environment } from './environment.ts';

/** `mono` keeps bold, reverse and underline and drops every colour. */
export type ColourDepth = 'truecolour' | '256' | '16' | 'mono';

/** What the environment says of the terminal; NO_COLOR (https://no-color.org) wins. */
export function colourDepth(env: Environment): ColourDepth {
	const term = env.TERM ?? '';
	if (env.NO_COLOR || term === 'dumb' || term === '') return 'mono';
	if (/^(?:truecolor|24bit)$/i.test(env.COLORTERM ?? '')) return 'truecolour';
	if (/direct|^(?:xterm-)?(?:kitty|ghostty)|^(?:alacritty|wezterm|foot)/.test(term))
		return 'truecolour';
	if (term.includes('256')) return '256';
	return /mono|^vt\d/.test(term) ? 'mono' : '16';
}
