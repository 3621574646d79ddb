// What the system says about processes: /proc on Linux; ps on macOS (unverified), where sessions,
// environments and thus marks are not told. Everything here is a look, out of date at once: what
// acts on a pid compares its identity first.

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	ancestorsIn,
	descendantsIn,
	type ProcessRow,
	type ProcessTable,
	parseCommandLine,
	parsePsLine,
	parseStat,
	setsVariable,
	steadyAncestors,
} from './process-table.ts';

/** The only identity of a process that a restart can trust: pids are used again. */
export interface ProcessIdentity {
	readonly pid: number;
	readonly startTime: string;
	readonly bootId: string;
}

/** Null where there is no such process, or the system does not tell. */
export function identityOf(pid: number): ProcessIdentity | null {
	const row = processRow(pid);
	const bootId = currentBoot();
	return row && bootId !== null ? { pid, startTime: row.startTime, bootId } : null;
}

/** Whether this very process still runs. A zombie and a later bearer of its pid do not count. */
export function isAlive({ pid, startTime, bootId }: ProcessIdentity): boolean {
	const row = processRow(pid);
	return (
		row !== null && row.startTime === startTime && !row.ended && currentBoot() === bootId
	);
}

/** Resolves when it has ended, or after so many milliseconds. */
export async function untilGone(
	process: ProcessIdentity,
	milliseconds: number,
): Promise<void> {
	const end = performance.now() + milliseconds;
	while (isAlive(process) && performance.now() < end) await sleep(lookAgainMs);
}

const lookAgainMs = 20;

/**
 * Parents of `pid`, the nearest first. Null where there is no such process, or where parents kept
 * ending while they were read: who asks for the sake of safety must not take that for "none".
 */
export function ancestorsOf(pid: number): number[] | null {
	if (hasProc) return steadyAncestors(pid, processRow);
	const table = readProcessTable();
	return table.has(pid) ? ancestorsIn(table, pid) : null;
}

/** The whole tree below `pid`, other sessions included, zombies not. */
export function descendantsOf(pid: number): number[] {
	return [...eachDescendant(pid)].filter((row) => !row.ended).map((row) => row.pid);
}

/**
 * Processes that were started with `NAME=value`, whoever their parents are by now; this process
 * is left out. Only those whose environment this user may read; none where there is no /proc.
 */
export function processesMarked(name: string, value: string): number[] {
	if (!hasProc) return [];
	return processIds().filter(
		(pid) => pid !== process.pid && isMarked(pid, name, value) === true && isRunning(pid),
	);
}

/**
 * Whether the process was started with `NAME=value`; false where that cannot be told, null where it
 * has no environment, which may be so for a moment only: it is about to run another program (exec).
 */
export function isMarked(pid: number, name: string, value: string): boolean | null {
	const environ = readProc(pid, 'environ');
	if (environ === '') return null;
	return environ !== null && setsVariable(environ, name, value);
}

/**
 * Ended children of `pid` that nobody has waited for. Those of this process may be its own: see
 * `reap` in native.ts.
 */
export function zombieChildrenOf(pid: number): number[] {
	const rows = listedChildren(pid)?.map(processRow) ?? [...readProcessTable().values()];
	return rows.flatMap((row) => (row?.parent === pid && row.ended ? [row.pid] : []));
}

/** Its argument vector; null where there is no such process or it does not tell (a zombie). */
export function commandLineOf(pid: number): string[] | null {
	const text = readProc(pid, 'cmdline');
	if (text === null || text.length === 0) return null;
	return parseCommandLine(text);
}

/** Null where there is no such process. */
export function processRow(pid: number): ProcessRow | null {
	if (!hasProc) return psTable(['-p', String(pid)]).get(pid) ?? null;
	const text = readProc(pid, 'stat');
	return text === null ? null : parseStat(text);
}

/** All processes of the machine, zombies included. Costs some 20 µs a process on Linux. */
export function readProcessTable(): ProcessTable {
	return new Map([...eachProcess()].map((row) => [row.pid, row]));
}

/** The rows of `readProcessTable`, each handed out as soon as it is read. */
export function* eachProcess(): Generator<ProcessRow> {
	if (!hasProc) {
		yield* psTable(['-ax']).values();
		return;
	}
	for (const pid of processIds()) {
		const row = processRow(pid);
		if (row) yield row;
	}
}

/**
 * The tree below `pid`, zombies included, parents before children and each handed out as soon as
 * it is read. Other processes of the machine cost nothing.
 */
export function* eachDescendant(pid: number): Generator<ProcessRow> {
	if (listedChildren(pid) === null) {
		yield* descendantsIn(readProcessTable(), [pid]);
		return;
	}
	const seen = new Set([pid]);
	// A set hands out what is added while it is walked.
	for (const parent of seen) {
		for (const child of listedChildren(parent) ?? []) {
			const row = seen.has(child) ? null : processRow(child);
			if (!row) continue;
			seen.add(child);
			yield row;
		}
	}
}

const hasProc = process.platform === 'linux';

function processIds(): number[] {
	const ids: number[] = [];
	for (const entry of readdirSync('/proc')) {
		const first = entry.charCodeAt(0);
		if (first >= 0x30 && first <= 0x39) ids.push(Number(entry));
	}
	return ids;
}

/**
 * Children by the kernel's own lists, one a thread; null where it was built without them
 * (CONFIG_PROC_CHILDREN). Much cheaper than a look at all processes.
 */
function listedChildren(pid: number): number[] | null {
	const first = readProc(pid, `task/${pid}/children`);
	if (first === null) return null;
	// Of the many threads of a Node the first one starts all programs, and adopts orphans.
	const ours = pid === process.pid;
	const others = ours ? [] : threadsOf(pid).filter((thread) => thread !== String(pid));
	const lists = others.map((thread) => readProc(pid, `task/${thread}/children`));
	return [first, ...lists].flatMap((list) => list?.match(/\d+/g)?.map(Number) ?? []);
}

function threadsOf(pid: number): string[] {
	try {
		return readdirSync(`/proc/${pid}/task`);
	} catch {
		// It has ended in between, and so has no children.
		return [];
	}
}

function isRunning(pid: number): boolean {
	const row = processRow(pid);
	return row !== null && !row.ended;
}

/** As UTF-8: the one encoding that Node reads in a single call. */
function readProc(pid: number, file: string): string | null {
	if (!hasProc) return null;
	try {
		return readFileSync(`/proc/${pid}/${file}`, 'utf8');
	} catch {
		// It has ended, or belongs to another user: not there for us either way.
		return null;
	}
}

function psTable(which: readonly string[]): ProcessTable {
	const columns = 'pid=,ppid=,pgid=,stat=,lstart=';
	const { stdout } = spawnSync('ps', [...which, '-o', columns], {
		encoding: 'utf8',
		// The start is printed in words: not those of the user's language.
		env: { ...process.env, LC_ALL: 'C' },
		maxBuffer: 16 * 1024 * 1024,
	});
	const rows = (stdout ?? '').split('\n').map(parsePsLine);
	return new Map(rows.filter((row) => row !== null).map((row) => [row.pid, row]));
}

let boot: string | null | undefined;

/** Names this run of the machine; null where the system does not tell. */
export function currentBoot(): string | null {
	boot ??= readBoot();
	return boot;
}

function readBoot(): string | null {
	if (hasProc)
		return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim() || null;
	const { stdout } = spawnSync('sysctl', ['-n', 'kern.bootsessionuuid'], {
		encoding: 'utf8',
	});
	return stdout?.trim() || null;
}
