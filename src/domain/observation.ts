// What weir has only seen: the world still shows it, and a supervisor that starts looks again. Nobody has
// asked for it and nothing is done because of it, so it is told before the disk has it (decision 75).
import type { WeirEvent } from './event.ts';

/** Whether nothing but a look is lost where a power cut takes the event. */
export function isObservation(event: WeirEvent): boolean {
	switch (event.kind) {
		case 'trespass.found':
		case 'trespass.cleared':
		case 'tree.moved':
		case 'tree.settled':
			return true;
		case 'agent.state':
			// A word of the agent's is said once.
			return event.data.source !== 'declared';
		default:
			return false;
	}
}
