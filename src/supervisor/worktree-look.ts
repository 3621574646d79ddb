// One look at an agent's worktree: its head, how much it changed, whether it would merge.
import type { Agent } from '../domain/agent.ts';
import { whyNotMerge } from '../domain/agent-refusals.ts';
import type { AgentId } from '../domain/ids.ts';
import { type Outside, outsideWords } from '../domain/outside.ts';
import { branchTip } from '../git/base.ts';
import { commitsAhead, diffStats, forkOf } from '../git/diff.ts';
import { type LandedBefore, type Related, relate } from '../git/landed-before.ts';
import { mergeTrees } from '../git/merge-tree.ts';
import { readPrivateHead } from '../git/private-clone.ts';
import { isFilled, type Worktree } from '../git/worktree.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { plainText } from '../lib/plain-text.ts';
import type { Observation } from '../protocol/observation.ts';
import { followEffects, untilFree } from './follow-effects.ts';
import { landedBefore } from './landed.ts';
import type { Loop } from './loop.ts';
import { outsideOfBranch } from './wall.ts';
import { worktreeOf } from './worktree-effects.ts';
import type { World } from './world.ts';

/** What an agent stands on, its commits published. */
export interface Standing {
	readonly worktree: Worktree;
	readonly tip: string;
	/** Where its work begins: what it has in common with the base, or what it landed last. */
	readonly from: string;
	readonly baseTip: string;
	/** Its last landing on that base. */
	readonly before: LandedBefore | null;
	/** Base and tip as git is to be told of them, that landing counted. */
	readonly related: Related;
}

/**
 * Publishes the agent's new commits first: their objects are needed for everything else. Refused
 * where there is no worktree, where it is being filled, and with what keeps it from being read.
 */
export async function standingOf(
	world: World,
	loop: Loop,
	agent: Agent,
	base = agent.base.branch,
): Promise<Outcome<Standing>> {
	const no = whyNotMerge(agent);
	if (no) return { ok: false, refusal: no };
	const found = await worktreeOf(world, agent);
	if (!found.ok) return found;
	const worktree = found.value;
	if (!isFilled(worktree)) {
		return refuse(
			'worktree.filling',
			`the worktree of ${agent.name} is being filled`,
			'weir list',
		);
	}
	const published = await publishedTip(world, loop, agent, worktree);
	if (!published.ok) return published;
	const tip = published.value;
	const baseTip = (await branchTip(world.repository, base)) ?? agent.base.commit;
	const before = await landedBefore(world, agent, baseTip);
	const related = await relate(world.repository, baseTip, tip, before);
	const fork = await forkOf(world.repository, related);
	const from = fork.ok ? fork.value : agent.base.commit;
	return ok({ worktree, tip, baseTip, from, before, related });
}

export async function lookAt(
	world: World,
	loop: Loop,
	id: AgentId,
): Promise<Omit<Observation, 'progress'> | null> {
	const agent = loop.state.agents[id];
	if (!agent) return null;
	const standing = await standingOf(world, loop, agent);
	if (!standing.ok) return null;
	const { worktree, tip, from, related } = standing.value;
	const { repository } = world;
	const both = `${related.base} ${related.tip}`;
	const [diff, merged, ahead, outside] = await Promise.all([
		diffStats(worktree, from, tip),
		repository.readings.answers.of(`merged ${both}`, () =>
			mergeTrees(repository, related.base, related.tip),
		),
		commitsAhead(repository, from, tip),
		outsideOfBranch(repository, agent, related),
	]);
	return {
		head: tip,
		diff,
		ahead,
		conflicts: merged.kind === 'conflict' ? merged.files : [],
		outside: outside.ok ? inShort(outside.value) : null,
	};
}

/** An observation is told each time it changes, so it says little. */
function inShort(outside: readonly Outside[]) {
	const { length: count } = outside;
	return count === 0 ? null : { count, words: plainText(outsideWords(outside), 300) };
}

/** How often a tip is followed that moves while it is published. */
const tries = 5;

async function publishedTip(
	world: World,
	loop: Loop,
	agent: Agent,
	worktree: Worktree,
): Promise<Outcome<string>> {
	for (let attempt = 1; attempt <= tries; attempt += 1) {
		const head = await readPrivateHead(worktree.privateDir, worktree.branch);
		if (!head.ok) return head;
		const tip = head.value.commit;
		if ((await branchTip(world.repository, worktree.branch)) === tip) return ok(tip);
		const submitted = await loop.submit({ kind: 'agent.publish', agent: agent.id });
		if (!submitted.ok) return submitted;
		// Nothing asked for: what is under way publishes, or stands in the way of it.
		if (submitted.value.length === 0) await untilFree(loop, agent.id);
		const refusal = await followEffects(loop, submitted.value);
		if (refusal) return { ok: false, refusal };
	}
	return refuse(
		'worktree.moving',
		`${agent.name} commits faster than its commits can be read`,
		`weir pause ${agent.name}`,
	);
}
