// What is recorded of shells of the human in agents' worktrees.
import * as z from 'zod/mini';
import { agent, argv, effect, outcome, shell } from '../fact.ts';

export const shellEvents = {
	'shell.asked': z.object({
		effect,
		shell,
		agent,
		argv,
		columns: z.int(),
		rows: z.int(),
	}),
	'shell.settled': z.object({
		effect,
		shell,
		outcome: outcome(z.object({ holder: z.string() })),
	}),
	'shell.exited': z.object({ shell, code: z.nullable(z.int()) }),
} as const;
