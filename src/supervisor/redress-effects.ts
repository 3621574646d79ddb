// What is done in a worktree about writes outside a scope: copies are kept, files are put back.
import { keepCopies } from '../git/kept-copies.ts';
import { putBack } from '../git/put-back.ts';
import { pointAt } from '../git/worktree.ts';
import { ok, refuse } from '../lib/outcome.ts';
import { noAgent } from './no-agent.ts';
import { worktreeOf } from './worktree-effects.ts';
import type { Perform } from './world.ts';

/** By which the agent's git finds its directory: no commit has it. */
const pointerFile = '.git';
/** Of more it is told how many there are. */
const leftTold = 20;

export const performRedress: Perform<'redress'> = async ({ id, data }, world) => {
	const agent = world.state().agents[data.agent];
	if (!agent) return noAgent;
	const worktree = await worktreeOf(world, agent);
	if (!worktree.ok) return worktree;
	const { path: top } = worktree.value;
	// Two at once would put back what the other has not copied yet.
	return world.redressing.run(async () => {
		const standing = await world.standsOutside(agent.id);
		if (!standing)
			return refuse(
				'worktree.unreadable',
				`what stands outside the scope of ${agent.name} cannot be seen just now`,
				`weir outside ${agent.name}`,
			);
		const asked = data.paths && new Set(data.paths);
		const paths = standing.paths.filter((path) => asked?.has(path) ?? true);
		const kept = await keepCopies(top, paths, {
			store: world.places.outside,
			agent: agent.id,
			name: id,
		});
		const left = [...kept.left];
		if (data.how === 'restore') {
			const spared = new Set(left.map(({ path }) => path));
			const back = paths.filter((path) => !spared.has(path) && path !== pointerFile);
			const done = await world.quietly(agent.id, async () => {
				if (paths.includes(pointerFile)) await pointAt(top, worktree.value.privateDir);
				return putBack(worktree.value, standing.commit, back);
			});
			left.push(...done.left);
		}
		return ok({
			kept: kept.folder,
			files: kept.files,
			left: left.slice(0, leftTold),
			dropped: kept.dropped,
		});
	});
};
