// A hunk of an agent's work is discarded, once a snapshot keeps it.
import { discardHunk } from '../git/discard-hunk.ts';
import { takeSnapshot } from '../git/snapshot.ts';
import { openTreeStore } from '../git/tree-store.ts';
import { noAgent } from './no-agent.ts';
import { worktreeOf } from './worktree-effects.ts';
import type { Perform } from './world.ts';

export const performDiscard: Perform<'discard'> = async ({ data }, world) => {
	const agent = world.state().agents[data.agent];
	if (!agent) return noAgent;
	const worktree = await worktreeOf(world, agent);
	if (!worktree.ok) return worktree;
	const taken = await takeSnapshot(worktree.value, data.snapshot);
	if (!taken.ok) return taken;
	const { place } = await openTreeStore(world.repository);
	try {
		return await world.redressing.run(() =>
			world.quietly(agent.id, () => discardHunk(place, worktree.value.path, data)),
		);
	} finally {
		// Nobody else tells of what was written while nobody listened.
		world.observatory.rested(agent.id);
		world.observatory.stir(agent.id);
	}
};
