// Agents at work on the same files: said before they meet at a landing.
import { type Agent, hasProgram, isSpawning } from './agent.ts';
import { disjoint } from './scope/overlap.ts';
import { compileScope, subtract } from './scope/scope.ts';
import type { State } from './state.ts';

export interface SharedScope {
	readonly agent: Agent;
	/** A path that both may write; null where that could not be told. */
	readonly path: string | null;
}

/** The first agent at work with a scope of its own in which something of these patterns is, too. */
export function sharedScope(
	{ agents, ignoresCase: ignoreCase }: State,
	patterns: readonly string[],
): SharedScope | null {
	if (patterns.length === 0) return null;
	const scope = compileScope(patterns, { ignoreCase });
	for (const agent of Object.values(agents)) {
		if (agent.scope.length === 0 || !(hasProgram(agent) || isSpawning(agent))) continue;
		const unlikely = compileScope(
			[...patterns, ...agent.scope].flatMap(foldersNamedAlike),
			{ ignoreCase },
		);
		const own = compileScope(agent.scope, { ignoreCase });
		const told = disjoint(subtract(scope, unlikely), own);
		if (!told.disjoint) return { agent, path: told.witness };
	}
	return null;
}

/** Who writes `*.md` means files: that a folder may be called a.md is true, and no reason to warn. */
function foldersNamedAlike(pattern: string): string[] {
	const ending = /\*[^/]*(\.[\w-]+)$/.exec(pattern)?.[1];
	return ending === undefined ? [] : [`*${ending}/`];
}
