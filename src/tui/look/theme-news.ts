// What the user is told once theme files were read: that one is wrong, that the chosen one is gone, or
// that what was just written is hard to read.
import type { Message } from '../view.ts';
import { faintRoles, faintSaid, readableContrast } from './faint-roles.ts';
import type { OwnThemes } from './own-themes.ts';
import { allThemes, type OwnTheme, type ThemeChoice } from './theme-choice.ts';

/** Null where there is nothing to say; `before` is the choice that they were read for. */
export function themeNews(
	{ own, fault }: OwnThemes,
	before: ThemeChoice,
): Message | null {
	const { name, background } = before;
	const missing = !allThemes({ own }).includes(name);
	const why =
		fault ?? (missing ? `there is no theme ${name}; auto is shown instead` : null);
	if (why !== null)
		return { text: why, allow: '{theme.pick} shows all themes', tone: 'bad' };
	// Whoever lives with it was told when it was written.
	const written = own === before.own ? undefined : own[name];
	return written ? faintNews(written, background) : null;
}

function faintNews(
	theme: OwnTheme,
	background: ThemeChoice['background'],
): Message | null {
	const faint = faintSaid(faintRoles(theme, background));
	if (faint === '') return null;
	const text = `hard to read on a ${background} background: ${faint}`;
	return { text, allow: `${readableContrast} to 1 reads well`, tone: 'plain' };
}
