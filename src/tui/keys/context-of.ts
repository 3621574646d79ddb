// Where the user is, as far as keys go.

import { isDemo, type View } from '../view.ts';
import type { KeyContext } from './key-contexts.ts';

/** The context in which a key is looked up. */
export function contextOf(view: View): KeyContext {
	const { dialog } = view;
	if (dialog === null && view.screen !== 'panes') return view.screen;
	if (dialog === null) return view.mode;
	if (dialog.kind === 'quit' && isDemo(view)) return 'quit-demo';
	return dialog.kind === 'merge' && dialog.editing ? 'edit' : dialog.kind;
}
