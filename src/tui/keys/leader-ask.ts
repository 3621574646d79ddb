// What the first run asks about the leader, while there is no agent yet: whether the key arrives.
import type { Environment } from '../../lib/environment.ts';

export interface LeaderAsk {
	/** Keys that may be taken instead by pressing them. */
	readonly offered: readonly string[];
	/** What may keep ctrl+space for itself: an input method. */
	readonly inputMethod: string | null;
}

/** Keys that hardly any program takes, the best first. */
export const leaderFallbacks: readonly string[] = ['ctrl+\\', 'ctrl+q'];

/** The input method that X was told of: many switch by ctrl+space. */
export function inputMethodOf(environment: Environment): string | null {
	const name = /@im=([^@\s]+)/.exec(environment['XMODIFIERS'] ?? '')?.[1];
	return name === undefined || name === 'none' || name === 'local' ? null : name;
}
