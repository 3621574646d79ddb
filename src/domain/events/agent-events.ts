// What is recorded of an agent and of its program, from its creation on.
import * as z from 'zod/mini';
import {
	agent,
	agentStateWord,
	argv,
	commit,
	done,
	effect,
	exitCause,
	generation,
	outcome,
	patterns,
	processIdentity,
	snapshot,
} from '../fact.ts';
import { preventions } from '../guard.ts';
import { afterStop } from './after-stop.ts';

const guard = z.object({
	prevention: z.enum(preventions),
	reason: z.nullable(z.string()),
	allow: z.nullable(z.string()),
	loose: z.int(),
});

export const agentEvents = {
	'agent.created': z.object({
		agent,
		name: z.string(),
		kind: z.string(),
		argv,
		branch: z.string(),
		base: z.object({ branch: z.string(), commit }),
		path: z.string(),
		columns: z.int(),
		rows: z.int(),
		ports: z.object({ first: z.int(), count: z.int() }),
		ladder: z.object({ signals: z.readonly(z.array(z.string())), graceMs: z.int() }),
		restart: z.enum(['never', 'on-failure']),
		promptBy: z.enum(['argument', 'line', 'comment', 'none']),
		prompt: z.nullable(z.string()),
		setup: z.nullable(argv),
		teardown: z.nullable(argv),
		/** Whose facts its start goes by; absent where its command is started as it is. */
		adapter: z.optional(z.nullable(z.string())),
		/** Patterns of what its task may write; absent or empty is all but what must be named. */
		scope: z.optional(patterns),
		/** Where the worktree starts, if not at the base, and a commit of uncommitted files on top. */
		start: z.optional(z.nullable(z.object({ commit, files: z.nullable(commit) }))),
		/** A branch that was there before. */
		adopted: z.optional(z.boolean()),
		/** It starts in the middle of a merge of another agent's commit, to resolve its conflict. */
		resolves: z.optional(z.object({ agent, commit, by: z.enum(['agent', 'hand']) })),
	}),
	'agent.renamed': z.object({ agent, name: z.string() }),
	'agent.started': z.object({
		agent,
		generation,
		pid: z.int(),
		startTime: z.string(),
		bootId: z.string(),
		holder: z.string(),
	}),
	'agent.state': z.object({
		agent,
		generation,
		state: agentStateWord,
		source: z.string(),
		inferred: z.boolean(),
		why: z.nullable(z.string()),
	}),
	/** The human says what it does; null takes that back. */
	'agent.overridden': z.object({
		agent,
		generation,
		state: z.nullable(agentStateWord),
	}),
	/** It is done, and the human has looked at it. */
	'agent.seen': z.object({ agent, generation }),
	/** How its CLI calls the conversation, by which it can be resumed. */
	'agent.conversation': z.object({ agent, generation, conversation: z.string() }),
	'agent.exited': z.object({
		agent,
		generation,
		code: z.nullable(z.int()),
		signal: z.nullable(z.string()),
		cause: exitCause,
		survivors: z.readonly(z.array(z.int())),
	}),
	'agent.back-off': z.object({ agent, generation, until: z.string(), tries: z.int() }),
	'agent.removed': z.object({
		agent,
		snapshot: z.nullable(snapshot),
		commit: z.nullable(commit),
	}),
	'agent.restored': z.object({ agent }),
	'setup.asked': z.object({ effect, agent, generation, argv }),
	'setup.settled': z.object({ effect, agent, generation, outcome: done }),
	'spawn.asked': z.object({
		effect,
		agent,
		generation,
		argv,
		/** The conversation that it goes on with; absent or null begins a new one. */
		resume: z.optional(z.nullable(z.string())),
		/** What it is told at its start, beside its prompt: why the try before it ended. */
		note: z.optional(z.nullable(z.string())),
	}),
	'spawn.settled': z.object({
		effect,
		agent,
		generation,
		/** No process: it ended before it could be seen, and its exit follows. */
		outcome: outcome(
			z.object({
				holder: z.string(),
				process: z.nullable(processIdentity),
				conversation: z.optional(z.string()),
				/** What refuses the program a write outside its scope. */
				guard: z.optional(guard),
			}),
		),
	}),
	'stop.asked': z.object({ effect, agent, generation, next: afterStop }),
	'stop.settled': z.object({ effect, agent, generation, outcome: done }),
	/** A stop that goes on is not to wait any longer: KILL now. */
	'hasten.asked': z.object({ effect, agent, generation }),
	'hasten.settled': z.object({ effect, agent, generation, outcome: done }),
	'pause.asked': z.object({ effect, agent, generation, paused: z.boolean() }),
	'pause.settled': z.object({
		effect,
		agent,
		paused: z.boolean(),
		outcome: done,
	}),
} as const;
