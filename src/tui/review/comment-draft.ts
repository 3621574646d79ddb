// Comments that were begun and not kept: each is found again on its line, also where that has moved.
import type { CommentedLine, Dialog } from '../cards/dialog.ts';
import type { TextField } from '../chrome/text-field.ts';

type CommentDialog = Extract<Dialog, { kind: 'comment' }>;

export type CommentDraft = Pick<CommentDialog, 'agent' | 'about' | 'comment' | 'field'>;

const draftsKept = 50;

/** The drafts after the card of a comment was left, however that came. */
export function draftsAfter(
	drafts: readonly CommentDraft[],
	dialog: CommentDialog,
): readonly CommentDraft[] {
	const { agent, about, comment, field } = dialog;
	const others = drafts.filter((one) => !isOn(one, dialog));
	const more = isDraft(dialog) ? [{ agent, about, comment, field }] : [];
	return [...others, ...more].slice(-draftsKept);
}

/** Something stands there that nobody has kept. */
export function isDraft({ field, was }: Pick<CommentDialog, 'field' | 'was'>): boolean {
	return field.text.trim() !== '' && field.text !== was;
}

/** What was begun on that line, or of that comment; null where nothing was. */
export function draftOn(
	drafts: readonly CommentDraft[],
	on: Pick<CommentDialog, 'agent' | 'about' | 'comment'>,
): TextField | null {
	return drafts.findLast((one) => isOn(one, on))?.field ?? null;
}

function isOn(
	draft: Pick<CommentDialog, 'agent' | 'about' | 'comment'>,
	on: Pick<CommentDialog, 'agent' | 'about' | 'comment'>,
): boolean {
	if (draft.agent !== on.agent || draft.comment !== on.comment) return false;
	return draft.comment !== null || isLine(draft.about, on.about);
}

/** A line that says something is that line wherever it stands by now. */
function isLine(one: CommentedLine, other: CommentedLine): boolean {
	if (one.path !== other.path || one.side !== other.side) return false;
	return (
		one.quote === other.quote && (one.line === other.line || one.quote.trim() !== '')
	);
}
