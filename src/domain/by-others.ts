// What others did that weir alone, or the human through it, usually does: the base, weir's refs, its journal.
import { counted } from '../lib/counted.ts';
import type { EventKind, WeirEvent } from './event.ts';

type ByOthers = Extract<EventKind, `${string}.by-others`>;

/** In words; null for any other event. */
export function byOthersWords(event: WeirEvent): string | null {
	switch (event.kind) {
		case 'base.moved.by-others':
			return `${event.data.ref} was moved by others`;
		case 'ref.moved.by-others':
			return `${event.data.ref}, which weir alone moves, was ${event.data.new === null ? 'deleted' : 'moved'} by others`;
		case 'journal.changed.by-others':
			return event.data.added === 0
				? 'the journal of weir was rewritten by others'
				: `the journal of weir was added to by others; ${counted(event.data.added, 'event')} that nobody decided ${event.data.added === 1 ? 'was' : 'were'} put aside`;
		default:
			return null;
	}
}

/** Whether it is one that nobody has a reason to do. */
export function isAlarming(kind: EventKind): boolean {
	const alarming: readonly ByOthers[] = [
		'ref.moved.by-others',
		'journal.changed.by-others',
	];
	return alarming.some((one) => one === kind);
}
