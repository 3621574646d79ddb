// What is said of an entry of the queue in few words, and in which colour.
import type { QueueEntry } from '../../domain/queue/queue.ts';
import type { StandingWord } from '../../domain/queue/standing.ts';
import { counted } from '../../lib/counted.ts';
import type { Role } from '../look/theme.ts';

export const standingRoles = {
	landing: 'run',
	held: 'warn',
	outside: 'bad',
	conflict: 'bad',
	red: 'bad',
	waits: 'dim',
	clash: 'warn',
	ready: 'good',
} as const satisfies Record<StandingWord, Role>;

/** `clean`, `conflicts with #1 (1 file)`: with the base, or with those that stand before it. */
export function predictedWords(entry: QueueEntry): {
	readonly text: string;
	readonly role: Role;
} {
	const {
		agent,
		conflicts,
		conflicting,
		clashes,
		predicting,
		position,
		standing,
		behind,
	} = entry;
	if (conflicting > 0)
		return {
			text: `conflicts with ${agent.base.branch} (${counted(conflicting, 'file')})`,
			role: 'bad',
		};
	const before = clashes.filter((clash) => clash.position < position);
	const first = behind ?? before[0];
	if (conflicts === null || (predicting && !first))
		return { text: 'looking', role: 'dim' };
	if (!first) return { text: 'clean', role: 'dim' };
	const more = before.length === 1 ? '' : ` and ${before.length - 1} more`;
	const text = `conflicts with #${first.position} (${counted(first.count, 'file')})${more}`;
	return { text, role: standing.word === 'clash' ? 'warn' : 'dim' };
}
