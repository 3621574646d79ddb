// Every fact that weir records, one schema a kind. A kind never changes its meaning: a new shape is
// a new kind with a lift from the old one. Only types of this file may be imported by what the
// client folds with, so that no client loads zod.
import type * as z from 'zod/mini';
import { firstFault } from '../lib/schema-words.ts';
import { alarmEvents } from './alarm/alarm-events.ts';
import { costEvents } from './cost/cost-events.ts';
import { agentEvents } from './events/agent-events.ts';
import { guardEvents } from './events/guard-events.ts';
import { landingEvents } from './events/landing-events.ts';
import { messageEvents } from './events/message-events.ts';
import { questionEvents } from './events/question-events.ts';
import { repositoryEvents } from './events/repository-events.ts';
import { shellEvents } from './events/shell-events.ts';
import { worktreeEvents } from './events/worktree-events.ts';
import { gateEvents } from './gates/gate-events.ts';
import { pullEvents } from './pull/pull-events.ts';
import { queueEvents } from './queue/queue-events.ts';
import { reviewEvents } from './review/review-events.ts';

export const eventSchemas = {
	...repositoryEvents,
	...agentEvents,
	...worktreeEvents,
	...guardEvents,
	...messageEvents,
	...questionEvents,
	...gateEvents,
	...landingEvents,
	...alarmEvents,
	...queueEvents,
	...pullEvents,
	...reviewEvents,
	...costEvents,
	...shellEvents,
} as const;

export type EventKind = keyof typeof eventSchemas;
export type EventData<K extends EventKind> = z.infer<(typeof eventSchemas)[K]>;
/** What happened, before the journal gives it a number. */
export type Fact = {
	[K in EventKind]: { readonly kind: K; readonly data: EventData<K> };
}[EventKind];
/** Who caused it and why: a command by somebody, or an effect that settled. */
export interface Origin {
	/** `human`, `weir`, or `agent:<id>.<generation>`. */
	readonly actor: string;
	/** `command:<kind>` or `effect:<id>`. */
	readonly cause: string;
}
export interface Stamp extends Origin {
	readonly seq: number;
	/** Wall clock, ISO UTC. Order is `seq`, never this. */
	readonly at: string;
}
export type WeirEvent = Fact & Stamp;
export type EventOf<K extends EventKind> = Extract<Fact, { kind: K }> & Stamp;

/** Reads an event of the journal. Throws where its kind or shape is unknown to this version. */
export function parseEvent(row: Stamp & { kind: string; data: unknown }): WeirEvent {
	const schema: z.ZodMiniType | undefined = Object.hasOwn(eventSchemas, row.kind)
		? eventSchemas[row.kind as EventKind]
		: undefined;
	if (!schema) throw new Error(`event ${row.seq} is of the unknown kind ${row.kind}`);
	const data = schema.safeParse(row.data);
	if (!data.success) {
		throw new Error(
			`event ${row.seq} (${row.kind}) is malformed: ${firstFault(data.error.issues)}`,
		);
	}
	// The schema of the kind has just been checked against the data.
	return { ...row, data: data.data } as WeirEvent;
}
