// A mark that a program and all its offspring wear in the kernel: it survives setsid, a double
// fork and an emptied environment, none of which a variable or the chain of parents survives.
//
// It is a limit of real-time CPU (RLIMIT_RTTIME, microseconds) of over 100,000 years. Limits are
// inherited by fork and kept by exec, and anyone may read them in /proc. This one binds only
// threads under a real-time policy, and at that height not even these. A program may lower it and
// so shed the mark; audio programs do. Linux only.
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';

const highest = 1n << 62n;
const spread = 2 ** 40;

/**
 * A new mark in decimal digits, for programs that this process starts; null where the system has
 * none. Below the mark that this process wears itself, since only root may raise a limit: weir
 * inside of weir.
 */
export function newMark(): string | null {
	const own = markOf('self');
	if (own === null) return null;
	const ceiling = own === 'unlimited' ? highest : BigInt(own);
	if (ceiling > highest || ceiling <= BigInt(spread)) return null;
	return String(ceiling - BigInt(randomInt(1, spread)));
}

/** What the process wears: digits, or `unlimited` for none. Null where it cannot be told. */
export function markOf(pid: number | 'self'): string | null {
	try {
		return parseMark(readFileSync(`/proc/${pid}/limits`, 'utf8'));
	} catch {
		// It has ended, or the system has no /proc.
		return null;
	}
}

/** The hard limit of the line `Max realtime timeout  SOFT  HARD  us`. */
export function parseMark(limits: string): string | null {
	return /^Max realtime timeout +\S+ +(\d+|unlimited)/m.exec(limits)?.[1] ?? null;
}
