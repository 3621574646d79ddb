// What of a user's theme is hard to read where it is shown: less than the contrast that weir's own
// themes keep.
import { contrast } from './contrast.ts';
import { type Background, type Role, referenceBackgrounds, roleNames } from './theme.ts';
import type { OwnTheme } from './theme-choice.ts';

export interface FaintRole {
	readonly role: Role;
	/** On the usual background on which it is read worst. */
	readonly ratio: number;
}

export const readableContrast = 4.5;

/** Colours by name are the terminal's own: nobody knows what they are. */
export function faintRoles(
	{ base, roles }: OwnTheme,
	background: Background,
): readonly FaintRole[] {
	const kind = base === 'dark' || base === 'light' ? base : background;
	return roleNames.flatMap((role) => {
		const color = roles[role]?.color;
		if (!color?.startsWith('#')) return [];
		const ratio = Math.min(
			...referenceBackgrounds[kind].map((reference) => contrast(color, reference)),
		);
		return ratio < readableContrast ? [{ role, ratio }] : [];
	});
}

/** `accent 1.6, need 3.2 to 1`; empty where all can be read. */
export function faintSaid(faint: readonly FaintRole[]): string {
	if (faint.length === 0) return '';
	const said = faint.map(({ role, ratio }) => `${role} ${ratio.toFixed(1)}`);
	return `${said.join(', ')} to 1`;
}
