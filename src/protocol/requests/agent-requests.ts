// What a client asks of agents: their lives, what they are told, what they may write.
import * as z from 'zod/mini';
import type { AgentId, MessageId } from '../../domain/ids.ts';
import { stateWords } from '../../domain/state-words.ts';
import type { Refusal } from '../../lib/outcome.ts';
import { shownPaths } from '../agent-door.ts';
import type { Explanation } from '../explanation.ts';
import type { OutsideJson } from '../outside.ts';
import type { ScopeJson } from '../scope.ts';
import type { AgentJson } from '../status.ts';
import type { Surroundings } from '../surroundings.ts';
import { agent, environment, name, nothing, size, wait } from './fields.ts';

/** Patterns as gitignore writes them. */
const scope = z
	.array(z.string().check(z.minLength(1), z.maxLength(1024)))
	.check(z.maxLength(2000));

export const agentRequests = {
	/** All of them start from the same commit. */
	new: z.object({
		...wait,
		agents: z
			.array(
				z.object({ name, argv: z.nullable(z.array(z.string()).check(z.minLength(1))) }),
			)
			.check(z.minLength(1), z.maxLength(200)),
		kind: z.nullable(z.string()),
		base: z.nullable(z.string()),
		/** A branch that one agent is to have as its own; absent or null for a new one. */
		branch: z.optional(z.nullable(z.string())),
		/** A worktree of the user's that they start from as it stands, uncommitted files included. */
		worktree: z.optional(z.nullable(z.string().check(z.maxLength(4096)))),
		prompt: z.nullable(z.string().check(z.maxLength(65_536))),
		/** Patterns of what they may write; absent or empty is all but what must be named. */
		scope: z.optional(scope),
		env: environment,
		...size,
	}),
	kill: z.object({ ...agent, ...wait }),
	respawn: z.object({
		...agent,
		...wait,
		env: environment,
		/** `auto` where a client of before this field asks. */
		mode: z.optional(z.enum(['auto', 'resume', 'fresh', 'former', 'other'])),
		/** What the agent is told of the try before. */
		note: z.optional(z.nullable(z.string().check(z.maxLength(65_536)))),
	}),
	/** Who says what it does, by which rule, and how long ago. */
	explain: z.object(agent),
	/** What it does, by the human's word; null goes by what can be seen again. */
	override: z.object({ ...agent, state: z.nullable(z.enum(stateWords)) }),
	/**
	 * What stands outside its scope now, and which copies were kept; with `how` copies are kept, and with
	 * `restore` it is put back.
	 */
	outside: z.object({ ...agent, how: z.nullable(z.enum(['quarantine', 'restore'])) }),
	/** The human has looked at it: what it has done needs nobody any more. */
	see: z.object(agent),
	/** Each agent gets it when it is idle; `undo` recalls it for those that have not got it. */
	message: z.object({
		agents: z.array(name).check(z.minLength(1), z.maxLength(200)),
		text: z.string().check(z.maxLength(65_536)),
	}),
	pause: z.object({ ...agent, ...wait }),
	resume: z.object({ ...agent, ...wait }),
	/** What is paused goes on, what was lost is started again. */
	'resume.all': z.object({ ...wait, env: environment }),
	rename: z.object({ ...agent, name }),
	remove: z.object({ ...agent, ...wait }),
	restore: z.object({ ...agent, ...wait }),
	/** What is there for a first agent, by this environment. */
	surroundings: z.object({ env: environment }),
	/** What could be removed since all of it is in the base. */
	prunable: nothing,
	/** Uncommitted files and the running command: what a kill or a removal would lose. */
	loss: z.object(agent),
	/** Answers when every agent is in one of the states, or `timedOut`. */
	wait: z.object({
		agents: z.array(name).check(z.minLength(1)),
		until: z.array(z.string()).check(z.minLength(1)),
		timeoutMs: z.nullable(z.number().check(z.minimum(0))),
	}),
	/** What holds it to its files, and where these paths stand. */
	scope: z.object({ ...agent, paths: shownPaths }),
	/** Lets it write more. */
	'scope.add': z.object({
		...agent,
		patterns: scope.check(z.minLength(1)),
		why: z.string().check(z.maxLength(8192)),
	}),
} as const;

/** A sentence that is no refusal, and what to do about it. */
export interface Remark {
	readonly text: string;
	readonly allow: string;
}

export interface Loss {
	readonly agent: AgentId;
	readonly name: string;
	readonly running: string | null;
	/** Shells beside the agent: a removal ends them. */
	readonly shells: number;
	readonly uncommitted: readonly string[];
	readonly unmergedCommits: readonly { readonly id: string; readonly subject: string }[];
	/** Ignored files are not in snapshots: how many there are and their size in bytes. */
	readonly ignored: { readonly files: number; readonly bytes: number };
}

/** What became of an agent that waited to go on: it was paused, or its program was lost. */
export interface ResumedJson {
	readonly agent: AgentJson;
	readonly how: 'continued' | 'resumed' | 'respawned';
}

export interface AgentResponses {
	new: {
		readonly agents: readonly AgentJson[];
		/** Those that were not made, by name. */
		readonly refusals: readonly (Refusal & { readonly agent: string })[];
		/** What is worth knowing of the worktrees that were made. */
		readonly remark: Remark | null;
	};
	kill: { readonly agent: AgentJson };
	respawn: {
		readonly agent: AgentJson;
		/** It goes on with a conversation; absent from an older supervisor. */
		readonly resumed?: boolean;
	};
	explain: Explanation;
	override: { readonly agent: AgentJson };
	outside: OutsideJson;
	see: { readonly agent: AgentJson };
	message: { readonly message: MessageId };
	pause: { readonly agent: AgentJson };
	resume: { readonly agent: AgentJson };
	'resume.all': {
		readonly agents: readonly ResumedJson[];
		readonly refusals: readonly (Refusal & { readonly agent: string })[];
	};
	rename: { readonly agent: AgentJson };
	/** Where there was no worktree to keep in a snapshot, the branch that stays for its commits. */
	remove: {
		readonly agent: AgentJson;
		readonly snapshot: string | null;
		readonly branch: string | null;
		/** What went wrong in the user's teardown. */
		readonly teardown: string | null;
	};
	restore: { readonly agent: AgentJson };
	surroundings: Surroundings;
	prunable: {
		readonly agents: readonly { readonly name: string; readonly why: string }[];
	};
	loss: Loss;
	wait: { readonly timedOut: boolean; readonly agents: readonly AgentJson[] };
	scope: ScopeJson;
	/** Why its program cannot make use of it yet; null where it can. */
	'scope.add': { readonly agent: AgentJson; readonly note: Remark | null };
}
