// What a landing carries, frozen: the candidate and the words by which it lands.
import type { Agent } from '../domain/agent.ts';
import type { PendingOf } from '../domain/state.ts';
import { branchTip } from '../git/base.ts';
import { buildCandidate } from '../git/candidate.ts';
import { coAuthorsOf } from '../git/co-authors.ts';
import { forkPoint } from '../git/diff.ts';
import { type Identity, userIdentity } from '../git/identity.ts';
import { findLanded, type Landed } from '../git/landing.ts';
import { listCommits } from '../git/porcelain.ts';
import { publish } from '../git/publish.ts';
import { type Outcome, ok } from '../lib/outcome.ts';
import { landedBefore } from './landed.ts';
import { landingMessage } from './landing-message.ts';
import { noAgent } from './no-agent.ts';
import { worktreeOf } from './worktree-effects.ts';
import type { World } from './world.ts';

export interface Freight {
	readonly agent: Agent;
	/** The commit. */
	readonly candidate: string;
	readonly message: string;
	/** Who made it beside the user; a squash names them. */
	readonly coAuthors: readonly Identity[];
}

/** Gives what it came to where it has landed before. Refuses as `publish` and `buildCandidate`. */
export async function loadFreight(
	{ data }: PendingOf<'merge'>,
	world: World,
): Promise<Outcome<Freight | { readonly landed: Landed }>> {
	const agent = world.state().agents[data.agent];
	if (!agent) return noAgent;
	// The supervisor may have crashed after it landed: the base, that has it now, is no longer asked.
	const before = await findLanded(world.repository, data.landing);
	if (before) return before.ok ? ok({ landed: before.value }) : before;
	const worktree = await worktreeOf(world, agent);
	if (!worktree.ok) return worktree;
	const published = await publish(worktree.value);
	if (!published.ok) return published;
	const { tip } = published.value;
	const range = await rangeOf(world, agent, tip, data.branch);
	const message =
		data.message ??
		landingMessage(
			agent.name,
			await listCommits(world.repository, range.base, tip),
			world.state().settings.land.message,
		);
	const candidate = await buildCandidate(worktree.value, {
		id: data.landing,
		uncommitted: data.include === 'all' ? null : 'none',
		message,
	});
	if (!candidate.ok) return candidate;
	const user = await userIdentity(world.repository);
	const named = user.ok ? await coAuthorsOf(world.repository, user.value, range) : [];
	// Who is in the message already is not named twice.
	const coAuthors = named.filter(({ email }) => !message.includes(`<${email}>`));
	return ok({ agent, candidate: candidate.value.commit, message, coAuthors });
}

/** The commits that are to land. */
async function rangeOf(
	world: World,
	agent: Agent,
	tip: string,
	branch: string,
): Promise<{ base: string; tip: string }> {
	const base = await branchTip(world.repository, branch);
	if (base === null) return { base: tip, tip };
	const before = await landedBefore(world, agent, base);
	const from = await forkPoint(world.repository, base, tip, before);
	return { base: from.ok ? from.value : agent.base.commit, tip };
}
