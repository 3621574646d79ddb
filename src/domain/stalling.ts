// When a program that is said to work is stuck: it gives no sign of it for longer than it usually does.
import type { Judgement, Source } from './agent-state.ts';

/** Spells that are remembered. */
const mostSpells = 20;
/** Shorter ones say nothing of how long its commands take. */
const shortestSpellMs = 10_000;
const timesUsual = 3;

/** Who says that it gets on with a task; that a command runs, as a server may for days, does not. */
const sayers = new Set<Source>([
	'osc7501',
	'hook',
	'declared',
	'progress',
	'title',
	'screen',
]);

export function isSaidToWork({ state, source }: Judgement): boolean {
	return (state === 'working' || state === 'stuck') && sayers.has(source);
}

/** The spells without a sign, one more counted. */
export function withSpell(spells: readonly number[], milliseconds: number) {
	if (milliseconds < shortestSpellMs) return spells;
	return [...spells, milliseconds].slice(-mostSpells);
}

/** How long it may give no sign: three times as long as it usually does, and `leastMs` at least. */
export function patienceWith(spells: readonly number[], leastMs: number): number {
	const sorted = spells.toSorted((one, other) => one - other);
	const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
	return Math.max(leastMs, timesUsual * median);
}

/**
 * A screen without what turns, blinks and counts by itself: words of three letters and more, and how many
 * tokens have come.
 */
export function stillText(lines: readonly string[]): string {
	return lines
		.flatMap((line) => line.match(/[\d.,]+k? tokens|\p{L}{3,}/gu) ?? [])
		.join(' ');
}
