// One look at all processes of the machine, and what follows from it. Reading is processes.ts.

export interface ProcessRow {
	readonly pid: number;
	readonly parent: number;
	readonly group: number;
	/** 0 where the system does not tell. */
	readonly session: number;
	/** One letter as in ps: R runs, S sleeps, T is stopped, Z is a zombie. */
	readonly state: string;
	/** Whether it has ended, be it that its parent has not taken note (a zombie). */
	readonly ended: boolean;
	/** When it started, comparable within one boot only by being equal. */
	readonly startTime: string;
}

export type ProcessTable = ReadonlyMap<number, ProcessRow>;

/** Parents of `pid`, the nearest first, without itself. */
export function ancestorsIn(table: ProcessTable, pid: number): number[] {
	const found = new Set<number>();
	let parent = table.get(pid)?.parent ?? 0;
	// A table is not read in one instant, so that a reused pid could close a circle.
	while (parent > 0 && parent !== pid && !found.has(parent)) {
		found.add(parent);
		parent = table.get(parent)?.parent ?? 0;
	}
	return [...found];
}

/**
 * Parents of `pid`, the nearest first, each asked for singly; null where there is no such process.
 * A parent that ends meanwhile hands its children to another: then all are asked for again, and
 * null is the answer where that never ends.
 */
export function steadyAncestors(
	pid: number,
	read: (pid: number) => ProcessRow | null,
): number[] | null {
	let before = '';
	for (let attempt = 1; attempt <= ancestryAttempts; attempt += 1) {
		const chain = ancestryThrough(pid, read);
		const key = chain?.map((row) => `${row.pid} ${row.startTime}`).join() ?? '';
		// Read twice: a pid that changed hands in between leads astray.
		if (chain && key === before) return chain.slice(1).map((row) => row.pid);
		before = key;
	}
	return null;
}

const ancestryAttempts = 40;
const deepestAncestry = 10_000;

/** Itself, its parent and so on; null where one of them is not there. */
function ancestryThrough(
	pid: number,
	read: (pid: number) => ProcessRow | null,
): ProcessRow[] | null {
	const chain: ProcessRow[] = [];
	for (let at = pid; at > 0; at = chain.at(-1)?.parent ?? 0) {
		const row = read(at);
		if (!row || chain.length === deepestAncestry) return null;
		chain.push(row);
	}
	return chain;
}

/** Stopped by a signal or a tracer. */
export function isStopped(row: ProcessRow): boolean {
	return row.state === 'T' || row.state === 't';
}

/** Children of these, their children and so on, parents before children, without the roots. */
export function descendantsIn(
	table: ProcessTable,
	roots: Iterable<number>,
): ProcessRow[] {
	const children = Map.groupBy(table.values(), (row) => row.parent);
	const seen = new Set(roots);
	const found: ProcessRow[] = [];
	const waiting = [...seen];
	for (let pid = waiting.shift(); pid !== undefined; pid = waiting.shift()) {
		for (const row of children.get(pid) ?? []) {
			if (seen.has(row.pid)) continue;
			seen.add(row.pid);
			found.push(row);
			waiting.push(row.pid);
		}
	}
	return found;
}

/**
 * The text of `/proc/PID/stat` (proc_pid_stat(5)): `pid (name) state parent group session ...`
 * with the number of threads as field 20 and the start in clock ticks since boot as field 22. The
 * name may hold spaces and brackets.
 */
export function parseStat(text: string): ProcessRow | null {
	const close = text.lastIndexOf(')');
	if (close < 0) return null;
	const pid = Number.parseInt(text, 10);
	const fields = text.slice(close + 2).split(' ', 20);
	const [state, parent, group, session] = fields;
	const startTime = fields[19];
	if (!(pid > 0) || !state || startTime === undefined) return null;
	const threads = Number(fields[17]);
	return {
		pid,
		parent: Number(parent),
		group: Number(group),
		session: Number(session),
		state,
		// A program whose first thread alone has ended looks like a zombie and still works.
		ended: state === 'X' || (state === 'Z' && threads <= 1),
		startTime,
	};
}

/** One line of `ps -o pid=,ppid=,pgid=,stat=,lstart=`, for systems without /proc. */
export function parsePsLine(line: string): ProcessRow | null {
	const words = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S)\S*\s+(\S.*?)\s*$/.exec(line);
	if (!words) return null;
	const [, pid, parent, group, state = '', startTime = ''] = words;
	return {
		pid: Number(pid),
		parent: Number(parent),
		group: Number(group),
		session: 0,
		state,
		ended: state === 'Z',
		startTime,
	};
}

/** Whether the text of `/proc/PID/environ` sets the variable to exactly this value. */
export function setsVariable(environ: string, name: string, value: string): boolean {
	// The zero byte before it keeps out the end of a longer name.
	return `\0${environ}`.includes(`\0${name}=${value}\0`);
}

/** The words of `/proc/PID/cmdline`, each ended by a zero byte. */
export function parseCommandLine(text: string): string[] {
	const words = text.split('\0');
	if (words.at(-1) === '') words.pop();
	return words;
}
