// How a branch came to where it is: the moves among which the cause of a red gate is looked for.
import type { State } from '../state.ts';
import { type BaseMove, type BaseStanding, noStanding } from './base-standing.ts';

const movesKept = 50;
const branchesKept = 50;

/** The branch is where the move brought it. Back at an earlier commit, what came since is forgotten. */
export function withMove(
	state: State,
	branch: string,
	{ old, commit, by }: Omit<BaseMove, 'commit'> & { readonly commit: string | null },
): State {
	const { [branch]: standing = noStanding, ...others } = state.baseGates;
	// It is gone: another one of its name is another branch.
	if (commit === null) return { ...state, baseGates: others };
	const moves = movesAfter(standing.moves, { old, commit, by });
	const kept = Object.entries(others).slice(1 - branchesKept);
	const baseGates = { ...Object.fromEntries(kept), [branch]: { ...standing, moves } };
	return { ...state, baseGates };
}

function movesAfter(moves: readonly BaseMove[], move: BaseMove): readonly BaseMove[] {
	const at = moves.findIndex(({ commit }) => commit === move.commit);
	if (at >= 0) return moves.slice(0, at + 1);
	return moves[0]?.old === move.commit ? [] : [...moves, move].slice(-movesKept);
}

/** The moves since the branch was at that commit: all that are known where it is none of theirs. */
export function movesSince(
	{ moves }: Pick<BaseStanding, 'moves'>,
	commit: string | null,
): readonly BaseMove[] {
	const at = moves.findIndex((move) => move.commit === commit);
	return at < 0 ? moves : moves.slice(at + 1);
}

/** Where all gates were green is as far back as anybody has to look. */
export function movesFrom(
	moves: readonly BaseMove[],
	commit: string,
): readonly BaseMove[] {
	const at = moves.findIndex((move) => move.commit === commit);
	return at < 0 ? moves : moves.slice(at);
}
