// What needs the human, and his answers.
import * as z from 'zod/mini';
import type { Proposal } from '../../domain/asks.ts';
import type { InboxItemJson } from '../status.ts';
import { nothing, wait } from './fields.ts';

export const inboxRequests = {
	/** What needs the human, the most urgent first. */
	inbox: nothing,
	/** Answers a question by its choice, its words or both. */
	answer: z.object({
		...wait,
		question: z.string().check(z.maxLength(64)),
		choice: z.nullable(z.string().check(z.maxLength(64))),
		text: z.nullable(z.string().check(z.maxLength(65_536))),
	}),
	/** An item is not to be seen for so long; null brings it back. */
	snooze: z.object({
		item: z.string().check(z.maxLength(128)),
		minutes: z.nullable(z.number().check(z.minimum(1), z.maximum(240))),
	}),
} as const;

export interface InboxResponses {
	inbox: {
		readonly items: readonly InboxItemJson[];
		/** What would save most questions, where there are too many; absent from an older supervisor. */
		readonly proposal?: Proposal | null;
	};
	answer: {
		/** Whether the agent has it; false where the client did not wait for that. */
		readonly delivered: boolean;
	};
	/** Until when, at most; null where it was brought back. */
	snooze: { readonly until: string | null };
}
