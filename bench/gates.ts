// Gates as a user runs them, in a repository of 30,000 files: how soon after a write one starts, what weir
// adds to its run, how soon a verdict is there that is known, how soon nothing of a run is left that is
// called off. Alone: node bench/gates.ts [--quick] [--json].
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../src/client/connection.ts';
import type { EventKind, EventOf, WeirEvent } from '../src/domain/event.ts';
import { makeLargeRepository } from './large-repository.ts';
import { alignColumns, figure } from './report.ts';
import { percentile } from './statistics.ts';
import { visit, worktreeOf } from './telling.ts';
import { openWeirWorld, type WeirWorld } from './tools/weir.ts';
import { openWorld, type World } from './world.ts';

interface GateRow {
	readonly what: string;
	readonly figure: number;
	readonly unit: 'ms' | 'processes';
	/** Null is measured for comparison alone. */
	readonly bar: number | null;
}

/** What a run prints is when its program began; `slow` leaves three processes, one in a session of its own. */
const gates = `gates:
  when: {run: [date, '+%s%N']}
  slow: {run: 'setsid sleep 7001 & sleep 7002 & sleep 7003', when: demand}
`;
const slowWords = ['sleep\x007001\0', 'sleep\x007002\0', 'sleep\x007003\0'];

export async function measureGates(world: World, quick: boolean): Promise<GateRow[]> {
	await using scratch = openWeirWorld(world, {}, makeLargeRepository(world));
	const config = join(scratch.env.XDG_CONFIG_HOME ?? '', 'weir');
	mkdirSync(config, { recursive: true });
	writeFileSync(join(config, 'config.yaml'), gates);
	scratch.run('new', 'api', '--', 'cat');
	using connection = await visit(scratch);
	const ground = new GateGround(scratch, connection);
	await connection.request('attach', {});
	await connection.request('gate.run', runOf(false), { timeoutMs: null });
	const rounds = quick ? 5 : 20;
	const starts = await startsOf(ground, rounds);
	const hits = await hitsOf(ground, rounds);
	const { runs, cpu } = await overheadOf(ground, rounds);
	const { ends, left } = await cancelsOf(ground, Math.ceil(rounds / 2));
	const row = (
		what: string,
		value: number,
		bar: number | null = null,
		unit: GateRow['unit'] = 'ms',
	) => ({ what, figure: value, unit, bar });
	return [
		row(
			`a write to the start of its gate, p95 of ${rounds}`,
			percentile(starts, 0.95),
			1000,
		),
		row('the same, p50', percentile(starts, 0.5)),
		row('a verdict that is known, p95', percentile(hits, 0.95), 20),
		row(
			'what weir adds to a run: the tree, its files, start, reading, p50',
			percentile(runs, 0.5),
			150,
		),
		row('processor time of the supervisor and its git in that', cpu),
		row('called off to nothing of it left, p95', percentile(ends, 0.95), 100),
		row('processes left of all that were called off', left, 0, 'processes'),
	];
}

class GateGround {
	readonly connection: Connection;
	readonly worktree: string;
	readonly supervisor: number;
	/** When each run was asked for, by effect. */
	readonly asked = new Map<string, number>();
	#count = 0;
	#heard: ((event: WeirEvent) => void) | null = null;

	constructor(scratch: WeirWorld, connection: Connection) {
		this.connection = connection;
		this.worktree = worktreeOf(scratch, 'api');
		this.supervisor = scratch.status().supervisor.pid;
		connection.onPush.on((push) => {
			if (push.push !== 'events') return;
			for (const event of push.events) {
				if (event.kind === 'gate.asked')
					this.asked.set(event.data.effect, Date.parse(event.at));
				this.#heard?.(event);
			}
		});
	}

	/** Text that the file has not held before, or that of an earlier write. */
	write(text = `round ${++this.#count}\n`): number {
		writeFileSync(join(this.worktree, 'd7/f7'), text);
		return Date.now();
	}

	next<K extends EventKind>(
		kind: K,
		which: (event: EventOf<K>) => boolean = () => true,
	): Promise<EventOf<K>> {
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => reject(new Error(`no ${kind} came`)), 60_000);
			this.#heard = (event) => {
				if (event.kind !== kind || !which(event as EventOf<K>)) return;
				clearTimeout(timer);
				this.#heard = null;
				resolve(event as EventOf<K>);
			};
		});
	}
}

const runOf = (anew: boolean, gate = 'when', wait = true) => ({
	...{ agent: 'api', gates: [gate], wait, anew },
});

/** By the clock of the program that the gate is. */
async function startsOf(ground: GateGround, rounds: number): Promise<number[]> {
	const times: number[] = [];
	for (let round = 0; round < rounds; round += 1) {
		const settled = ground.next('gate.settled', ({ data }) => data.outcome.ok);
		const from = ground.write();
		await settled;
		const report = await ground.connection.request('gate.report', {
			...{ agent: 'api', gate: 'when' },
		});
		if (!report.ok) throw new Error(report.refusal.message);
		times.push(Number(report.value.output) / 1e6 - from);
	}
	return times;
}

/** The files are those of before again: by the journal, from the question to the answer. */
async function hitsOf(ground: GateGround, rounds: number): Promise<number[]> {
	const times: number[] = [];
	const texts = ['one\n', 'other\n'];
	for (let round = 0; round < rounds + texts.length; round += 1) {
		const said = ground.next('gate.settled');
		ground.write(texts[round % texts.length]);
		const settled = await said;
		const asked = ground.asked.get(settled.data.effect) ?? Number.NaN;
		// Both have to be said once.
		if (round >= texts.length) times.push(Date.parse(settled.at) - asked);
	}
	return times;
}

async function overheadOf(
	ground: GateGround,
	rounds: number,
): Promise<{ readonly runs: number[]; readonly cpu: number }> {
	const runs: number[] = [];
	let cpu = 0;
	for (let round = 0; round < rounds; round += 1) {
		const before = processorMs(ground.supervisor);
		const from = performance.now();
		const said = await ground.connection.request('gate.run', runOf(true), {
			timeoutMs: null,
		});
		const whole = performance.now() - from;
		if (!said.ok) throw new Error(said.refusal.message);
		runs.push(whole - (said.value.gates[0]?.took ?? 0));
		cpu += processorMs(ground.supervisor) - before;
	}
	return { runs, cpu: cpu / rounds };
}

async function cancelsOf(
	ground: GateGround,
	rounds: number,
): Promise<{ readonly ends: number[]; readonly left: number }> {
	const ends: number[] = [];
	let left = 0;
	for (let round = 0; round < rounds; round += 1) {
		await ground.connection.request('gate.run', runOf(true, 'slow', false));
		await until(() => slowProcesses() === slowWords.length);
		const moved = ground.next('tree.settled');
		ground.write();
		await moved;
		const from = performance.now();
		await until(() => slowProcesses() === 0);
		ends.push(performance.now() - from);
		await ground.connection.request('gate.run', runOf(false), { timeoutMs: null });
		left += slowProcesses();
	}
	return { ends, left };
}

async function until(reached: () => boolean): Promise<void> {
	for (const end = performance.now() + 30_000; !reached(); await sleep(1))
		if (performance.now() > end) throw new Error('it never came about');
}

function slowProcesses(): number {
	let count = 0;
	for (const name of readdirSync('/proc')) {
		if (!/^\d+$/.test(name)) continue;
		try {
			const words = readFileSync(`/proc/${name}/cmdline`, 'latin1');
			if (slowWords.includes(words)) count += 1;
		} catch {
			// It ended meanwhile.
		}
	}
	return count;
}

/** Of a process and of what it has waited for; the kernel counts in hundredths of a second. */
function processorMs(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]) * 10, 0);
}

export function gateTable(rows: readonly GateRow[]): string {
	const lines = rows.map(({ what, figure: value, unit, bar }) => [
		what,
		`${figure(value)} ${unit}`,
		bar === null ? '' : String(bar),
	]);
	return alignColumns([['', '', 'bar'], ...lines]);
}

if (import.meta.main) {
	using world = openWorld();
	const rows = await measureGates(world, process.argv.includes('--quick'));
	const load = loadavg()[0] ?? 0;
	const json = process.argv.includes('--json');
	console.log(
		json
			? JSON.stringify({ v: 1, load, gates: rows })
			: `load ${load}\n${gateTable(rows)}`,
	);
}
