// What a kill or a removal would lose, and what could be removed since nothing would be lost.
import type { Agent } from '../domain/agent.ts';
import { hasProgram } from '../domain/agent.ts';
import { listIgnored } from '../git/ignored.ts';
import { listCommits } from '../git/porcelain.ts';
import { listHiddenWork } from '../git/private-refs.ts';
import type { LandedProof } from '../git/prune.ts';
import { listSpecial } from '../git/special-files.ts';
import { listUncommitted } from '../git/uncommitted.ts';
import { listUnlanded } from '../git/unlanded.ts';
import { type Outcome, ok } from '../lib/outcome.ts';
import { commandLineOf, descendantsOf } from '../lib/processes.ts';
import type { Loss } from '../protocol/requests/agent-requests.ts';
import { landedProof } from './landed.ts';
import type { Desk } from './session.ts';
import { type Standing, standingOf } from './worktree-look.ts';
import type { World } from './world.ts';

export async function whatIsLost(desk: Desk, agent: Agent): Promise<Outcome<Loss>> {
	const nothing: Loss = {
		agent: agent.id,
		name: agent.name,
		running: runningCommand(agent),
		shells: Object.values(desk.loop.state.shells).filter(
			(shell) => shell.agent === agent.id,
		).length,
		uncommitted: [],
		unmergedCommits: [],
		ignored: { files: 0, bytes: 0 },
	};
	const standing = await standingOf(desk.world, desk.loop, agent);
	if (!standing.ok) return ok(nothing);
	const { worktree, tip, from, baseTip, before } = standing.value;
	const { repository } = desk.world;
	const [uncommitted, { nested }, ignored, landed, hidden] = await Promise.all([
		listUnlanded(worktree, tip, before),
		listUncommitted(worktree, tip),
		listIgnored(worktree),
		landedProof(desk.world, agent, baseTip, tip),
		listHiddenWork(worktree),
	]);
	const special = await listSpecial(worktree, ignored);
	const commits = landed === null ? await listCommits(repository, from, tip) : [];
	return ok({
		...nothing,
		uncommitted: [
			...nested.map((folder) => `${folder}/ (a repository: its history is not kept)`),
			...special.map(({ path, what }) => `${path} (a ${what}: in no snapshot)`),
			...uncommitted.map(({ path }) => path),
		].slice(0, 200),
		unmergedCommits: [
			...commits.map(({ hash, subject }) => ({ id: hash, subject })),
			...hidden.map(({ id, where }) => ({ id, subject: `on ${where} of its own` })),
		],
		ignored: {
			files: ignored.length,
			bytes: ignored.reduce((sum, { bytes }) => sum + bytes, 0),
		},
	});
}

/** Agents that have ended and whose every file is in the base. */
export async function prunable(desk: Desk): Promise<{ name: string; why: string }[]> {
	const found: { name: string; why: string }[] = [];
	for (const agent of Object.values(desk.loop.state.agents)) {
		if (agent.life.kind !== 'ended') continue;
		const standing = await standingOf(desk.world, desk.loop, agent);
		if (!standing.ok || standing.value.tip === agent.base.commit) continue;
		const proof = await wholeLanded(desk.world, agent, standing.value);
		if (proof) found.push({ name: agent.name, why: proofs[proof] });
	}
	return found;
}

/** How the base has every file and commit of the worktree; null where that cannot be shown. */
export async function wholeLanded(
	world: World,
	agent: Agent,
	{
		worktree,
		tip,
		baseTip,
		before,
	}: Pick<Standing, 'worktree' | 'tip' | 'baseTip' | 'before'>,
): Promise<LandedProof | null> {
	const files = await listUnlanded(worktree, tip, before);
	const { nested } = await listUncommitted(worktree, tip);
	if (files.length > 0 || nested.length > 0) return null;
	if ((await listHiddenWork(worktree)).length > 0) return null;
	// Their sizes do not matter here.
	if ((await listSpecial(worktree, await listIgnored(worktree, 0))).length > 0)
		return null;
	return landedProof(world, agent, baseTip, tip);
}

const proofs = {
	ancestor: 'the base has its commits',
	contained: 'merging it would change nothing',
	'same-patches': 'the base has each of its patches',
} as const;

/** The command that runs under an interactive program, such as a test run in a shell. */
function runningCommand(agent: Agent): string | null {
	if (!hasProgram(agent) || agent.life.kind !== 'running') return null;
	const [child] = descendantsOf(agent.life.process.pid);
	if (child === undefined) return null;
	const line = commandLineOf(child);
	return line && line.length > 0 ? line.join(' ').slice(0, 200) : null;
}
