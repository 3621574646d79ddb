// What of the screen changes by the clock alone.
import type { State } from '../domain/state.ts';
import { ageOf } from './chrome/age.ts';
import { itemsAt } from './inbox/inbox-list.ts';
import { shownAgents } from './view.ts';

/** Whether an agent's age reads differently by now, or what was put off is back. */
export function readsOtherwise(state: State, before: number, now: number): boolean {
	const older = shownAgents(state).some(
		({ report }) => ageOf(report.since, now) !== ageOf(report.since, before),
	);
	return older || awakeAt(state, now) !== awakeAt(state, before);
}

function awakeAt(state: State, now: number): number {
	const items = itemsAt(state, { held: null, now });
	return items.filter(({ snoozed }) => snoozed === null).length;
}
