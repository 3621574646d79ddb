import type { Outcome, Refusal } from '../../src/lib/outcome.ts';

/** The value of an outcome that a test expects to be a yes. */
export function granted<T>(outcome: Outcome<T>): T {
	if (outcome.ok) return outcome.value;
	throw new Error(`refused: ${outcome.refusal.code}: ${outcome.refusal.message}`);
}

/** The refusal of an outcome that a test expects to be a no. */
export function refusalOf(outcome: Outcome<unknown>): Refusal {
	if (!outcome.ok) return outcome.refusal;
	throw new Error('granted, where a refusal was expected');
}
