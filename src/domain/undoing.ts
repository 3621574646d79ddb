// The steps that can be taken back: what each is called, and why the newest cannot be now.
import { counted } from '../lib/counted.ts';
import { type Outcome, ok, type Refusal, refusal, refuse } from '../lib/outcome.ts';
import { visibleText } from '../lib/plain-text.ts';
import { whyNotRespawn, whyNotRestore } from './agent-refusals.ts';
import type { CommandOf } from './command.ts';
import { whyNotUndo } from './landing.ts';
import { whyNotDiscard } from './review/discarding.ts';
import type { State, Undoable } from './state.ts';
import { sameStep } from './undo-steps.ts';

/**
 * What an undo is about: the landing that was named, else the newest step, with `revert` the newest
 * landing. Refused while a landing has not come to its end, since that is the newest step then.
 */
export function stepToTakeBack(
	state: State,
	{ landing, revert }: Pick<CommandOf<'undo'>, 'landing' | 'revert'>,
): Outcome<Undoable> {
	if (landing !== null) return ok({ kind: 'landing', landing });
	const merge = Object.values(state.effects).findLast(({ kind }) => kind === 'merge');
	if (merge?.kind === 'merge') {
		const name = state.agents[merge.data.agent]?.name ?? merge.data.agent;
		return refuse(
			'undo.landing',
			`${name} is landing at this moment`,
			'wait until it has landed',
		);
	}
	const step = revert ? newestLanding(state) : state.undoable.at(-1);
	return step
		? ok(step)
		: refuse('undo.nothing', 'there is nothing to take back', 'weir log');
}

function newestLanding(state: State): Undoable | undefined {
	const landed = Object.values(state.landings).findLast(
		({ phase }) => phase === 'landed',
	);
	return landed && { kind: 'landing', landing: landed.id };
}

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
	if (step.kind === 'message') {
		const told = Object.keys(state.messages[step.message]?.parts ?? {}).length;
		return `message to ${counted(told, 'agent')}`;
	}
	const agent = state.agents[step.agent];
	if (step.kind === 'discard') return `discard in ${visibleText(step.path)}`;
	const deed = step.kind === 'remove' ? 'removal' : step.kind;
	return agent ? `${deed} of ${agent.name}` : deed;
}

/** What becomes of a step that is taken back, in words. */
export function fateOfStep(state: State, step: Undoable): string {
	switch (step.kind) {
		case 'kill':
			return 'its program starts again in its worktree';
		case 'remove':
			return 'its worktree comes back from the snapshot; respawn starts its program then';
		case 'discard':
			return 'what was discarded stands there again, unless it was written since';
		case 'message':
			return 'those that have not got it yet do not get it';
		case 'landing': {
			const landing = state.landings[step.landing];
			const old = landing?.old?.slice(0, 10);
			const to = old === undefined ? 'where it was' : `to ${old}, where it was`;
			return `${landing?.branch ?? 'the base'} goes back ${to}; the agent keeps its work`;
		}
	}
}

/** Why a step cannot be taken back now; null where it can be tried. */
export function whyNotTakeBack(state: State, step: Undoable): Refusal | null {
	if (step.kind === 'landing') return whyNotUndo(state, state.landings[step.landing]);
	if (step.kind === 'message') return null;
	const agent = state.agents[step.agent];
	if (!agent) return null;
	if (step.kind === 'discard') return whyNotDiscard(state, agent);
	return step.kind === 'kill' ? whyNotRespawn(agent) : whyNotRestore(agent);
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
	if (step.kind === 'message' || step.kind === 'discard') return 'weir undo';
	const name = state.agents[step.agent]?.name ?? step.agent;
	return step.kind === 'kill' ? `weir respawn ${name}` : `weir restore ${name}`;
}
