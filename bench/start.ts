// Starting and coming back: thirty agents in a repository of 30,000 files, a killed supervisor, and
// the price of the smallest verb. Alone: node bench/start.ts [--quick] [--json].
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
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
const limitMs = 120_000;

/** Measures all three; each run has a repository, a supervisor and thirty agents of its own. */
export async function measureStart(world: World, quick: boolean): Promise<StartRow[]> {
	const runs = quick ? 1 : 3;
	const repository = makeLargeRepository(world);
	const started: number[] = [];
	const plain: number[] = [];
	const adopted: number[] = [];
	for (let run = 0; run < runs; run += 1) {
		plain.push(plainWorktree(world, repository));
		await using scratch = openWeirWorld(world, repository);
		started.push(await startAgents(world, scratch));
		adopted.push(await killSupervisor(scratch));
	}
	return [
		row(
			'30 agents, command to usable panes',
			started,
			median(plain),
			'one git worktree add',
		),
		row('supervisor kill -9 to 30 agents adopted', adopted, 1_000, 'a second'),
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

function row(
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

// A pane is usable once its program runs in a filled worktree: it says so by a file, if the last
// file of the repository is there.
async function startAgents(world: World, scratch: WeirWorld): Promise<number> {
	const ready = world.fresh('usable');
	mkdirSync(ready);
	const script = 'test -e d299/f99 && : > "$0/$1"; exec cat';
	const from = performance.now();
	const verbs = Array.from({ length: agents }, (_, at) => {
		const name = `a${at + 1}`;
		const argv = [
			weirProgram,
			'new',
			name,
			'--no-wait',
			'--',
			'sh',
			'-c',
			script,
			ready,
			name,
		];
		return spawn(process.execPath, argv, {
			cwd: scratch.repository,
			env: { ...scratch.env },
			stdio: ['ignore', 'ignore', 'inherit'],
		});
	});
	const codes = verbs.map(async (verb) => (await once(verb, 'exit'))[0] as number | null);
	await until('thirty usable panes', () => readdirSync(ready).length === agents);
	const took = performance.now() - from;
	const failed = (await Promise.all(codes)).filter((code) => code !== 0).length;
	if (failed > 0) throw new Error(`${failed} of ${agents} weir new failed`);
	return took;
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
	return row('weir list', verb, 3 * median(node), 'three times node -e 0');
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
