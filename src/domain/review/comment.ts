// A comment of the human's on a line of an agent's work, and what is kept of its review.
import type { EventData } from '../event.ts';
import type { CommentId, MessageId } from '../ids.ts';

export interface Comment extends Omit<EventData<'comment.written'>, 'agent' | 'comment'> {
	readonly id: CommentId;
	readonly at: string;
	/** By which it went to the agent; null while it has not been sent. */
	readonly message: MessageId | null;
}

/** Not kept yet: a new one, or one that is written otherwise. */
export type BegunComment = Omit<EventData<'comment.begun'>, 'agent'>;

export interface Reviewed {
	/** What was read, by path: the contents, in short. */
	readonly viewed: Readonly<Record<string, string>>;
	/** The oldest first. */
	readonly comments: readonly Comment[];
	/** The one touched last comes last. */
	readonly begun: readonly BegunComment[];
}

export const notReviewed: Reviewed = { viewed: {}, comments: [], begun: [] };

/** Not sent, or not taken; on its way; with the agent. */
export type CommentStanding = 'unsent' | 'waits' | 'returned';
