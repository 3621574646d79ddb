// What the human makes of an agent's work: the files that were read, by their contents, and comments on its
// lines, which go to the agent together.

import { type Refusal, refusal } from '../../lib/outcome.ts';
import { type Agent, isGone } from '../agent.ts';
import { isShell } from '../agent-state.ts';
import type { CommandOf } from '../command.ts';
import { type Decision, Draft, refused, unchanged, unknownAgent } from '../decision.ts';
import type { EventOf } from '../event.ts';
import { type CommentId, commentId, messageId } from '../ids.ts';
import { whyNotSend } from '../message.ts';
import type { State } from '../state.ts';
import type { Comment, CommentStanding, Reviewed } from './comment.ts';
import { commentWords } from './comment-words.ts';
import { begunElsewhere } from './drafting.ts';

const viewedKept = 300;
const commentsKept = 100;

/** What became of a comment. */
export function standingOfComment(
	{ messages }: State,
	{ id }: Pick<Agent, 'id'>,
	{ message }: Comment,
): CommentStanding {
	if (message === null) return 'unsent';
	// Of those that were forgotten all have been delivered.
	const part = messages[message]?.parts[id] ?? 'delivered';
	if (part === 'queued' || part === 'typing') return 'waits';
	return part === 'delivered' ? 'returned' : 'unsent';
}

export function unsentComments(state: State, agent: Agent): readonly Comment[] {
	return agent.reviewed.comments.filter(
		(comment) => standingOfComment(state, agent, comment) === 'unsent',
	);
}

export function decideView(
	state: State,
	{ agent: id, path, contents }: CommandOf<'review.view'>,
): Decision {
	const agent = state.agents[id];
	if (!agent || isGone(agent)) return unknownAgent(id);
	if ((agent.reviewed.viewed[path] ?? null) === contents) return unchanged;
	return new Draft(state).add('file.viewed', { agent: id, path, contents }).done();
}

/** Without a comment that is named it is a new one. */
export function decideComment(
	state: State,
	{ agent: id, comment, ...said }: CommandOf<'review.comment'>,
): Decision {
	const agent = state.agents[id];
	if (!agent || isGone(agent)) return unknownAgent(id);
	if (said.text.trim() === '')
		return refused({ code: 'comment.empty', message: 'a comment needs words' });
	const no = comment === null ? whyNoMore(agent) : whyNotTouch(state, agent, comment);
	if (no) return refused(no);
	const draft = new Draft(state);
	const written = { ...said, comment: comment ?? commentId(draft.seq), agent: id };
	return draft.add('comment.written', written).done();
}

function whyNoMore({ name, reviewed }: Agent): Refusal | null {
	const open = reviewed.comments.filter(({ message }) => message === null);
	return open.length < commentsKept
		? null
		: refusal(
				'comment.too-many',
				`${commentsKept} comments on ${name} wait to be sent`,
				`weir review ${name} --send`,
			);
}

/** Why a comment cannot be written otherwise or dropped; null where it can. */
export function whyNotTouch(state: State, agent: Agent, id: CommentId): Refusal | null {
	const found = agent.reviewed.comments.find((comment) => comment.id === id);
	if (!found)
		return refusal(
			'comment.unknown',
			`${agent.name} has no comment ${id}`,
			`weir review ${agent.name}`,
		);
	return standingOfComment(state, agent, found) === 'waits'
		? refusal('comment.sent', 'it is on its way already', 'weir undo')
		: null;
}

export function decideDropComment(
	state: State,
	{ agent: id, comment }: CommandOf<'review.drop'>,
): Decision {
	const agent = state.agents[id];
	if (!agent || isGone(agent)) return unknownAgent(id);
	const no = whyNotTouch(state, agent, comment);
	if (no) return refused(no);
	return new Draft(state).add('comment.dropped', { agent: id, comment }).done();
}

export function decideSendComments(
	state: State,
	{ agent: id }: CommandOf<'review.send'>,
): Decision {
	const agent = state.agents[id];
	if (!agent || isGone(agent)) return unknownAgent(id);
	const no = whyNotSendComments(state, agent);
	if (no) return refused(no);
	const comments = unsentComments(state, agent);
	const draft = new Draft(state);
	const message = messageId(draft.seq);
	return draft
		.add('message.queued', { message, agents: [id], text: commentWords(comments) })
		.add('comments.sent', {
			agent: id,
			comments: comments.map((comment) => comment.id),
			message,
		})
		.done();
}

export function whyNotSendComments(state: State, agent: Agent): Refusal | null {
	if (unsentComments(state, agent).length === 0)
		return refusal('comment.none', `no comment on ${agent.name} waits to be sent`);
	// What is typed into a shell is a command, and comments quote what the agent wrote.
	if (isShell(agent.argv))
		return refusal(
			'comment.shell',
			`${agent.name} is a shell: it would run comments as commands`,
		);
	return whyNotSend(state, [agent]);
}

export function evolveViewed(agent: Agent, { data }: EventOf<'file.viewed'>): Agent {
	const { path, contents } = data;
	const others = Object.entries(agent.reviewed.viewed).filter(([one]) => one !== path);
	const entries = contents === null ? others : [...others, [path, contents] as const];
	return withReview(agent, { viewed: Object.fromEntries(entries.slice(-viewedKept)) });
}

export function evolveCommented(
	agent: Agent,
	{ data, at }: EventOf<'comment.written'>,
): Agent {
	const { agent: _agent, comment: id, ...said } = data;
	const { comments } = agent.reviewed;
	const comment: Comment = { ...said, id, at, message: null };
	const known = comments.some((one) => one.id === id);
	const place = { ...said, comment: known ? id : null };
	const all = known
		? comments.map((one) => (one.id === id ? comment : one))
		: [...comments, comment];
	// Those that nobody has sent stay, whatever their age.
	const sent = all.filter(({ message }) => message !== null);
	const over = new Set(sent.slice(0, Math.max(0, all.length - commentsKept)));
	return withReview(agent, {
		comments: all.filter((one) => !over.has(one)),
		begun: begunElsewhere(agent.reviewed.begun, place),
	});
}

export function evolveCommentDropped(
	agent: Agent,
	{ data }: EventOf<'comment.dropped'>,
): Agent {
	const { reviewed } = agent;
	const comments = reviewed.comments.filter(({ id }) => id !== data.comment);
	const begun = reviewed.begun.filter(({ comment }) => comment !== data.comment);
	return withReview(agent, { comments, begun });
}

export function evolveCommentsSent(
	agent: Agent,
	{ data }: EventOf<'comments.sent'>,
): Agent {
	const { message } = data;
	const comments = agent.reviewed.comments.map((comment) =>
		data.comments.includes(comment.id) ? { ...comment, message } : comment,
	);
	return withReview(agent, { comments });
}

function withReview(agent: Agent, part: Partial<Reviewed>): Agent {
	return { ...agent, reviewed: { ...agent.reviewed, ...part } };
}
