// What a merge would bring, and what an agent has changed.
import type { AgentId } from '../domain/ids.ts';
import type { Outside } from '../domain/outside.ts';
import type { AfterLanding, MergeStrategy } from '../domain/settings.ts';

export interface MergePreview {
	readonly agent: AgentId;
	readonly name: string;
	readonly branch: string;
	readonly base: string;
	readonly commits: readonly { readonly id: string; readonly subject: string }[];
	readonly files: readonly {
		readonly path: string;
		readonly added: number | null;
		readonly removed: number | null;
	}[];
	readonly uncommitted: readonly string[];
	readonly conflicts: readonly string[];
	/** Others that wait to land and conflict with it once it has; absent from an older supervisor. */
	readonly clashes?: readonly { readonly agent: string; readonly count: number }[];
	readonly message: string;
	readonly strategy: MergeStrategy;
	/** What becomes of the worktree by the settings; absent from an older supervisor. */
	readonly after?: AfterLanding;
	/** Dirty files of the user's checkout of the base that the merge would touch. */
	readonly dirty: readonly string[];
	readonly alreadyLanded: boolean;
	/** The agent by which it did, with its conflict resolved; absent from an older supervisor. */
	readonly landedThrough?: string | null;
	/** Nothing was committed or changed since the agent was made. */
	readonly untouched: boolean;
	/** What its scope keeps from landing; absent from an older supervisor. */
	readonly outside?: {
		readonly branch: readonly Outside[];
		/** Of commits that a merge would bring, though later ones took it back. */
		readonly onTheWay: readonly Outside[];
		readonly uncommitted: readonly Outside[];
	};
	/** What the base's gates judge by and it changes; absent from an older supervisor. */
	readonly gateFiles?: {
		readonly branch: readonly string[];
		readonly uncommitted: readonly string[];
	};
}

export interface DiffJson {
	readonly text: string;
	readonly truncated: boolean;
	/** What of it could not land; absent from an older supervisor. */
	readonly outside?: readonly Outside[];
}
