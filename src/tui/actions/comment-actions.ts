// What keys do about comments on an agent's work: write them on lines, write them otherwise, send them.
import { counted } from '../../lib/counted.ts';
import type { CommentedLine, Dialog } from '../cards/dialog.ts';
import { fieldOf } from '../chrome/text-field.ts';
import type { ActionId } from '../keys/keys.ts';
import { type CommentDraft, draftOn, isDraft } from '../review/comment-draft.ts';
import {
	commentAimedAt,
	fileAimedAt,
	reviewedAgent,
	rowAimedAt,
} from '../review/reviewed.ts';
import { type Act, attend, type Controls, done, openNow, remark } from './controls.ts';

export const commentActions = {
	'comment.new': (controls) => {
		const agent = reviewedAgent(controls.state, controls.view);
		const about = lineAimedAt(controls);
		if (!agent || !about) return;
		openComment(controls, { agent: agent.id, about, comment: null }, '');
	},
	'comment.edit': (controls) => {
		const agent = reviewedAgent(controls.state, controls.view);
		const comment = commentAimedAt(controls.state, controls.view);
		if (!agent || !comment) return;
		const { id, text, ...about } = comment;
		openComment(controls, { agent: agent.id, about, comment: id }, text);
	},
	'comment.drop': async (controls) => {
		const agent = reviewedAgent(controls.state, controls.view);
		const comment = commentAimedAt(controls.state, controls.view);
		if (!agent || !comment) return;
		const body = { agent: agent.name, comment: comment.id };
		const dropped = await attend(
			controls,
			'dropping the comment',
			controls.ask('review.drop', body),
		);
		if (dropped) done(controls, 'dropped the comment');
	},
	'comment.send': async (controls) => {
		const agent = reviewedAgent(controls.state, controls.view);
		if (!agent) return;
		const { name } = agent;
		const sent = await attend(
			controls,
			`telling ${name}`,
			controls.ask('review.send', { agent: name }),
		);
		if (!sent) return;
		const some = counted(sent.comments, 'comment');
		done(controls, `${some} for ${name}, once it is idle`, '{undo.open} recalls them');
	},
} as const satisfies Readonly<Partial<Record<ActionId, Act>>>;

/** With what was begun there before and not kept. */
function openComment(
	controls: Controls,
	on: Omit<CommentDraft, 'field'>,
	was: string,
): void {
	const field = draftOn(controls.state, controls.view, on) ?? fieldOf(was);
	openNow(controls, { kind: 'comment', ...on, was, field });
}

/** Esc in the card of a comment: no word of it is lost. */
export function leaveComment(
	controls: Controls,
	dialog: Extract<Dialog, { kind: 'comment' }>,
): void {
	controls.change({ kind: 'dialog', dialog: null });
	if (!isDraft(dialog)) return;
	const key = dialog.comment === null ? '{comment.new}' : '{comment.edit}';
	remark(controls, 'what you wrote is kept', `${key} on that line goes on with it`);
}

/** Enter in the card of a comment; without words nothing is kept. */
export async function keepComment(
	controls: Controls,
	{ agent, about, comment, field }: Extract<Dialog, { kind: 'comment' }>,
): Promise<void> {
	controls.change({ kind: 'dialog', dialog: null });
	const text = field.text.trim();
	const name = controls.state.agents[agent]?.name;
	if (text === '' || name === undefined) return;
	const { path, side, line, quote } = about;
	// As long as it is not recorded it stays a draft.
	const kept = await attend(
		controls,
		'keeping the comment',
		controls.ask('review.comment', {
			...{ agent: name, comment, path, side, line, text },
			quote,
		}),
	);
	if (kept) controls.change({ kind: 'comment-kept', about: { agent, about, comment } });
}

const longestQuote = 4000;

function lineAimedAt({ state, view }: Controls): CommentedLine | null {
	const file = fileAimedAt(state, view);
	const row = rowAimedAt(state, view);
	if (!file || row?.kind !== 'line') return null;
	const { old, new: now, text } = row.line;
	const side = now === null ? 'old' : 'new';
	const quote = text.slice(0, longestQuote);
	return { path: file.path, side, line: now ?? old ?? 1, quote };
}
