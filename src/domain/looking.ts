// When a screen is worth a look: where what it shows may say more than what is known, and something may
// have changed on it. Nothing is looked at while nothing happens.
import { type Evidence, isBlind, isBlocked, sources, words } from './agent-state.ts';
import type { StateWord } from './state-words.ts';

/** What was heard last of a program. */
export type Heard = 'output' | 'silence' | 'title' | 'word' | 'look';

/** A program draws its screen beside what it says of it: a moment later it stands there. */
const soonMs = 200;
/** While it prints. */
const againMs = 3000;

/**
 * In how many milliseconds to look; null: not for this. `refines` says whether a rule of its kind may
 * say more about that state.
 */
export function lookIn(
	evidence: Evidence,
	heard: Heard,
	refines: (state: StateWord) => boolean,
): number | null {
	if (!mayBeMisjudged(evidence, refines)) return null;
	if (heard === 'silence') return 0;
	if (heard === 'look' || heard === 'word') return evidence.active ? againMs : null;
	return soonMs;
}

function mayBeMisjudged(
	evidence: Evidence,
	refines: (state: StateWord) => boolean,
): boolean {
	const [said] = words({ ...evidence, screen: null });
	// A shell at its prompt asks nothing.
	if (!said || (said.source === 'process' && said.state === 'idle')) return false;
	const weak = sources.indexOf(said.source) >= sources.indexOf('screen');
	return weak || isBlind(said) || isBlocked(said.state) || refines(said.state);
}
