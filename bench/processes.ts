// CPU time and memory of given processes, from /proc.
import { readFileSync } from 'node:fs';

/** USER_HZ of Linux on every architecture that Node supports. */
const ticksPerSecond = 100;

export interface Memory {
	/** Sum of resident sets in MB; pages shared between processes count each time. */
	readonly rss: number;
	/** Sum of proportional sets in MB: shared pages count once. */
	readonly pss: number;
}

/** User and system seconds together; a process that has gone counts nothing. */
export function cpuSeconds(pids: readonly number[]): number {
	let ticks = 0;
	for (const pid of pids) {
		const stat = read(pid, 'stat');
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		// utime and stime are fields 14 and 15 of stat; here counted from the state, field 3.
		ticks += Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
	}
	return ticks / ticksPerSecond;
}

export function memoryOf(pids: readonly number[]): Memory {
	let rss = 0;
	let pss = 0;
	for (const pid of pids) {
		const rollup = read(pid, 'smaps_rollup');
		rss += kilobytes(rollup, 'Rss');
		pss += kilobytes(rollup, 'Pss');
	}
	return { rss: rss / 1024, pss: pss / 1024 };
}

function kilobytes(rollup: string, field: string): number {
	return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0);
}

function read(pid: number, file: string): string {
	try {
		return readFileSync(`/proc/${pid}/${file}`, 'utf8');
	} catch {
		// A worker that has ended used no more time.
		return '';
	}
}
