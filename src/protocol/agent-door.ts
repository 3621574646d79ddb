// What every request on the agents' socket carries.
import * as z from 'zod/mini';
import type { ScopeJson } from './scope.ts';

/** Paths whose place in a scope is asked for. */
export const shownPaths = z
	.array(z.string().check(z.minLength(1), z.maxLength(4096)))
	.check(z.maxLength(1000));

/** What an agent may say about itself, by operation; each with its token. */
export const agentWords = {
	/**
	 * Asks the human and waits: for ever, or so many milliseconds. Asked again in the same words after
	 * its connection ended, it is the same question.
	 */
	ask: z.object({
		text: z.string().check(z.minLength(1), z.maxLength(8192)),
		choices: z
			.array(z.string().check(z.minLength(1), z.maxLength(256)))
			.check(z.maxLength(9)),
		timeoutMs: z.nullable(z.number().check(z.minimum(0))),
	}),
	/** Asks to write more than its scope, and waits as `ask` does. */
	'scope.request': z.object({
		patterns: z
			.array(z.string().check(z.minLength(1), z.maxLength(1024)))
			.check(z.minLength(1), z.maxLength(200)),
		why: z.string().check(z.maxLength(8192)),
		timeoutMs: z.nullable(z.number().check(z.minimum(0))),
	}),
	/** What of these paths it may write, and by which pattern. */
	'scope.show': z.object({ paths: shownPaths }),
	/** Its task is done, as far as it knows. */
	done: z.object({ note: z.nullable(z.string().check(z.maxLength(8192))) }),
	/** What the gates say of its own files; run, they are waited for. */
	gates: z.object({ run: z.boolean() }),
	/** A word on how it goes. */
	report: z.object({ text: z.string().check(z.minLength(1), z.maxLength(2048)) }),
	/** What its CLI tells by a hook, as JSON of that CLI. */
	hook: z.object({ payload: z.unknown() }),
	/** It is about to ask its model: what it has used is counted by now. */
	spend: z.object({}),
	/** A tool of its CLI is about to write. */
	write: z.object({
		tool: z.string().check(z.maxLength(256)),
		/** None where its hook does not tell. */
		paths: z.array(z.string().check(z.minLength(1))).check(z.maxLength(1000)),
		/** Where relative ones begin; null for the worktree. */
		folder: z.nullable(z.string()),
	}),
} as const;
export type AgentWord = keyof typeof agentWords;
export type AgentWordRequest<W extends AgentWord> = z.infer<(typeof agentWords)[W]>;

interface Asked {
	/** Null where nothing had to be asked. */
	readonly question: string | null;
	/** Null where nobody answered in time. */
	readonly answer: {
		readonly choice: string | null;
		readonly text: string | null;
	} | null;
}

/** Answers, by operation. */
export interface AgentWordAnswers extends Record<AgentWord, object> {
	ask: Asked;
	'scope.request': Asked & {
		readonly granted: boolean;
		/** Why its program cannot make use of it yet; null where it can. */
		readonly note: string | null;
	};
	'scope.show': ScopeJson;
	done: Record<string, never>;
	gates: { readonly gates: readonly GateSaid[] };
	report: Record<string, never>;
	/** What the hook is to print; empty for nothing. */
	hook: { readonly print: string };
	/** Why not yet, in words for people; null where it may. */
	spend: { readonly refusal: string | null };
	/** Why not, in words for the model; null where it may. */
	write: { readonly refusal: string | null };
}

/** One gate, in words for a model. */
export interface GateSaid {
	readonly name: string;
	readonly verdict: string;
	/** What failed, a line each. */
	readonly failures: readonly string[];
	/** The end of what it printed, where it is not green. */
	readonly output: string;
}

export const agentRequests = z.object({
	/** Of the agent's present generation; given to its program as `WEIR_TOKEN`. */
	token: z.string().check(z.minLength(16), z.maxLength(256)),
});
