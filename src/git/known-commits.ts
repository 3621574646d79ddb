import type { GitPlace } from './git.ts';
import { readCommit } from './refs.ts';

/** More are forgotten: what is asked for again and again is one base. */
const limit = 100;

/** Commits that were found in a repository. An id never comes to mean another. */
export class KnownCommits {
	readonly #place: GitPlace;
	readonly #found = new Map<string, Promise<string | null>>();

	constructor(place: GitPlace) {
		this.#place = place;
	}

	/** As `readCommit`; asked once for many callers. One that is not there is looked for again. */
	async read(id: string): Promise<string | null> {
		if (this.#found.size > limit) this.#found.clear();
		const reading = this.#found.get(id) ?? readCommit(this.#place, id);
		this.#found.set(id, reading);
		try {
			const commit = await reading;
			if (commit !== id) this.#found.delete(id);
			return commit;
		} catch (error) {
			this.#found.delete(id);
			throw error;
		}
	}
}
