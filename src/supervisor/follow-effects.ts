// Waiting until what a command began has come to its end: verbs block on this.
import type { WeirEvent } from '../domain/event.ts';
import type { AgentId, EffectId } from '../domain/ids.ts';
import { worktreeMissing } from '../domain/removal.ts';
import { type PendingEffect, pendingOf, type State } from '../domain/state.ts';
import { type Refusal, refusal } from '../lib/outcome.ts';
import type { Loop } from './loop.ts';

/** Effects that run beside an agent's life and that nobody waits for. */
const beside = new Set(['publish', 'prompt', 'redress', 'discard']);

/**
 * Resolves when nothing is under way for the agent any more: with the first failure among its
 * effects since `events`, else null. Ends with the loop.
 */
export function followAgent(
	loop: Loop,
	agent: AgentId,
	events: readonly WeirEvent[],
): Promise<Refusal | null> {
	return follow(
		loop,
		events,
		(state) => isQuiet(state, agent),
		(event) => failureOf(event, agent),
	);
}

/** Resolves when the effect that `events` asked for has settled, with its refusal or null. */
export function followEffects(
	loop: Loop,
	events: readonly WeirEvent[],
): Promise<Refusal | null> {
	const asked = new Set(
		events.flatMap((event) =>
			event.kind.endsWith('.asked') && 'effect' in event.data ? [event.data.effect] : [],
		),
	);
	return followAll(loop, asked, events);
}

/** As `followEffects`, of what is under way. */
export function followPending(
	loop: Loop,
	pending: readonly PendingEffect[],
): Promise<Refusal | null> {
	return followAll(loop, new Set(pending.map(({ id }) => id)), []);
}

function followAll(
	loop: Loop,
	asked: ReadonlySet<EffectId>,
	events: readonly WeirEvent[],
): Promise<Refusal | null> {
	return follow(
		loop,
		events,
		(state) => [...asked].every((effect) => !(effect in state.effects)),
		(event) =>
			'effect' in event.data && asked.has(event.data.effect)
				? settledRefusal(event)
				: null,
	);
}

/** Resolves when none of the effects that are under way for the agent now is any more. */
export async function untilFree(loop: Loop, agent: AgentId): Promise<void> {
	const now = pendingOf(loop.state, agent).map(({ id }) => id);
	const free = (state: State) => now.every((effect) => !(effect in state.effects));
	await follow(loop, [], free, () => null);
}

function follow(
	loop: Loop,
	events: readonly WeirEvent[],
	finished: (state: State) => boolean,
	failure: (event: WeirEvent) => Refusal | null,
): Promise<Refusal | null> {
	return new Promise((resolve) => {
		let first: Refusal | null = null;
		const take = (some: readonly WeirEvent[]): boolean => {
			for (const event of some) first ??= failure(event);
			return finished(loop.state);
		};
		if (take(events)) return resolve(first);
		const listening = new DisposableStack();
		const finish = (why: Refusal | null) => {
			listening.dispose();
			resolve(why);
		};
		const onEvents = (more: readonly WeirEvent[]) => {
			if (take(more)) finish(first);
		};
		listening.defer(loop.onEvents.on(onEvents));
		listening.defer(loop.onFull.on((full) => finish(first ?? notRecorded(full))));
		return undefined;
	});
}

/** On a full disk the end itself cannot be told: it may have been reached. */
function notRecorded({ code }: Refusal): Refusal {
	return refusal(
		code,
		'the disk is full: how it ends can only be told once there is room',
		'free some space on that disk, then weir list',
	);
}

function isQuiet(state: State, id: AgentId): boolean {
	const life = state.agents[id]?.life.kind;
	if (life === 'preparing' || life === 'stopping' || life === 'removing') return false;
	if (life === 'restoring') return false;
	return pendingOf(state, id).every((effect) => beside.has(effect.kind));
}

function failureOf(event: WeirEvent, id: AgentId): Refusal | null {
	if (!('agent' in event.data) || event.data.agent !== id) return null;
	if (unheeded.has(event.kind)) return null;
	const refusal = settledRefusal(event);
	// There was nothing left to take a snapshot of; what was asked for goes on.
	const nothingLeft =
		event.kind === 'snapshot.settled' && refusal?.code === worktreeMissing;
	return nothingLeft ? null : refusal;
}

/** They tell for themselves how they ended. */
const unheeded: ReadonlySet<string> = new Set([
	'publish.settled',
	'prompt.settled',
	'gate.settled',
	'compare.settled',
	'words.settled',
]);

function settledRefusal(event: WeirEvent): Refusal | null {
	if (!('outcome' in event.data)) return null;
	return event.data.outcome.ok ? null : event.data.outcome.refusal;
}
