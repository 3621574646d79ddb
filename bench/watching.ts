// Writes outside scopes: how long it takes until thirty worktrees are watched and what that takes, what is
// told of a flood, and how soon a write is an event, a mark on the screen, a stopped program. Alone:
// node bench/watching.ts [--quick] [--json].
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Watching } from '../src/guard/watch/watching.ts';
import type { ListJson } from '../src/protocol/status.ts';
import { openProgram } from '../tests/support/terminal-driver.ts';
import { figureTable } from './report.ts';
import { percentile } from './statistics.ts';
import {
	type Listener,
	listen,
	type Told,
	tellMany,
	tellOne,
	visit,
	worktreeOf,
} from './telling.ts';
import { openWeirWorld, type WeirWorld, weirProgram } from './tools/weir.ts';
import { openWorld, type World } from './world.ts';

interface WatchRow {
	readonly what: string;
	readonly figure: number;
	readonly unit: 'ms' | 'MB' | 'verdicts';
	/** Null is measured for comparison alone. */
	readonly bar: number | null;
}

const worktrees = 30;
const folders = 3400;
const filesInEach = 9;
const flood = 60_000;
const key = (at: number) => `a${at}`;

export async function measureWatching(world: World, quick: boolean): Promise<WatchRow[]> {
	const bare = await measureThread(world, quick ? 3 : worktrees);
	const writes = quick ? 50 : 500;
	return [
		...bare,
		...tellingRows('one agent', await tellOne(world, writes)),
		...tellingRows('30 agents', await tellMany(world, quick ? 5 : worktrees, writes)),
		...(await measureWhole(world)),
	];
}

/** The thread alone, with as many real trees. */
async function measureThread(world: World, trees: number): Promise<WatchRow[]> {
	const paths = makeTrees(world, trees);
	const before = process.memoryUsage().rss;
	await using watching = new Watching();
	let watched = 0;
	let waits: ((path: string) => void) | undefined;
	const failures: string[] = [];
	watching.onNews.on((news) => {
		if (news.say === 'watching') watched += 1;
		if (news.say === 'failed') failures.push(news.why);
		if (news.say !== 'outside') return;
		for (const { path } of news.paths) waits?.(path);
	});
	const begun = performance.now();
	const rules = { scope: ['src/**'], ignoreCase: false, noise: ['node_modules/'] };
	const listed = execFileSync('find', ['.', '-type', 'f', '-printf', '%P\\0'], {
		cwd: paths[0],
		maxBuffer: 1 << 30,
	});
	const reference = { paths: sorted(listed), ignored: ['*.log', 'dist/'] };
	const listing = performance.now() - begun;
	for (const [at, root] of paths.entries())
		watching.watch(
			key(at),
			{ root, rules, commit: 'c', told: [], accepted: [] },
			reference,
		);
	await until(() => watched + failures.length === trees, 60_000);
	if (failures.length > 0) throw new Error(`not watched: ${failures[0]}`);
	const ready = performance.now() - begun - listing;
	const rss = (process.memoryUsage().rss - before) / 1e6;

	async function timeOf(path: string, name: string): Promise<number> {
		const heard = new Promise<number>((resolve) => {
			waits = (one) => one === name && resolve(performance.now());
		});
		const from = performance.now();
		writeFileSync(path, 'x');
		return (await heard) - from;
	}
	const late: number[] = [];
	for (let at = 0; at < 300; at += 1) {
		const root = paths[at % trees] ?? '';
		const name = `d${(at * 11) % folders}/late${at}`;
		late.push(await timeOf(join(root, name), name));
	}
	const all = `${trees} worktrees of ${folders * filesInEach} files in ${folders} folders`;
	return [
		{ what: `${all}: watched`, figure: ready, unit: 'ms', bar: 3000 },
		{ what: `${all}: memory`, figure: rss, unit: 'MB', bar: 400 },
		{
			what: 'a write to its verdict, p99',
			figure: percentile(late, 0.99),
			unit: 'ms',
			bar: 10,
		},
	];
}

function tellingRows(agents: string, { writes, flushes }: Told): WatchRow[] {
	const row = (
		what: string,
		times: readonly number[],
		share: number,
		bar: number | null,
	) => ({
		...{ what: `${agents}: ${what}`, figure: percentile(times, share) },
		...{ unit: 'ms' as const, bar },
	});
	return [
		row(`a write to the event at a client, p99 of ${writes.length}`, writes, 0.99, 10),
		row('the same, p50', writes, 0.5, 10),
		row('a bare flush to that disk before each, p99', flushes, 0.99, null),
		row('the same, p50', flushes, 0.5, null),
	];
}

/** All of weir: the supervisor, its journal, a client with a screen. */
async function measureWhole(world: World): Promise<WatchRow[]> {
	await using scratch = openWeirWorld(world);
	scratch.run('new', 'told', '--scope', 'src/**', '--', 'cat');
	using connection = await visit(scratch);
	await connection.request('attach', {});
	const events = listen(connection);
	const mark = await markOnScreen(scratch);
	const lost = await flooded(scratch);
	const stopped = await frozen(scratch, events);
	return [
		{ what: 'a write to its mark on the screen', figure: mark, unit: 'ms', bar: 100 },
		{
			what: `lost of ${flood} verdicts at once`,
			figure: lost,
			unit: 'verdicts',
			bar: 0,
		},
		{ what: 'the event to the stopped program', figure: stopped, unit: 'ms', bar: 50 },
	];
}

async function markOnScreen(scratch: WeirWorld): Promise<number> {
	scratch.run('new', 'marked', '--scope', 'src/**', '--', 'cat');
	const path = worktreeOf(scratch, 'marked');
	const argv = [process.execPath, weirProgram, 'attach', 'marked'];
	const size = { columns: 120, rows: 36 };
	await using client = openProgram(argv, {
		...size,
		cwd: scratch.repository,
		env: scratch.env,
	});
	await client.waitFor((screen) =>
		screen.lines().some((line) => line.includes('marked')),
	);
	await sleep(1500);
	const from = performance.now();
	writeFileSync(join(path, 'outside-marked'), 'x');
	await client.waitFor((screen) =>
		screen.lines().some((line) => line.includes('⊘ outside-marked')),
	);
	return performance.now() - from;
}

/** What the watch misses, the look after a burst finds. */
async function flooded(scratch: WeirWorld): Promise<number> {
	scratch.run('new', 'flooded', '--scope', 'src/**', '--', 'cat');
	const path = worktreeOf(scratch, 'flooded');
	await sleep(1500);
	const script = `const fs=require('fs');for(let i=0;i<${flood};i++)fs.writeFileSync('f'+i,'x')`;
	execFileSync(process.execPath, ['-e', script], { cwd: path });
	const told = () => {
		const list = JSON.parse(scratch.run('list', '--json')) as ListJson;
		const agent = list.agents.find(({ name }) => name === 'flooded');
		return (agent?.outside.length ?? 0) + (agent?.outsideMore ?? 0);
	};
	for (let tries = 0; tries < 120 && told() !== flood; tries += 1) await sleep(500);
	return Math.abs(flood - told());
}

async function frozen(scratch: WeirWorld, events: Listener): Promise<number> {
	mkdirSync(join(scratch.repository, '.weir'), { recursive: true });
	const config = join(scratch.repository, '.weir', 'config.yaml');
	writeFileSync(config, 'guard: {on_write: freeze}\n');
	await events.next('settings.loaded');
	scratch.run('new', 'frozen', '--scope', 'src/**', '--', 'cat');
	const path = worktreeOf(scratch, 'frozen');
	const pid = scratch.status().agents.find(({ name }) => name === 'frozen')?.pid ?? 0;
	await sleep(1500);
	writeFileSync(join(path, 'outside-frozen'), 'x');
	const { at } = await events.next('trespass.found');
	await until(() => / T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')), 10_000);
	return performance.now() - at;
}

/** One tree of real files; the others are links to them, since folders are what is watched. */
function makeTrees(world: World, trees: number): string[] {
	const first = world.fresh('tree');
	for (let folder = 0; folder < folders; folder += 1) {
		const path = join(first, `d${folder}`);
		mkdirSync(path, { recursive: true });
		for (let file = 0; file < filesInEach; file += 1)
			writeFileSync(join(path, `f${file}`), 'x');
	}
	const others = Array.from({ length: trees - 1 }, () => world.fresh('tree'));
	for (const other of others) execFileSync('cp', ['-al', first, other]);
	return [first, ...others];
}

function sorted(listed: Buffer): Uint8Array {
	const names = listed.toString('latin1').split('\0').filter(Boolean).toSorted();
	return Buffer.from(names.map((name) => `${name}\0`).join(''), 'latin1');
}

async function until(passes: () => boolean, limitMs: number): Promise<void> {
	for (const end = performance.now() + limitMs; !passes(); await sleep(1))
		if (performance.now() > end) throw new Error('it took too long');
}

if (import.meta.main) {
	using world = openWorld();
	const rows = await measureWatching(world, process.argv.includes('--quick'));
	const json = process.argv.includes('--json');
	console.log(json ? JSON.stringify({ v: 1, watching: rows }) : figureTable(rows));
}
