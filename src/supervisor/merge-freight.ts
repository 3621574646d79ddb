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
import { isAncestor } from '../git/refs.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
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
	const work = await workOf(world, data, agent, tip);
	if (!work.ok) return work;
	const { author, range } = work.value;
	const message =
		data.message ??
		landingMessage(
			author.name,
			await listCommits(world.repository, range.base, range.tip),
			world.state().settings.land.message,
		);
	const candidate = await buildCandidate(worktree.value, {
		id: data.landing,
		uncommitted: data.include === 'all' ? null : 'none',
		message,
	});
	if (!candidate.ok) return candidate;
	const user = await userIdentity(world.repository);
	const named = user.ok
		? await coAuthorsOf(world.repository, user.value, work.value.made)
		: [];
	// Who is in the message already is not named twice.
	const coAuthors = named.filter(({ email }) => !message.includes(`<${email}>`));
	return ok({ agent, candidate: candidate.value.commit, message, coAuthors });
}

interface Range {
	readonly base: string;
	readonly tip: string;
}

interface Work {
	/** Whose commits speak for it: where a conflict was resolved, it is the work of who came into it. */
	readonly author: Agent;
	readonly range: Range;
	/** All commits that somebody made for it. */
	readonly made: Range & { readonly besides?: readonly string[] };
}

/** Refuses with `conflict.unfinished` where the other's work is not in what is to land. */
async function workOf(
	world: World,
	{ branch, through }: PendingOf<'merge'>['data'],
	agent: Agent,
	tip: string,
): Promise<Outcome<Work>> {
	const range = await rangeOf(world, agent, tip, branch);
	const author = through && world.state().agents[through.agent];
	if (!author) return ok({ author: agent, range, made: range });
	if (!(await isAncestor(world.repository.place, through.candidate, tip)))
		return refuse(
			'conflict.unfinished',
			`the commits of ${author.name} are not in those of ${agent.name}: the merge was not committed, or was taken back`,
			`weir shell ${agent.name} -- git commit --all --no-edit, or weir remove ${agent.name} gives the conflict back`,
		);
	const its = await rangeOf(world, author, through.candidate, branch);
	return ok({ author, range: its, made: { ...range, besides: [its.base] } });
}

/** The commits that are to land. */
async function rangeOf(
	world: World,
	agent: Agent,
	tip: string,
	branch: string,
): Promise<Range> {
	const base = await branchTip(world.repository, branch);
	if (base === null) return { base: tip, tip };
	const before = await landedBefore(world, agent, base);
	const from = await forkPoint(world.repository, base, tip, before);
	return { base: from.ok ? from.value : agent.base.commit, tip };
}
