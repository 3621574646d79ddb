// Choosing a theme: each is shown as one goes through them, and what was before comes back.

import type { Dialog } from '../cards/dialog.ts';
import { allThemes } from '../look/theme-choice.ts';
import { isDemo } from '../view.ts';
import { type Controls, openNow, remark } from './controls.ts';

type ThemesDialog = Extract<Dialog, { kind: 'themes' }>;

export function openThemes(controls: Controls): void {
	const { theme } = controls.view;
	const names = allThemes(theme);
	const at = Math.max(0, names.indexOf(theme.name));
	openNow(controls, { kind: 'themes', names, at, before: theme.name });
}

export function showTheme(controls: Controls, dialog: ThemesDialog, at: number): void {
	openNow(controls, { ...dialog, at });
	controls.change({ kind: 'theme', theme: { name: dialog.names[at] ?? dialog.before } });
}

export function leaveThemes(controls: Controls, { before }: ThemesDialog): void {
	controls.change({ kind: 'theme', theme: { name: before } });
}

export function keepTheme(controls: Controls, name: string | undefined): void {
	controls.change({ kind: 'dialog', dialog: null });
	if (name === undefined) return;
	controls.change({ kind: 'theme', theme: { name } });
	// A demo's settings go with it.
	const keep = isDemo(controls.view) ? null : `in a shell: weir config set theme ${name}`;
	remark(controls, `theme ${name}${keep === null ? '' : ' until you leave'}`, keep);
}
