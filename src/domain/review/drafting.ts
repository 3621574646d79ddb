// Comments that were begun and not kept: recorded, so that they outlive the client in which they were begun.
import { type Agent, isGone } from '../agent.ts';
import type { CommandOf } from '../command.ts';
import { type Decision, Draft, unchanged, unknownAgent } from '../decision.ts';
import type { EventOf } from '../event.ts';
import type { State } from '../state.ts';
import type { BegunComment } from './comment.ts';

/** Of one agent; the one not touched for longest goes first. */
const begunKept = 50;

/** A line that a comment is about, or the comment that is written otherwise. */
export interface CommentPlace
	extends Pick<BegunComment, 'path' | 'side' | 'line' | 'quote'> {
	/** Null is a new one. */
	readonly comment: string | null;
}

/** Without words nothing is begun there any more; of a comment that is gone nothing can be. */
export function decideBegin(
	state: State,
	{ kind: _kind, ...begun }: CommandOf<'review.begin'>,
): Decision {
	const agent = state.agents[begun.agent];
	if (!agent || isGone(agent)) return unknownAgent(begun.agent);
	const { begun: all, comments } = agent.reviewed;
	const { comment, text } = begun;
	if (comment !== null && !comments.some(({ id }) => id === comment)) return unchanged;
	const was = all.find((one) => isSamePlace(one, begun));
	return (was?.text ?? '') === text
		? unchanged
		: new Draft(state).add('comment.begun', begun).done();
}

export function evolveBegun(agent: Agent, { data }: EventOf<'comment.begun'>): Agent {
	const { agent: _agent, ...begun } = data;
	const others = begunElsewhere(agent.reviewed.begun, begun);
	const all = begun.text.trim() === '' ? others : [...others, begun];
	return { ...agent, reviewed: { ...agent.reviewed, begun: all.slice(-begunKept) } };
}

/** What is begun elsewhere than there. */
export function begunElsewhere(
	begun: readonly BegunComment[],
	place: CommentPlace,
): readonly BegunComment[] {
	return begun.filter((one) => !isSamePlace(one, place));
}

/** A line that says something is that line wherever it stands by now. */
export function isSamePlace(one: CommentPlace, other: CommentPlace): boolean {
	if (one.comment !== null || other.comment !== null)
		return one.comment === other.comment;
	if (one.path !== other.path || one.side !== other.side) return false;
	return (
		one.quote === other.quote && (one.line === other.line || one.quote.trim() !== '')
	);
}
