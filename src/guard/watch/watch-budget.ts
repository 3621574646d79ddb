// How many folders may be watched: the system has a number for each user, and editors need theirs.
import { readFileSync } from 'node:fs';

const limitFile = '/proc/sys/fs/inotify/max_user_watches';
/** Of all that the system gives; the rest is for the user's other programs. */
const share = 0.75;

export class WatchBudget {
	#left: number;

	constructor(most: number) {
		this.#left = most;
	}

	take(): boolean {
		if (this.#left < 1) return false;
		this.#left -= 1;
		return true;
	}

	giveBack(watches: number): void {
		this.#left += watches;
	}
}

/** Where the system counts none, there is no bound but memory. */
export function mostWatches(file = limitFile): number {
	try {
		const limit = Number.parseInt(readFileSync(file, 'utf8'), 10);
		return Number.isFinite(limit) ? Math.floor(limit * share) : 1_000_000;
	} catch {
		return 1_000_000;
	}
}
