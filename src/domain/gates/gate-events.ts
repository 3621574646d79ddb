// What is recorded of gates: what stands on an agent's disk, and what gates said of it.
import * as z from 'zod/mini';
import { agent, effect, outcome } from '../fact.ts';
import { verdictWords } from './verdict.ts';
import { verdict } from './verdict-shape.ts';

const tree = z.string();
const gate = z.string();
const word = z.enum(verdictWords);

const comparison = z.object({
	base: tree,
	fresh: z.nullable(z.int()),
	known: z.nullable(z.int()),
	word,
});

/** The human, or weir by the setting `tell`. */
const by = z.enum(['human', 'weir']);

export const gateEvents = {
	/** Something was written in its worktree: what stands there is not known until it is quiet. */
	'tree.moved': z.object({ agent }),
	/** What stands in its worktree, as a tree. */
	'tree.settled': z.object({ agent, tree }),
	/** A gate is to say of a tree whether it is good. */
	'gate.asked': z.object({
		effect,
		agent,
		gate,
		tree,
		/** Who wants to know: nobody but weir as it goes, who says that it is done, or the human. */
		why: z.enum(['settle', 'done', 'demand']),
		/** What was said of that tree before does not count. */
		anew: z.boolean(),
	}),
	'gate.settled': z.object({ effect, agent, gate, tree, outcome: outcome(verdict) }),
	/** A gate is red: what of that was so on the merge base? */
	'compare.asked': z.object({ effect, agent, gate, tree }),
	'compare.settled': z.object({
		effect,
		agent,
		gate,
		tree,
		outcome: outcome(comparison),
	}),
	/** What a gate said is to be put in words for the agent, which gets them once it is idle. */
	'words.asked': z.object({ effect, agent, gate, tree, by }),
	'words.settled': z.object({
		effect,
		agent,
		gate,
		by,
		outcome: outcome(z.object({ text: z.string() })),
	}),
} as const;
