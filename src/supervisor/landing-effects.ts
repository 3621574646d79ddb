// Effects on the base: merge and undo. One at a time in a repository, in the order asked for; a base
// that moved meanwhile is merged onto anew and never overwritten.
import type { Agent } from '../domain/agent.ts';
import type { EffectId } from '../domain/ids.ts';
import type { PendingOf } from '../domain/state.ts';
import { branchTip } from '../git/base.ts';
import { buildCandidate } from '../git/candidate.ts';
import { changedPaths } from '../git/changes.ts';
import { listCheckouts } from '../git/checkouts.ts';
import { forkPoint } from '../git/diff.ts';
import { relate } from '../git/landed-before.ts';
import { findLanded, type Landed, land } from '../git/landing.ts';
import { mergeTrees } from '../git/merge-tree.ts';
import { listCommits } from '../git/porcelain.ts';
import { publish } from '../git/publish.ts';
import { requireSubmoduleCommits } from '../git/submodule-commits.ts';
import { pathsOf } from '../git/tree-links.ts';
import { revertLanding, undoLanding } from '../git/undo.ts';
import { Lane } from '../lib/lane.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { landedBefore } from './landed.ts';
import { gateLanding } from './landing-gates.ts';
import { landingMessage } from './landing-message.ts';
import { checkLanding, checkMerged } from './wall.ts';
import { worktreeOf } from './worktree-effects.ts';
import type { Perform, World } from './world.ts';

/** Landings come one after the other: each is gated as it will stand on those before it. */
const queue = new Lane(1);
/** The base is moved by one at a time; who waits for gates holds up no undo. */
const moves = new Lane(1);

/** How often a landing follows a base that others move at the same time. */
const tries = 5;

/** How many candidates are built at a time, while earlier ones land. */
const building = new Lane(2);

export const performMerge: Perform<'merge'> = (effect, world) => {
	// An undo that comes first may change what there is to land.
	const undoing = Object.values(world.state().effects).some(
		({ kind }) => kind === 'undo',
	);
	const built = undoing ? null : building.run(() => build(effect, world));
	// Asked for below, maybe long after it failed.
	built?.catch(() => undefined);
	return queue.run(async () => {
		const outcome = await mergeNow(effect, world, await (built ?? build(effect, world)));
		const moved = outcome.ok && outcome.value.kind === 'landed';
		if (moved) world.observatory.stir(effect.data.agent);
		tellEnded(world, effect.id, moved);
		return outcome;
	});
};

/** What is to land, frozen; or that it has landed before. */
type Built =
	| { readonly landed: Landed }
	| {
			readonly landed: null;
			readonly agent: Agent;
			readonly candidate: string;
			readonly message: string;
	  };

async function build(
	{ data }: PendingOf<'merge'>,
	world: World,
): Promise<Outcome<Built>> {
	const agent = world.state().agents[data.agent];
	if (!agent) return refuse('agent.unknown', 'the agent is gone');
	// The supervisor may have crashed after it landed: the base, that has it now, is no longer asked.
	const before = await findLanded(world.repository, data.landing);
	if (before) return before.ok ? ok({ landed: before.value }) : before;
	const worktree = await worktreeOf(world, agent);
	if (!worktree.ok) return worktree;
	const published = await publish(worktree.value);
	if (!published.ok) return published;
	const { tip } = published.value;
	const message = data.message ?? (await proposedMessage(world, agent, tip, data.branch));
	const candidate = await buildCandidate(worktree.value, {
		id: data.landing,
		uncommitted: data.include === 'all' ? null : 'none',
		message,
	});
	if (!candidate.ok) return candidate;
	return ok({ landed: null, agent, candidate: candidate.value.commit, message });
}

async function mergeNow(
	{ id, data }: PendingOf<'merge'>,
	world: World,
	built: Outcome<Built>,
): ReturnType<Perform<'merge'>> {
	if (!built.ok) return built;
	if (built.value.landed) return landedAs(world, data.branch, built.value.landed);
	const { repository } = world;
	const { agent, candidate, message } = built.value;
	for (let attempt = 1; ; attempt += 1) {
		const onto = await branchTip(repository, data.branch);
		if (onto === null) return noBranch(data.branch);
		const before = await landedBefore(world, agent, onto);
		const related = await relate(repository, onto, candidate, before);
		// Its scope is that of this moment: it may have been widened while the landing waited.
		const scoped = world.state().agents[agent.id] ?? agent;
		const { strategy } = data;
		const landing = { onto, candidate, related, strategy };
		const inside = await checkLanding(repository, scoped, landing);
		if (!inside.ok) return inside;
		const merged = await mergeTrees(repository, related.base, related.tip);
		if (merged.kind === 'conflict') {
			return { ok: true, value: { kind: 'conflicted', files: merged.files } };
		}
		const { tree } = merged;
		const put = await checkMerged(repository, scoped, { onto, tree });
		if (!put.ok) return put;
		const pointed = await requireSubmoduleCommits(repository, onto, tree);
		if (!pointed.ok) return pointed;
		const gated = await gateLanding(world, {
			...{ effect: id, agent, branch: data.branch, onto, tree },
			override: data.override ?? null,
			accept: data.accept ?? [],
		});
		if (!gated.ok) return gated;
		const plan = {
			id: data.landing,
			base: data.branch,
			onto,
			tree,
			candidate,
			strategy,
			message,
			author: null,
			coAuthors: [],
			trailers: [...trailersOf(agent), ...gated.value],
			sign: world.state().settings.land.sign,
		};
		const landed = await moves.run(() => land(repository, plan));
		if (!landed.ok) {
			const { code } = landed.refusal;
			if (code === 'base.moved' && attempt < tries) continue;
			return code === 'merge.nothing' ? nothingOf(agent, data.branch) : landed;
		}
		return landedAs(world, data.branch, landed.value);
	}
}

async function landedAs(
	world: World,
	branch: string,
	{ old, new: commit, tree, candidate, kept: files }: Landed,
): ReturnType<Perform<'merge'>> {
	const { repository } = world;
	const followed = await checkoutOf(world, branch);
	const [top] = await listCommits(repository, old, commit, 1);
	return {
		ok: true,
		value: {
			kind: 'landed',
			old,
			new: commit,
			tree,
			candidate,
			subject: top?.subject ?? '',
			files: (await changedPaths(repository, old, commit)).length,
			checkout: followed ? 'updated' : 'none',
			...(await keptIn(world, { checkout: followed, files, commit })),
		},
	};
}

/** The one that follows the branch. */
async function checkoutOf({ repository }: World, branch: string) {
	const checkouts = await listCheckouts(repository);
	return checkouts.find((checkout) => checkout.branch === `refs/heads/${branch}`);
}

interface Followed {
	readonly checkout: { readonly path: string } | undefined;
	/** Of it, those that stay as they are. */
	readonly files: readonly string[];
	/** Where the branch is now. */
	readonly commit: string;
}

async function keptIn({ repository }: World, { checkout, files, commit }: Followed) {
	if (!checkout || files.length === 0) return {};
	const there = new Set(await pathsOf(repository, commit));
	const gone = files.filter((file) => !there.has(file));
	return {
		kept: { checkout: checkout.path, files, ...(gone.length > 0 && { gone }) },
	};
}

export const performUndo: Perform<'undo'> = ({ id, data }, world) =>
	moves.run(async () => {
		const landing = world.state().landings[data.landing];
		if (!landing) {
			return { ok: false, refusal: { code: 'undo.unknown', message: 'no such landing' } };
		}
		const plan = { id: `u${id}`, landing: landing.id, base: landing.branch };
		const undone = data.revert
			? await revertLanding(world.repository, plan, `Revert "${landing.subject ?? ''}"`)
			: await undoLanding(world.repository, plan);
		if (!undone.ok) return undone;
		tellEnded(world, id, true);
		const { kind: how, old, new: now, kept: files } = undone.value;
		const checkout = await checkoutOf(world, landing.branch);
		const kept = await keptIn(world, { checkout, files, commit: now });
		return { ok: true, value: { how, old, new: now, ...kept } };
	});

async function proposedMessage(
	world: World,
	agent: Agent,
	tip: string,
	branch: string,
): Promise<string> {
	const base = await branchTip(world.repository, branch);
	if (base === null) return landingMessage(agent.name, []);
	const before = await landedBefore(world, agent, base);
	const from = await forkPoint(world.repository, base, tip, before);
	const commits = await listCommits(
		world.repository,
		from.ok ? from.value : agent.base.commit,
		tip,
	);
	return landingMessage(agent.name, commits);
}

function tellEnded(world: World, ended: EffectId, moved: boolean): void {
	const { effects } = world.state();
	const more = Object.values(effects).some(
		({ kind, id }) => (kind === 'merge' || kind === 'undo') && id !== ended,
	);
	const present = () =>
		Object.values(world.state().agents)
			.filter(({ life }) => life.kind !== 'removed')
			.map(({ id }) => id);
	world.observatory.landingEnded({ moved, more }, present);
}

function trailersOf(agent: Agent): readonly (readonly [string, string])[] {
	return [['Weir-Agent', agent.name]];
}

function nothingOf({ name, landed }: Agent, branch: string): Outcome<never> {
	return landed
		? refuse(
				'merge.nothing',
				`${branch} has all of ${name} already`,
				`weir send ${name} TEXT asks for more, weir remove ${name} takes it away`,
			)
		: refuse(
				'merge.nothing',
				`${name} has committed nothing that ${branch} does not have`,
				`weir diff ${name}`,
			);
}

function noBranch(branch: string) {
	return {
		ok: false,
		refusal: {
			code: 'base.unknown',
			message: `there is no branch ${branch}`,
			allow: 'git branch --list',
		},
	} as const;
}
