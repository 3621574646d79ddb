// One check of `weir doctor`: what was found, how good that is, and how to mend it.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Call } from './verb.ts';

export interface Check {
	readonly name: string;
	/** `poor` works, with a loss that `found` names. */
	readonly verdict: 'good' | 'poor' | 'bad';
	readonly found: string;
	readonly fix: string | null;
	/** The same for programs, where there is more than a sentence. */
	readonly facts?: Readonly<Record<string, unknown>>;
}

export type Probe = (call: Call) => Promise<Check>;

const verdictOf = (verdict: Check['verdict']) => (found: string, fix: string | null) => ({
	name: '',
	verdict,
	found,
	fix,
});
export const bad = verdictOf('bad');
export const poor = verdictOf('poor');
export const good = (found: string) => verdictOf('good')(found, null);

const run = promisify(execFile);

/** What a program prints first, or null where it cannot be run or takes long. */
export async function firstLine(file: string, ...args: string[]): Promise<string | null> {
	try {
		const { stdout } = await run(file, args, { timeout: 3000, maxBuffer: 1024 * 1024 });
		return stdout.trim().split('\n')[0] ?? '';
	} catch {
		// Not there, or broken: the caller says what follows from it.
		return null;
	}
}
