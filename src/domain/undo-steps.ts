// The steps that an undo can take back, oldest first. The journal keeps all; the state some.
import type { Refusal } from '../lib/outcome.ts';
import type { State, Undoable } from './state.ts';

const stepsKept = 50;

/** The step is the newest that can be taken back. */
export function withStep(state: State, step: Undoable): State {
	const steps = [...withoutStep(state, step).undoable, step];
	return { ...state, undoable: steps.slice(-stepsKept) };
}

/** The step was taken back, or is overtaken by another. */
export function withoutStep(state: State, step: Undoable): State {
	return { ...state, undoable: state.undoable.filter((other) => !sameStep(other, step)) };
}

export function sameStep(one: Undoable | undefined, other: Undoable): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

/** Refusals that asking again does not change: others may lift by what the user does next. */
const lasting: ReadonlySet<string> = new Set([
	'undo.unknown',
	'undo.built-on',
	'undo.pushed',
	'undo.conflict',
	'undo.nothing',
	'snapshot.unknown',
	'discard.changed',
	'discard.kind',
]);

/**
 * The newest step does not stand before the older ones for ever: one that cannot be taken back is
 * said so once. A landing can still be named.
 */
export function setStepAside(
	state: State,
	outcome: { readonly ok: true } | { readonly ok: false; readonly refusal: Refusal },
	step: Undoable,
): State {
	if (outcome.ok || !lasting.has(outcome.refusal.code)) return state;
	return sameStep(state.undoable.at(-1), step) ? withoutStep(state, step) : state;
}
