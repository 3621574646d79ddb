// What must hold after any number of crashes, read from the journal, from git and from what the
// programs themselves told. Each law throws with what broke it.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { WeirEvent } from '../../src/domain/event.ts';
import { agentIn } from './deeds.ts';
import { effectsOf } from './effects.ts';
import type { Mission } from './mission.ts';
import { gitIn } from './repository.ts';
import { patienceMs } from './weir.ts';

/** Numbers without a gap, and every event that a client was shown is there, word for word. */
export function journalIsWhole(
	events: readonly WeirEvent[],
	seen: ReadonlyMap<number, string>,
): void {
	for (const [index, event] of events.entries()) {
		if (event.seq !== index + 1) throw new Error(`event ${index + 1} is ${event.seq}`);
	}
	for (const [seq, text] of seen) {
		const kept = events[seq - 1];
		if (isDeepStrictEqual(kept, JSON.parse(text))) continue;
		throw new Error(`event ${seq} was ${text} and is ${JSON.stringify(kept)}`);
	}
}

/** Each effect that was asked for has settled once. */
export function effectsSettledOnce(events: readonly WeirEvent[]): void {
	for (const { effect, asked, settled } of effectsOf(events))
		if (settled !== 1)
			throw new Error(`${asked}, effect ${effect}, has settled ${settled} times`);
}

/** Nothing failed: a crash is no reason for an effect to be refused. */
export function nothingFailed(events: readonly WeirEvent[]): void {
	for (const { kind, data } of events) {
		if ('outcome' in data && !data.outcome.ok)
			throw new Error(`${kind}: ${JSON.stringify(data)}`);
	}
}

/** The base is exactly what the journal says landed, in that order, less what was taken back. */
export function baseIsWhatLanded(repo: string, events: readonly WeirEvent[]): void {
	const wanted: string[] = [];
	for (const event of events) {
		if (event.kind === 'merge.landed') wanted.push(event.data.new);
		if (event.kind === 'merge.undone') {
			if (event.data.how === 'reverted') wanted.push(event.data.new);
			else wanted.splice(wanted.indexOf(event.data.old), 1);
		}
	}
	const [, ...base] = gitIn(repo, 'rev-list', '--reverse', 'main').trim().split('\n');
	if (base.join() !== wanted.join())
		throw new Error(`the base has ${base.join()}, landed were ${wanted.join()}`);
}

/** Every ref names an object that is there. */
export function refsLeadSomewhere(repo: string): void {
	const refs = gitIn(repo, 'for-each-ref', '--format=%(objectname) %(refname)').split(
		'\n',
	);
	const said = spawnSync('git', ['cat-file', '--batch-check=%(objecttype) %(rest)'], {
		cwd: repo,
		input: `${refs.join('\n')}\n`,
		encoding: 'utf8',
	});
	const lost = said.stdout.split('\n').filter((line) => line.endsWith(' missing'));
	if (said.status !== 0 || lost.length > 0)
		throw new Error(`refs lead nowhere: ${lost.join(', ')} ${said.stderr}`);
}

/** git finds no fault, no lock is left, and the checkout of the base has no dirt but what was there. */
export function repositoryIsSound(repo: string, before = ''): void {
	gitIn(repo, 'fsck', '--strict', '--no-dangling');
	// What is weir's own comes and goes while it is read.
	const ofGit = readdirSync(join(repo, '.git'), { withFileTypes: true }).filter(
		({ name }) => name !== 'weir',
	);
	const locks = ofGit
		.flatMap((entry) => {
			if (!entry.isDirectory()) return [entry.name];
			const there = join(entry.parentPath, entry.name);
			return readdirSync(there, { recursive: true, encoding: 'utf8' });
		})
		.filter((name) => name.endsWith('.lock'));
	if (locks.length > 0) throw new Error(`locks are left: ${locks.join(', ')}`);
	const dirt = gitIn(repo, 'status', '--porcelain');
	if (dirt.trim() !== before.trim())
		throw new Error(`the checkout is not clean:\n${dirt}`);
}

/** No program was started twice for one generation, and each start is in the journal. */
export function startedOnce(mission: Mission, events: readonly WeirEvent[]): void {
	const journal = new Map<string, number>();
	for (const event of events) {
		if (event.kind !== 'agent.started') continue;
		const { agent, generation, pid } = event.data;
		const name = mission.state.agents[agent]?.name ?? agent;
		journal.set(`${name} ${generation}`, pid);
	}
	const told = new Map<string, number>();
	for (const { agent, generation, pid } of mission.starts()) {
		const key = `${agent} ${generation}`;
		if (told.has(key)) throw new Error(`${key} was started twice`);
		told.set(key, pid);
		if (journal.get(key) !== pid)
			throw new Error(`${key} runs as ${pid}, the journal has ${journal.get(key)}`);
	}
}

/** Each prompt that was asked for has reached its program once. */
export async function promptsTypedOnce(mission: Mission, name: string): Promise<void> {
	const agent = agentIn(mission.state, name);
	const asked = (await mission.journal()).filter(
		(event) => event.kind === 'prompt.asked' && event.data.agent === agent?.id,
	).length;
	const count = () =>
		mission.screen(name).then((screen) => screen.split('got <# ').length - 1);
	for (
		const end = performance.now() + patienceMs;
		performance.now() < end;
		await sleep(30)
	) {
		if ((await count()) >= asked) break;
	}
	const typed = await count();
	if (typed !== asked) throw new Error(`${typed} of ${asked} prompts were typed`);
}

/** Once all agents are removed: no worktree, branch, clone or record of weir's is left. */
export function nothingIsLeft(mission: Mission): void {
	const { repo, env } = mission.weir;
	const worktrees = gitIn(repo, 'worktree', 'list', '--porcelain').match(/^worktree /gm);
	if (worktrees?.length !== 1) throw new Error(`${worktrees?.length} worktrees are left`);
	const branches = gitIn(repo, 'branch', '--list', 'weir/*').trim();
	if (branches !== '') throw new Error(`branches are left: ${branches}`);
	const data = join(env.XDG_DATA_HOME ?? '', 'weir');
	const files = readdirSync(data, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
	if (files.length > 0) throw new Error(`files are left: ${files.join(', ')}`);
}
