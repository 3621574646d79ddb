// What a worktree is there for that resolves another agent's conflict, and what lands by it.
import type { AgentId, LandingId } from './ids.ts';

/** Whose conflict a worktree was made for. */
export interface Resolves {
	readonly agent: AgentId;
	/** The commit of that agent's work that is merged there. */
	readonly commit: string;
	readonly by: 'agent' | 'hand';
	/** The author landed by itself meanwhile: nothing is left to be resolved. */
	readonly over?: LandingId;
	/** Its removal was asked for since; who brings it back keeps it. */
	readonly dismissed?: true;
}

/** Another agent's work that is part of a landing. */
export interface Through {
	readonly agent: AgentId;
	/** What of it. */
	readonly candidate: string;
}
