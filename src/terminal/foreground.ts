// Who has a terminal's foreground: a shell at its prompt, or what it runs.
import { readFileSync } from 'node:fs';

/**
 * `self` where the process group of `pid` has the foreground of its terminal, `other` where
 * another one has; null where there is no such process or the system does not tell.
 */
export function foregroundOf(pid: number): 'self' | 'other' | null {
	const text = readStat(pid);
	const close = text.lastIndexOf(')');
	if (close < 0) return null;
	// proc_pid_stat(5): `pid (name) state parent group session terminal foreground ...`
	const [, , group, , , foreground = '-1'] = text.slice(close + 2).split(' ', 6);
	if (Number(foreground) <= 0) return null;
	return foreground === group ? 'self' : 'other';
}

function readStat(pid: number): string {
	try {
		return readFileSync(`/proc/${pid}/stat`, 'latin1');
	} catch {
		// It has ended, or this is no Linux.
		return '';
	}
}
