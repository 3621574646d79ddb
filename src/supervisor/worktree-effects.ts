// Effects on worktrees: create and fill, snapshot, publish, remove, restore, sync.

import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Agent } from '../domain/agent.ts';
import type { EffectId } from '../domain/ids.ts';
import { branchTip } from '../git/base.ts';
import { concludeMerge } from '../git/conclude-merge.ts';
import { createWorktree, type WorktreePlan } from '../git/create-worktree.ts';
import { linkFolders } from '../git/dependencies.ts';
import { fillWorktree } from '../git/fill.ts';
import { layFiles } from '../git/lay-files.ts';
import { provablyLanded } from '../git/prune.ts';
import { publish } from '../git/publish.ts';
import { isAncestor } from '../git/refs.ts';
import { remainsOf, removeWorktree } from '../git/remove-worktree.ts';
import { seedFiles } from '../git/seeding.ts';
import { findSnapshot, restoreSnapshot, takeSnapshot } from '../git/snapshot.ts';
import { bringBase, bringSide } from '../git/sync.ts';
import { findWorktree, pointAt, type Worktree } from '../git/worktree.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { clearStarts } from './agent-start.ts';
import { agentEnvironment } from './environment.ts';
import { landedBefore } from './landed.ts';
import { noAgent } from './no-agent.ts';
import { tearDownOnce } from './teardown.ts';
import type { Perform, World } from './world.ts';

/** What git calls the agent: its name when it was created, which its folder still bears. */
export function gitNameOf(agent: Agent): string {
	return basename(agent.path);
}

function planOf(agent: Agent, prefix: string): WorktreePlan {
	return {
		agent: gitNameOf(agent),
		branch: agent.branch,
		prefix,
		root: dirname(agent.path),
		commit: agent.start?.commit ?? agent.base.commit,
		adopted: agent.adopted,
	};
}

export function worktreeOf(world: World, agent: Agent): Promise<Outcome<Worktree>> {
	return findWorktree(
		world.repository,
		planOf(agent, world.state().settings.branch.prefix),
	);
}

export const performWorktree: Perform<'worktree'> = async ({ data }, world) => {
	const agent = world.state().agents[data.agent];
	if (!agent) return noAgent;
	world.observatory.progress(agent.id, { label: 'worktree', done: 0, total: null });
	try {
		return await world.fillings.run(agent.id, (signal) =>
			makeWorktree(agent, world, signal),
		);
	} finally {
		world.observatory.progress(agent.id, null);
		world.observatory.stir(agent.id);
	}
};

async function makeWorktree(
	agent: Agent,
	world: World,
	signal: AbortSignal,
): ReturnType<Perform<'worktree'>> {
	const { branch, worktree } = world.state().settings;
	const created = await createWorktree(world.repository, planOf(agent, branch.prefix));
	if (!created.ok) return created;
	try {
		const onProgress = (done: number, total: number) =>
			world.observatory.progress(agent.id, { label: 'files', done, total });
		await fillWorktree(created.value, { onProgress, signal });
		const { start } = agent;
		if (start?.files) await layFiles(created.value, start.commit, start.files);
	} catch (error) {
		if (!signal.aborted) throw error;
		return refuse(
			'worktree.broken-off',
			`the filling of the worktree of ${agent.name} was broken off`,
			`weir respawn ${agent.name} goes on with it`,
		);
	}
	const begun = await beginMerge(agent, created.value, world);
	if (!begun.ok) return begun;
	const { copy, link, linkBy } = worktree;
	await seedFiles(world.repository, created.value, copy);
	const linked = await linkFolders(world.repository, created.value, link, linkBy);
	return linked.ok ? { ok: true, value: {} } : linked;
}

/** Where it is there to resolve a conflict, it stands in the middle of that merge. */
async function beginMerge(
	{ resolves, base }: Agent,
	worktree: Worktree,
	world: World,
): Promise<Outcome<unknown>> {
	const author = resolves && world.state().agents[resolves.agent];
	if (!author) return ok(null);
	const before = await landedBefore(world, author, base.commit);
	const { branch } = author;
	return bringSide(worktree, base.branch, { branch, commit: resolves.commit, before });
}

export const performSnapshot: Perform<'snapshot'> = async ({ data }, world) => {
	const agent = world.state().agents[data.agent];
	if (!agent) return noAgent;
	const worktree = await worktreeOf(world, agent);
	if (!worktree.ok) return worktree;
	const taken = await takeSnapshot(worktree.value, data.snapshot);
	if (!taken.ok) return taken;
	const { unreadable } = taken.value;
	// A kill loses none of them; a removal would.
	if (data.next.kind === 'remove' && unreadable.length > 0) {
		return refuse(
			'snapshot.unreadable',
			`${agent.name} has files that no snapshot can keep: ${unreadable.slice(0, 5).join(', ')}`,
			`make them readable, then: weir remove ${agent.name}`,
		);
	}
	return { ok: true, value: { commit: taken.value.commit, files: taken.value.files } };
};

export const performPublish: Perform<'publish'> = async ({ data }, world) => {
	const agent = world.state().agents[data.agent];
	if (!agent) return noAgent;
	const worktree = await worktreeOf(world, agent);
	if (!worktree.ok) return worktree;
	const published = await publish(worktree.value);
	if (!published.ok) return published;
	return { ok: true, value: { old: published.value.before, new: published.value.tip } };
};

/** The user's teardown runs first, once; its failure does not keep the worktree. */
export const performRemove: Perform<'remove'> = async ({ id, data }, world) => {
	const agent = world.state().agents[data.agent];
	if (!agent) return noAgent;
	const found = await worktreeOf(world, agent);
	const wrong = found.ok ? await tearDown(world, agent, found.value, id) : null;
	await endShells(world, agent);
	await world.fleet.ask(agent.id, 'collect', {
		pane: agent.id,
		generation: agent.generation,
	});
	world.fleet.forget(agent.id);
	// One whose removal or creation was cut short is no worktree any more, or not yet.
	const plan = planOf(agent, world.state().settings.branch.prefix);
	const worktree = found.ok ? found.value : await remainsOf(world.repository, plan);
	// Of a worktree that is gone there may be no snapshot: what was committed stays on its branch.
	const spared =
		found.ok || !worktree
			? await lastWords(agent, worktree)
			: await rescue(world, agent, worktree, data.commit);
	if (!spared.ok) return spared;
	if (worktree) await removeWorktree(worktree, !spared.value && !agent.adopted);
	world.observatory.forget(agent.id);
	world.tokens.revoke(agent.id);
	await clearStarts(agent, world);
	return { ok: true, value: wrong === null ? {} : { teardown: wrong } };
};

/** Their folder goes. Waits for the ladder, and no longer. */
async function endShells(world: World, agent: Agent): Promise<void> {
	const left = () =>
		Object.values(world.state().shells).filter((shell) => shell.agent === agent.id);
	for (const { id } of left())
		await world.fleet.ask(id, 'stop', { pane: id, generation: 1 });
	for (const end = performance.now() + shellsEndMs; left().length > 0; await sleep(50))
		if (performance.now() > end) return;
}

/** Two rungs of five seconds and the firm end. */
const shellsEndMs = 15_000;

async function tearDown(
	world: World,
	agent: Agent,
	{ stateDir }: Worktree,
	effect: EffectId,
): Promise<string | null> {
	if (agent.teardown === null || !world.state().settingsTrusted) return null;
	return tearDownOnce(stateDir, effect, {
		argv: world.withheld.back(agent.teardown),
		cwd: agent.path,
		env: agentEnvironment(world.environments.of(agent.id), agent, {
			socket: world.places.agentSocket,
			token: '',
			generation: agent.generation,
			shim: world.places.shim,
		}),
	});
}

/** A branch that stays has all that was committed to it. */
async function lastWords(
	agent: Agent,
	worktree: Worktree | null,
): Promise<Outcome<boolean>> {
	if (!agent.adopted || !worktree) return ok(false);
	const published = await publish(worktree);
	return published.ok ? ok(true) : published;
}

/** Brings what the clone has committed into the repository; whether the branch must stay for it. */
async function rescue(
	{ repository }: World,
	agent: Agent,
	worktree: Worktree,
	snapshot: string | null,
): Promise<Outcome<boolean>> {
	if (existsSync(worktree.privateDir)) {
		// The clone is read by way of its worktree, which goes again with the clone.
		await mkdir(worktree.path, { recursive: true });
		await pointAt(worktree.path, worktree.privateDir);
		const published = await publish(worktree);
		if (!published.ok) return published;
	}
	const tip = await branchTip(repository, agent.branch);
	if (tip === null || tip === agent.base.commit) return ok(false);
	// A removal that was cut short had taken it.
	if (snapshot !== null && (await isAncestor(repository.place, tip, snapshot)))
		return ok(false);
	const base = (await branchTip(repository, agent.base.branch)) ?? agent.base.commit;
	return ok((await provablyLanded(repository, base, tip)) === null);
}

export const performRestore: Perform<'restore'> = async ({ data }, world) => {
	const agent = world.state().agents[data.agent];
	if (!agent) return noAgent;
	const snapshot = await findSnapshot(world.repository, data.snapshot);
	if (snapshot === null) {
		return {
			ok: false,
			refusal: {
				code: 'snapshot.unknown',
				message: `the snapshot ${data.snapshot} of ${agent.name} is gone`,
				allow: `git show ${data.commit}`,
			},
		};
	}
	const plan = planOf(agent, world.state().settings.branch.prefix);
	const onTop = await checkBranchKept(world, agent, snapshot.tip);
	if (!onTop.ok) return onTop;
	const created = await createWorktree(world.repository, {
		...plan,
		commit: snapshot.tip,
	});
	if (!created.ok) return created;
	await fillWorktree(created.value);
	const restored = await restoreSnapshot(created.value, data.snapshot);
	world.observatory.stir(agent.id);
	return restored.ok ? { ok: true, value: {} } : restored;
};

/** A branch of the user's is not taken back to where an agent left it. */
async function checkBranchKept(
	{ repository }: World,
	{ name, branch, adopted }: Agent,
	commit: string,
): Promise<Outcome<void>> {
	if (!adopted) return ok(undefined);
	const tip = await branchTip(repository, branch);
	if (tip === null || tip === commit) return ok(undefined);
	return refuse(
		'branch.moved',
		`${branch} has moved since ${name} was removed`,
		`weir new ${name}-2 --branch ${branch} goes on with it as it is now`,
	);
}

export const performConclude: Perform<'conclude'> = async ({ data }, world) => {
	const agent = world.state().agents[data.agent];
	if (!agent) return noAgent;
	const worktree = await worktreeOf(world, agent);
	if (!worktree.ok) return worktree;
	const concluded = await concludeMerge(worktree.value, data.message);
	world.observatory.stir(agent.id);
	return concluded.ok ? { ok: true, value: { commit: concluded.value } } : concluded;
};

export const performSync: Perform<'sync'> = async ({ data }, world) => {
	const agent = world.state().agents[data.agent];
	if (!agent) return noAgent;
	const worktree = await worktreeOf(world, agent);
	if (!worktree.ok) return worktree;
	const tip = await branchTip(world.repository, data.base);
	const before = tip === null ? null : await landedBefore(world, agent, tip);
	const brought = await bringBase(worktree.value, data.base, before);
	world.observatory.stir(agent.id);
	return brought.ok ? { ok: true, value: { files: brought.value.conflicts } } : brought;
};
