// What a parser read in the output of a gate. It never says whether the gate passed: its exit code
// does.
import type { GateFailure } from './failure.ts';
import type { NamedFormat } from './format.ts';

/** So many failures of one run are kept. */
export const failureLimit = 500;

export interface TestCounts {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
}

export interface Findings {
	/** As which the output was read; where the setting was `auto`, as which it was taken. */
	readonly format: NamedFormat;
	/** Whether the output was in that format at all. */
	readonly parsed: boolean;
	/** Where nothing was understood of a red run, its last words are the one failure. */
	readonly failures: readonly GateFailure[];
	/** How many more there were. */
	readonly dropped: number;
	/** Whether the output was read to its end, with nothing of it missing that tells of failures. */
	readonly whole: boolean;
	/** Of tests, where the output has any. */
	readonly counts: TestCounts | null;
}

/**
 * Whether a red run may be compared with another by its failures. Where its output was not
 * understood, or tells of more than was kept, a failure that nobody sees may be a new one.
 */
export function tellAll(findings: Findings): boolean {
	const { parsed, failures, dropped, whole, counts } = findings;
	if (!parsed || !whole || dropped > 0 || failures.length === 0) return false;
	const tests = failures.filter((failure) => failure.kind === 'test').length;
	return counts === null || counts.failed <= tests;
}
