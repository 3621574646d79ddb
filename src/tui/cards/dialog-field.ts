// The one field of a dialog that is written in.
import type { TextField } from '../chrome/text-field.ts';
import type { Dialog } from './dialog.ts';

/** The field that typed text goes into while the dialog is open. */
export function fieldOfDialog(dialog: Dialog | null): TextField | null {
	switch (dialog?.kind) {
		case 'palette':
		case 'jump':
		case 'search':
		case 'filter':
		case 'files':
		case 'save-layout':
		case 'reply':
		case 'override':
		case 'comment':
		case 'hold':
		case 'compose':
			return dialog.field;
		case 'new':
			return dialog[dialog.on];
		case 'widen':
			return dialog[dialog.on];
		case 'merge':
			return dialog.editing ? dialog.message : null;
		default:
			return null;
	}
}

/** The dialog with another text in that field; what was said of the text before is gone. */
export function withField(dialog: Dialog, field: TextField): Dialog {
	switch (dialog.kind) {
		case 'palette':
		case 'jump':
			return { ...dialog, field, at: 0 };
		case 'search':
		case 'filter':
		case 'files':
		case 'reply':
		case 'override':
		case 'comment':
		case 'hold':
		case 'compose':
			return { ...dialog, field };
		case 'save-layout':
			return { ...dialog, field, problem: null, replaces: null };
		case 'new':
		case 'widen':
			return { ...dialog, [dialog.on]: field, problem: null };
		case 'merge':
			return { ...dialog, message: field };
		default:
			return dialog;
	}
}
