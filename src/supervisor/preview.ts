// What a merge would do, for the card that asks whether to do it.
import type { Agent } from '../domain/agent.ts';
import { queueOf } from '../domain/queue/queue.ts';
import { landedThrough } from '../domain/resolving.ts';
import { changedPaths } from '../git/changes.ts';
import { mergeTrees } from '../git/merge-tree.ts';
import { listCommits, mainStatus } from '../git/porcelain.ts';
import { listUnlanded } from '../git/unlanded.ts';
import { type Outcome, ok } from '../lib/outcome.ts';
import type { MergePreview } from '../protocol/merge-preview.ts';
import { landedProof } from './landed.ts';
import { gateFilesOf } from './landing-gates.ts';
import { landingMessage } from './landing-message.ts';
import type { Desk } from './session.ts';
import { outsideOfMerge, outsideOnTheWay, outsideUncommitted } from './wall.ts';
import { standingOf } from './worktree-look.ts';

export async function previewMerge(
	desk: Desk,
	agent: Agent,
	base: string,
): Promise<Outcome<MergePreview>> {
	const { repository } = desk.world;
	const standing = await standingOf(desk.world, desk.loop, agent, base);
	if (!standing.ok) return standing;
	const { worktree, tip, from, baseTip, before, related } = standing.value;
	const range = { onto: baseTip, tip };
	const [merged, uncommitted, commits, paths, landed, status, onTheWay] =
		await Promise.all([
			mergeTrees(repository, related.base, related.tip),
			listUnlanded(worktree, tip, before),
			listCommits(repository, from, tip),
			changedPaths(repository, from, tip),
			landedProof(desk.world, agent, baseTip, tip),
			mainStatus(repository),
			outsideOnTheWay(repository, agent, range),
		]);
	const outside = await outsideOfMerge(repository, agent, related, merged, baseTip);
	if (!outside.ok) return outside;
	const gateFiles =
		merged.kind === 'conflict'
			? { branch: [], uncommitted: [] }
			: await gateFilesOf(
					desk.world,
					{ onto: baseTip, tree: merged.tree },
					uncommitted.map(({ path }) => path),
				);
	const open = await outsideUncommitted(worktree, agent, uncommitted, tip);
	const touched = new Set(paths.map(({ path }) => path));
	const dirty =
		status?.branch === base ? status.dirty.filter((path) => touched.has(path)) : [];
	return ok({
		agent: agent.id,
		name: agent.name,
		branch: agent.branch,
		base,
		commits: commits.map(({ hash, subject }) => ({ id: hash, subject })),
		files: paths.map(({ path }) => ({ path, added: null, removed: null })),
		uncommitted: uncommitted.map(({ path }) => path),
		conflicts: merged.kind === 'conflict' ? merged.files : [],
		clashes: clashesOf(desk, agent),
		message: landingMessage(agent.name, commits, desk.loop.state.settings.land.message),
		strategy: desk.loop.state.settings.land.strategy,
		after: desk.loop.state.settings.land.after,
		dirty,
		alreadyLanded: landed !== null && uncommitted.length === 0,
		landedThrough: landedThrough(desk.loop.state, agent)?.name ?? null,
		untouched: tip === agent.base.commit && uncommitted.length === 0,
		outside: { branch: outside.value, onTheWay, uncommitted: open },
		gateFiles,
	});
}

function clashesOf({ loop, world }: Desk, { id }: Agent) {
	const entry = queueOf(loop.state, world.observatory.all).find(
		({ agent }) => agent.id === id,
	);
	return (entry?.clashes ?? []).map(({ name: agent, count }) => ({ agent, count }));
}
