// What every request on the agents' socket carries.
import * as z from 'zod/mini';

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
	/** Its task is done, as far as it knows. */
	done: z.object({ note: z.nullable(z.string().check(z.maxLength(8192))) }),
	/** A word on how it goes. */
	report: z.object({ text: z.string().check(z.minLength(1), z.maxLength(2048)) }),
	/** What its CLI tells by a hook, as JSON of that CLI. */
	hook: z.object({ payload: z.unknown() }),
} as const;
export type AgentWord = keyof typeof agentWords;
export type AgentWordRequest<W extends AgentWord> = z.infer<(typeof agentWords)[W]>;

/** Answers, by operation. */
export interface AgentWordAnswers extends Record<AgentWord, object> {
	ask: {
		readonly question: string;
		/** Null where nobody answered in time. */
		readonly answer: {
			readonly choice: string | null;
			readonly text: string | null;
		} | null;
	};
	done: Record<string, never>;
	report: Record<string, never>;
	/** What the hook is to print; empty for nothing. */
	hook: { readonly print: string };
}

export const agentRequests = z.object({
	/** Of the agent's present generation; given to its program as `WEIR_TOKEN`. */
	token: z.string().check(z.minLength(16), z.maxLength(256)),
});
