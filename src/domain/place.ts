// Where an agent's worktree stands and what its branch is called: after the agent's name, unless
// another agent, renamed since, has that folder or that branch.
import { isGone } from './agent.ts';
import type { State } from './state.ts';

export interface Place {
	readonly path: string;
	readonly branch: string;
}

export interface WantedPlace {
	readonly name: string;
	/** Folder of all worktrees. */
	readonly root: string;
	/** Of the branches, with its slash. */
	readonly prefix: string;
}

/** The wanted place, or with the first number behind its name that makes it free. */
export function freePlace(state: State, { name, root, prefix }: WantedPlace): Place {
	const taken = new Set<string>();
	for (const agent of Object.values(state.agents)) {
		if (isGone(agent)) continue;
		taken.add(agent.path);
		taken.add(agent.branch);
	}
	for (let number = 1; ; number += 1) {
		const folder = number === 1 ? name : `${name}-${number}`;
		const path = `${root}/${folder}`;
		const branch = `${prefix}${folder}`;
		if (!taken.has(path) && !taken.has(branch)) return { path, branch };
	}
}
