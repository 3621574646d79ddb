// What /proc says about a process and what came out of it, and how to end it all. Linux only.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** One row of /proc: a process, its parent and its session. */
export interface ProcessRow {
	readonly pid: number;
	readonly parent: number;
	readonly session: number;
	/** One letter; Z is a zombie, which counts as ended. */
	readonly state: string;
	readonly name: string;
}

/** Every process of the machine that has not ended. */
export function livingProcesses(): ProcessRow[] {
	return processRows().filter((row) => row.state !== 'Z');
}

/** Every process of the machine, zombies included. */
export function processRows(): ProcessRow[] {
	return readdirSync('/proc')
		.filter((entry) => /^\d+$/.test(entry))
		.flatMap((entry) => readRow(Number(entry)) ?? []);
}

/** Whether a process has not ended; null is none. */
export function isRunning(pid: number | null): boolean {
	return pid !== null && alive([pid]).length > 0;
}

/** Resolves when a process has ended, which may be no child of ours. */
export async function untilEnded(pid: number): Promise<void> {
	while (isRunning(pid)) await sleep(10);
}

/** `root`, its descendants, and whatever still belongs to a session that `root` leads. */
export function treeOf(root: number): number[] {
	const rows = livingProcesses();
	const found = new Set<number>([root]);
	for (let grew = true; grew; ) {
		grew = false;
		for (const row of rows) {
			if (found.has(row.pid)) continue;
			if (!found.has(row.parent) && row.session !== root) continue;
			found.add(row.pid);
			grew = true;
		}
	}
	return rows.map((row) => row.pid).filter((pid) => found.has(pid));
}

/**
 * Processes started with `NAME=value` in their environment, however far they detached themselves:
 * how a test finds the daemons of the world that it opened.
 */
export function processesMarked(name: string, value: string): number[] {
	const needle = `\0${name}=${value}\0`;
	return livingProcesses()
		.map((row) => row.pid)
		.filter((pid) => pid !== process.pid && environmentOf(pid).includes(needle));
}

/**
 * Hangs up on the processes that `look` finds and kills those that are still there after `graceMs`.
 * It looks again each time: what they have started meanwhile is ended as well.
 */
export async function endProcesses(
	look: () => readonly number[],
	graceMs = 1_000,
): Promise<void> {
	const seen = new Set<number>();
	const living = () => {
		for (const pid of look()) seen.add(pid);
		return alive([...seen]);
	};
	const first = living();
	signal(first, 'SIGHUP');
	signal(first, 'SIGCONT');
	const deadline = Date.now() + graceMs;
	while (living().length > 0 && Date.now() < deadline) await sleep(10);
	await killProcesses(living);
}

/** Kills what `look` finds, and what that had started meanwhile. */
export async function killProcesses(look: () => readonly number[]): Promise<void> {
	const last = Date.now() + killedMs;
	for (let left = look(); left.length > 0 && Date.now() < last; left = look()) {
		signal(left, 'SIGKILL');
		await sleep(10);
	}
}

/** What was killed is there until it had its turn on a busy machine. */
const killedMs = 30_000;

function alive(pids: readonly number[]): number[] {
	return pids.filter((pid) => {
		const row = readRow(pid);
		return row !== undefined && row.state !== 'Z';
	});
}

function signal(pids: readonly number[], name: NodeJS.Signals): void {
	for (const pid of pids) {
		try {
			process.kill(pid, name);
		} catch {
			// It ended between the look and the signal, which is what was wanted.
		}
	}
}

// `pid (name) state parent group session ...`; the name may hold spaces and brackets.
function readRow(pid: number): ProcessRow | undefined {
	const stat = readProc(pid, 'stat');
	const open = stat.indexOf('(');
	const close = stat.lastIndexOf(')');
	if (close < 0) return undefined;
	const [state = '', parent, , session] = stat.slice(close + 2).split(' ');
	return {
		pid,
		parent: Number(parent),
		session: Number(session),
		state,
		name: stat.slice(open + 1, close),
	};
}

function environmentOf(pid: number): string {
	return `\0${readProc(pid, 'environ')}`;
}

function readProc(pid: number, file: string): string {
	try {
		return readFileSync(`/proc/${pid}/${file}`, 'latin1');
	} catch {
		// Gone, or another user's: not ours to see either way.
		return '';
	}
}
