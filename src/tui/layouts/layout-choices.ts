// The layouts to choose from: those of weir, and the user's by their names.
import type { LayoutShape } from '../../domain/kept-view.ts';
import { type LayoutKind, layoutKinds } from '../../domain/layout.ts';
import type { SavedLayout } from './saved-layouts.ts';

export type LayoutChoice =
	| { readonly kind: 'own'; readonly name: LayoutKind }
	| { readonly kind: 'saved'; readonly name: string; readonly shape: LayoutShape };

export function layoutChoices(saved: readonly SavedLayout[]): readonly LayoutChoice[] {
	return [
		...layoutKinds.map((name): LayoutChoice => ({ kind: 'own', name })),
		...saved.map(({ name, ...shape }): LayoutChoice => ({ kind: 'saved', name, shape })),
	];
}
