// One look at an agent's worktree: its head, how much it changed, whether it would merge.
import type { Agent } from '../domain/agent.ts';
import { hasWorktree } from '../domain/agent.ts';
import type { AgentId } from '../domain/ids.ts';
import { branchTip } from '../git/base.ts';
import { mergeCandidate } from '../git/candidate.ts';
import { aheadBehind, diffStats, forkPoint } from '../git/diff.ts';
import { readPrivateHead } from '../git/private-clone.ts';
import { isFilled, type Worktree } from '../git/worktree.ts';
import type { Observation } from '../protocol/client.ts';
import { followEffects } from './follow.ts';
import type { Loop } from './loop.ts';
import { worktreeOf } from './worktree-effects.ts';
import type { World } from './world.ts';

/** What an agent stands on, its commits published; null where that cannot be read now. */
export interface Standing {
	readonly worktree: Worktree;
	readonly tip: string;
	/** Where its work begins: what it has in common with the base, or what it landed last. */
	readonly from: string;
	readonly baseTip: string;
}

/** Publishes the agent's new commits first: their objects are needed for everything else. */
export async function standingOf(
	world: World,
	loop: Loop,
	agent: Agent,
	base = agent.base.branch,
): Promise<Standing | null> {
	if (!hasWorktree(agent)) return null;
	const found = await worktreeOf(world, agent);
	if (!found.ok || !isFilled(found.value)) return null;
	const worktree = found.value;
	const head = await readPrivateHead(worktree.privateDir, worktree.branch);
	if (!head.ok) return null;
	const tip = head.value.commit;
	if ((await branchTip(world.repository, worktree.branch)) !== tip) {
		const submitted = await loop.submit({ kind: 'agent.publish', agent: agent.id });
		if (submitted.ok) await followEffects(loop, submitted.value);
		if ((await branchTip(world.repository, worktree.branch)) !== tip) return null;
	}
	const baseTip = (await branchTip(world.repository, base)) ?? agent.base.commit;
	const from = await forkPoint(world.repository, baseTip, tip, agent.landed);
	return { worktree, tip, baseTip, from: from.ok ? from.value : agent.base.commit };
}

export async function lookAt(
	world: World,
	loop: Loop,
	id: AgentId,
): Promise<Omit<Observation, 'progress'> | null> {
	const agent = loop.state.agents[id];
	if (!agent) return null;
	const standing = await standingOf(world, loop, agent);
	if (standing === null) return null;
	const { worktree, tip, from, baseTip } = standing;
	const [diff, merged, counts] = await Promise.all([
		diffStats(worktree, from, tip),
		mergeCandidate(world.repository, baseTip, tip, agent.landed),
		aheadBehind(world.repository, from, tip),
	]);
	return {
		head: tip,
		diff,
		ahead: counts.ahead,
		conflicts: merged.kind === 'conflict' ? merged.files : [],
	};
}
