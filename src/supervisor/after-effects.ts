// What becomes of an agent's worktree once its work has landed. It is looked at anew: nothing goes that is
// not provably in the base, and nothing changes under a program that works.

import { whyNotAfter } from '../domain/after-landing.ts';
import type { Agent } from '../domain/agent.ts';
import type { Landing } from '../domain/state.ts';
import { branchTip } from '../git/base.ts';
import { publish } from '../git/publish.ts';
import { isResetBegun, resetWorktree } from '../git/reset-worktree.ts';
import { takeSnapshot } from '../git/snapshot.ts';
import type { Worktree } from '../git/worktree.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { landedBefore } from './landed.ts';
import { wholeLanded } from './losses.ts';
import { noAgent } from './no-agent.ts';
import { worktreeOf } from './worktree-effects.ts';
import type { Perform, World } from './world.ts';

export const performAfter: Perform<'after'> = async ({ data }, world) => {
	const state = world.state();
	const agent = state.agents[data.agent];
	const landing = state.landings[data.landing];
	if (!agent || !landing) return noAgent;
	const { candidate, new: to } = landing;
	if (candidate === null || to === null) throw new Error(`${landing.id} landed nothing`);
	const worktree = await worktreeOf(world, agent);
	if (!worktree.ok) return worktree;
	// What a crash cut short is not left between two commits.
	if (data.how === 'remove' || !(await isResetBegun(worktree.value, { candidate, to }))) {
		if (landing.phase !== 'landed')
			return refuse('after.undone', `the landing of ${agent.name} was taken back`);
		const no = whyNotAfter(state, agent, data.how);
		if (no) return { ok: false, refusal: no };
	}
	if (data.how === 'remove') return mayGo(world, agent, landing, worktree.value);
	const taken = await takeSnapshot(worktree.value, data.snapshot);
	if (!taken.ok) return taken;
	const reset = await resetWorktree(worktree.value, { candidate, to });
	world.observatory.stir(agent.id);
	return reset.ok ? ok({ commit: taken.value.commit }) : reset;
};

async function mayGo(
	world: World,
	agent: Agent,
	{ branch }: Landing,
	worktree: Worktree,
): Promise<Outcome<{ commit: null }>> {
	const published = await publish(worktree);
	if (!published.ok) return published;
	const { tip } = published.value;
	const baseTip = await branchTip(world.repository, branch);
	const before = baseTip === null ? null : await landedBefore(world, agent, baseTip);
	const whole =
		baseTip !== null &&
		(await wholeLanded(world, agent, { worktree, tip, baseTip, before }));
	if (whole) return ok({ commit: null });
	return refuse(
		'after.not-landed',
		`${agent.name} has work that is not in ${branch}`,
		`weir diff ${agent.name} shows it; weir remove ${agent.name}`,
	);
}
