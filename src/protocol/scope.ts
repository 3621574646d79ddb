// What is told of an agent's scope: its patterns, what holds it to them, paths with the pattern that
// decides about them, and what it has changed outside. Scripts rely on the names.
import type { Layer } from '../domain/layers.ts';
import type { Outside } from '../domain/outside.ts';

export interface PathInScope {
	readonly path: string;
	readonly allowed: boolean;
	/** The pattern that decides; null where none matches. */
	readonly by: string | null;
	/** Only a pattern that says its name allows it. */
	readonly mustBeNamed: boolean;
	/** It is in a folder of git; absent from an older supervisor. */
	readonly ofGit?: boolean;
	/** It is in no worktree of that agent; absent from an older supervisor. */
	readonly elsewhere?: boolean;
}

export interface Widened {
	readonly at: string;
	/** Who said it. */
	readonly actor: string;
	readonly patterns: readonly string[];
	readonly why: string;
	/** The request of the agent that was answered by it. */
	readonly request: string | null;
}

export interface ScopeJson {
	readonly name: string;
	/** None is all but what must be named. */
	readonly patterns: readonly string[];
	readonly layers: readonly Layer[];
	/** Where what its program writes to /tmp lies; null where that is /tmp. Absent from an older supervisor. */
	readonly temp?: string | null;
	/** The latest last. */
	readonly widened: readonly Widened[];
	readonly paths: readonly PathInScope[];
	/** What of its changes could not land; null where it cannot be told. */
	readonly outside: readonly Outside[] | null;
}
