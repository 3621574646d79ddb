// What a client asks of the supervisor itself: who it is, how all stands, what happened, its settings.
import * as z from 'zod/mini';
import type { WeirEvent } from '../../domain/event.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { State } from '../../domain/state.ts';
import type { Observation } from '../observation.ts';
import type { StatusJson } from '../status.ts';
import { name, nothing } from './fields.ts';

export const supervisorRequests = {
	hello: z.object({
		protocol: z.int(),
		version: z.string(),
		role: z.enum(['tui', 'verb']),
	}),
	/** The state, and from then on every event as a push. */
	attach: nothing,
	status: nothing,
	/**
	 * A client with a screen tells whether its terminal has the focus (null: it does not say) and that
	 * the human just used it. From then on it gets notices.
	 */
	presence: z.object({ focused: z.nullable(z.boolean()), used: z.boolean() }),
	log: z.object({
		from: z.int().check(z.minimum(0)),
		limit: z.int().check(z.minimum(1), z.maximum(1000)),
		agent: z.nullable(name),
	}),
	'settings.get': nothing,
	'settings.reload': nothing,
	/** The command-bearing files whose content is not trusted, with their text. */
	'trust.pending': nothing,
	'trust.grant': z.object({ hash: z.string() }),
	/** Ends the supervisor; with `now` every agent too, snapshots first. */
	down: z.object({ now: z.boolean() }),
	/** Ends the supervisor alone; the next verb starts another, which adopts the agents. */
	restart: nothing,
} as const;

export interface RepositoryFacts {
	readonly root: string;
	readonly commonDir: string;
	readonly base: string | null;
	readonly trusted: boolean;
}

export interface SupervisorResponses {
	hello: {
		readonly protocol: number;
		readonly version: string;
		readonly identity: 'human' | 'agent';
		readonly pid: number;
		readonly repository: RepositoryFacts;
	};
	attach: {
		readonly seq: number;
		readonly state: State;
		readonly observed: Readonly<Record<AgentId, Observation>>;
		readonly repository: RepositoryFacts;
	};
	status: StatusJson;
	presence: Record<string, never>;
	log: { readonly events: readonly WeirEvent[]; readonly more: boolean };
	'settings.get': {
		readonly values: Readonly<Record<string, unknown>>;
		readonly origins: Readonly<Record<string, string>>;
	};
	'settings.reload': {
		readonly problems: readonly {
			readonly file: string;
			readonly line: number;
			readonly column: number;
			readonly message: string;
		}[];
	};
	'trust.pending': {
		readonly hash: string | null;
		readonly files: readonly { readonly path: string; readonly text: string }[];
	};
	'trust.grant': { readonly hash: string };
	down: { readonly agents: number };
	restart: { readonly pid: number };
}
