// Starting and coming back: thirty agents in a repository of 30,000 files, a killed supervisor, and
// the price of the smallest verb. Alone: node bench/start.ts [--quick] [--json].
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeLargeRepository } from './large-repository.ts';
import { alignColumns, figure } from './report.ts';
import { median } from './statistics.ts';
import type { WeirWorld } from './tools/weir.ts';
import { openWeirWorld, weirAbsent, weirProgram } from './tools/weir.ts';
import type { World } from './world.ts';
import { openWorld } from './world.ts';

export interface StartRow {
	readonly what: string;
	/** Milliseconds, medians over `runs`. */
	readonly weir: number;
	/** What it may take, and why. */
	readonly bar: number;
	readonly barIs: string;
	readonly runs: number;
}

const agents = 30;
const limitMs = 900_000;

/**
 * Measures all of it. `quick` takes each once and leaves out the full check-outs, 900,000 files.
 */
export async function measureStart(world: World, quick: boolean): Promise<StartRow[]> {
	const runs = quick ? 1 : 3;
	return [
		...(await startInLargeRepository(world, runs, !quick)),
		await adoption(world, runs),
		await smallestVerb(world, quick ? 7 : 21),
	];
}

export function startTable(rows: readonly StartRow[]): string {
	const head = ['', 'weir ms', 'bar ms', 'weir:bar', 'runs', 'bar is'];
	const lines = rows.map(({ what, weir, bar, runs, barIs }) => [
		what,
		figure(weir),
		figure(bar),
		figure(weir / bar),
		String(runs),
		barIs,
	]);
	return alignColumns([head, ...lines]);
}

/** The median of some times against its bar. */
export function startRow(
	what: string,
	times: readonly number[],
	bar: number,
	barIs: string,
): StartRow {
	return { what, weir: median(times), bar, barIs, runs: times.length };
}

function plainWorktree(world: World, repository: string): number {
	const path = world.fresh('plain');
	const from = performance.now();
	execFileSync('git', ['-C', repository, 'worktree', 'add', '-q', '--detach', path]);
	const took = performance.now() - from;
	execFileSync('git', ['-C', repository, 'worktree', 'remove', '--force', path]);
	return took;
}

// Weir makes worktrees without a check-out and fills them two at a time, so there are two moments:
// all panes are there, and all programs run in filled worktrees.
async function startInLargeRepository(
	world: World,
	runs: number,
	filled: boolean,
): Promise<StartRow[]> {
	const repository = makeLargeRepository(world);
	const plain: number[] = [];
	const panes: number[] = [];
	const cold: number[] = [];
	const programs: number[] = [];
	for (let run = 0; run < runs; run += 1) {
		plain.push(plainWorktree(world, repository));
		cold.push(await coldStart(world, repository));
		await using scratch = openWeirWorld(world, {}, repository);
		scratch.run('up');
		const start = startAgents(world, scratch);
		panes.push(await start.panes());
		if (filled) programs.push(await start.programs());
	}
	const one = median(plain);
	const barIs = 'one git worktree add';
	const rows = [
		startRow('30 agents, command to panes', panes, one, barIs),
		startRow('the same, weir not running before', cold, one, barIs),
	];
	if (filled)
		rows.push(
			startRow(
				'30 agents, command to programs',
				programs,
				agents * one,
				'thirty of them',
			),
		);
	return rows;
}

/** The first command of all also starts the supervisor. */
async function coldStart(world: World, repository: string): Promise<number> {
	await using scratch = openWeirWorld(world, {}, repository);
	return await startAgents(world, scratch).panes();
}

/** Names are taken for good where several starts share a repository. */
let starts = 0;

// A program says by a file that it runs; in the large repository only if the last file is there.
function startAgents(
	world: World,
	scratch: WeirWorld,
): { panes: () => Promise<number>; programs: () => Promise<number> } {
	const ready = world.fresh('running');
	mkdirSync(ready);
	const script =
		'{ test -e file || test -e d299/f99; } && : > "$0/$WEIR_AGENT"; exec cat';
	const from = performance.now();
	starts += 1;
	const names = Array.from({ length: agents }, (_, at) => `s${starts}a${at + 1}`);
	const argv = ['new', ...names, '--no-wait', '--', 'sh', '-c', script, ready];
	const verb = spawn(process.execPath, [weirProgram, ...argv], {
		cwd: scratch.repository,
		env: { ...scratch.env },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const worktrees: string[] = [];
	createInterface({ input: verb.stdout }).on('line', (line) => {
		worktrees.push(line.split('  ').at(-1) ?? '');
	});
	const made = once(verb, 'close').then(([code]) => {
		if (code !== 0) throw new Error(`weir new: exit ${code}`);
		return undefined;
	});
	// The pointer is the last that making a worktree writes.
	const panes = async () => {
		await made;
		await until('thirty worktrees', () => {
			const there = worktrees.filter((worktree) => existsSync(join(worktree, '.git')));
			return there.length === agents;
		});
		return performance.now() - from;
	};
	const programs = async () => {
		await made;
		await until('thirty running programs', () => readdirSync(ready).length === agents);
		return performance.now() - from;
	};
	return { panes, programs };
}

async function adoption(world: World, runs: number): Promise<StartRow> {
	const times: number[] = [];
	for (let run = 0; run < runs; run += 1) {
		await using scratch = openWeirWorld(world);
		await startAgents(world, scratch).programs();
		times.push(await killSupervisor(scratch));
	}
	return startRow('supervisor kill -9 to 30 agents adopted', times, 1_000, 'a second');
}

// Adopted: a supervisor of another pid answers, and knows all agents alive under their old pids.
async function killSupervisor(scratch: WeirWorld): Promise<number> {
	const before = scratch.status();
	const pids = pidsOf(before.agents);
	if (pids.length !== agents)
		throw new Error(`${pids.length} of ${agents} agents have a pid`);
	process.kill(before.supervisor.pid, 'SIGKILL');
	const from = performance.now();
	await until('thirty adopted agents', () => {
		const after = scratch.status();
		const same = pidsOf(after.agents).join() === pids.join();
		return after.supervisor.pid !== before.supervisor.pid && same;
	});
	return performance.now() - from;
}

function pidsOf(list: readonly { readonly pid: number | null }[]): number[] {
	return list.flatMap(({ pid }) => pid ?? []);
}

async function smallestVerb(world: World, runs: number): Promise<StartRow> {
	await using scratch = openWeirWorld(world);
	scratch.run('up');
	const verb: number[] = [];
	const node: number[] = [];
	for (let run = 0; run < runs; run += 1) {
		verb.push(timed(scratch, [weirProgram, 'list']));
		node.push(timed(scratch, ['-e', '0']));
	}
	return startRow('weir list', verb, 3 * median(node), 'three times node -e 0');
}

function timed(scratch: WeirWorld, argv: readonly string[]): number {
	const from = performance.now();
	const { status } = spawnSync(process.execPath, argv, {
		cwd: scratch.repository,
		env: { ...scratch.env },
	});
	if (status !== 0) throw new Error(`${argv.join(' ')}: exit ${status}`);
	return performance.now() - from;
}

async function until(what: string, met: () => boolean): Promise<void> {
	const deadline = performance.now() + limitMs;
	while (!met()) {
		if (performance.now() > deadline)
			throw new Error(`no ${what} in ${limitMs / 1000} s`);
		await sleep(2);
	}
}

if (import.meta.main) {
	const reason = weirAbsent();
	if (reason) {
		console.log(`skipped: ${reason}`);
	} else {
		using world = openWorld();
		const rows = await measureStart(world, process.argv.includes('--quick'));
		const json = process.argv.includes('--json');
		console.log(json ? JSON.stringify({ v: 1, start: rows }) : startTable(rows));
	}
}
