// What a tool is: told to the model by its sheet, planned without doing anything, and then done.

import type { Outcome } from '../../lib/outcome.ts';
import type { ToolSheet } from '../../models/model.ts';
import type { DiffLine } from '../../page/line-diff.ts';
import type { AgentDoor } from '../agent-door.ts';
import type { Workspace } from '../workspace.ts';
import type { Arguments } from './arguments.ts';

/** What a tool can do to the world, for whoever is asked before. */
export type Risk = 'none' | 'edit' | 'run';

export interface ToolOutcome {
	/** For the model. */
	readonly text: string;
	readonly failed: boolean;
	/** For whoever looks, in a few words. */
	readonly remark: string;
}

/** What a call would do. */
export interface Plan {
	readonly risk: Risk;
	/** In two words and what it is about, for whoever looks. */
	readonly verb: string;
	readonly subject: string;
	/** What it would change. */
	readonly diff: readonly DiffLine[];
	/** The file that it would write, which weir is asked about. */
	readonly writes: string | null;
	/** A yes for always is one for this. */
	readonly like: string;
	/** Whether it waits for a person elsewhere. */
	readonly asks: boolean;
	run(signal: AbortSignal, onOutput: (text: string) => void): Promise<ToolOutcome>;
}

/** What tools work with. */
export interface Hands {
	readonly workspace: Workspace;
	/** Of commands: without what the model is paid by. */
	readonly environment: Readonly<Record<string, string>>;
	/** Null outside of weir. */
	readonly door: AgentDoor | null;
}

export interface Tool {
	readonly sheet: ToolSheet;
	/** Refused in words for the model. */
	plan(input: Arguments, hands: Hands): Promise<Outcome<Plan>> | Outcome<Plan>;
}

/** A plan that changes nothing, with what differs from that. */
export function planOf(
	some: Pick<Plan, 'verb' | 'subject' | 'run'> & Partial<Plan>,
): Plan {
	const like = some.verb;
	return { risk: 'none', diff: [], writes: null, like, asks: false, ...some };
}
