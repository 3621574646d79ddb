// The steps that can be taken back: what each is called, and why the newest cannot be now.
import { type Refusal, refusal } from '../lib/outcome.ts';
import { whyNotRespawn, whyNotRestore } from './agent.ts';
import { whyNotUndo } from './landing.ts';
import type { State, Undoable } from './state.ts';

/** The newest step that can be taken back, in words. */
export function whatToUndo(state: State): string | null {
	const last = state.undoable.at(-1);
	return last ? nameOfStep(state, last) : null;
}

export function nameOfStep(state: State, step: Undoable): string {
	if (step.kind === 'landing') {
		const landing = state.landings[step.landing];
		const agent = landing && state.agents[landing.agent];
		return agent ? `merge of ${agent.name} into ${landing.branch}` : 'merge';
	}
	const agent = state.agents[step.agent];
	return agent ? `${step.kind} of ${agent.name}` : step.kind;
}

/** Why a step cannot be taken back now; null where it can be tried. */
export function whyNotTakeBack(state: State, step: Undoable): Refusal | null {
	if (step.kind === 'landing') return whyNotUndo(state, state.landings[step.landing]);
	const agent = state.agents[step.agent];
	if (!agent) return null;
	return step.kind === 'kill' ? whyNotRespawn(agent) : whyNotRestore(agent);
}

export function sameStep(one: Undoable | undefined, other: Undoable): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * Why the newest step was not taken back, and past it the way to the one before: a step that stands
 * in the way must not keep all older ones.
 */
export function undoRefused(state: State, step: Undoable, no: Refusal): Refusal {
	const setAside = !sameStep(state.undoable.at(-1), step);
	const before = state.undoable.at(setAside ? -1 : -2);
	const past = before && (setAside ? 'weir undo' : wayBack(state, before));
	const ways = [no.allow, past && `${past} takes back the ${nameOfStep(state, before)}`];
	return refusal(
		no.code,
		`the ${nameOfStep(state, step)} cannot be taken back: ${no.message}`,
		ways.filter(Boolean).join('; ') || 'weir log',
	);
}

function wayBack(state: State, step: Undoable): string {
	if (step.kind === 'landing') return `weir undo ${step.landing}`;
	const name = state.agents[step.agent]?.name ?? step.agent;
	return step.kind === 'kill' ? `weir respawn ${name}` : `weir restore ${name}`;
}
