// What the world should now be asked: every `.asked` event is an effect, and nothing else is.
import type { WeirEvent } from './event.ts';
import type { EffectId } from './ids.ts';
import type { PendingEffect, State } from './state.ts';

/** The effects that an event asks for, after it has been folded into `state`. */
export function react(state: State, event: WeirEvent): readonly PendingEffect[] {
	if (!event.kind.endsWith('.asked') || !('effect' in event.data)) return [];
	const id: EffectId = event.data.effect;
	const pending = state.effects[id];
	return pending ? [pending] : [];
}

/** After a restart: all that was asked and has not settled, the oldest first. */
export function unsettled(state: State): readonly PendingEffect[] {
	return Object.values(state.effects).toSorted(
		(first, second) => Number.parseFloat(first.id) - Number.parseFloat(second.id),
	);
}
