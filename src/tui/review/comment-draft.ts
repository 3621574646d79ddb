// Comments that were begun and not kept: each is found again on its line, also where that has moved. Those that
// the journal has not yet are the view's; what it has, every client has.
import type { AgentId } from '../../domain/ids.ts';
import { isSamePlace } from '../../domain/review/drafting.ts';
import type { State } from '../../domain/state.ts';
import type { CommentedLine, Dialog } from '../cards/dialog.ts';
import { fieldOf, type TextField } from '../chrome/text-field.ts';

type CommentDialog = Extract<Dialog, { kind: 'comment' }>;

export type CommentDraft = Pick<CommentDialog, 'agent' | 'about' | 'comment' | 'field'>;

/** Of the view. */
interface OwnDrafts {
	readonly drafts: readonly CommentDraft[];
}

type On = Pick<CommentDialog, 'agent' | 'about' | 'comment'>;

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
export function draftOn(state: State, { drafts }: OwnDrafts, on: On): TextField | null {
	const own = drafts.findLast((one) => isOn(one, on))?.field;
	if (own) return own;
	const text = recordedOn(state, on);
	return text === null ? null : fieldOf(text);
}

/** What the journal has of it; null where that is nothing. */
export function recordedOn(state: State, on: On): string | null {
	const begun = state.agents[on.agent]?.reviewed.begun ?? [];
	return begun.findLast((one) => isSamePlace(one, placeOf(on)))?.text ?? null;
}

/** How many there are of an agent's work. */
export function countDrafts(state: State, { drafts }: OwnDrafts, agent: AgentId): number {
	const own = drafts.filter((one) => one.agent === agent);
	const begun = state.agents[agent]?.reviewed.begun ?? [];
	const others = begun.filter(
		(one) => !own.some((mine) => isSamePlace(one, placeOf(mine))),
	);
	return own.length + others.length;
}

/** Both are about the same line, or the same comment. */
export function isOn(draft: On, on: On): boolean {
	return draft.agent === on.agent && isSamePlace(placeOf(draft), placeOf(on));
}

function placeOf({
	comment,
	about,
}: On): CommentedLine & { readonly comment: string | null } {
	return { ...about, comment };
}
