// When a worktree comes to rest: the first write is told at once, then that it has been quiet for a while.

/** Editors and formatters write a file several times, and tools many files in a row. */
const quietMs = 400;
/** Who never rests is looked at so often all the same. */
const longestMs = 5000;

export class Rest implements Disposable {
	readonly #tell: (news: 'stirred' | 'quiet') => void;
	#timer: NodeJS.Timeout | undefined;
	#began = 0;
	#last = 0;

	constructor(tell: (news: 'stirred' | 'quiet') => void) {
		this.#tell = tell;
	}

	/** Something was written. */
	stir(): void {
		this.#last = performance.now();
		if (this.#timer) return;
		this.#began = this.#last;
		this.#tell('stirred');
		this.#wait();
	}

	[Symbol.dispose](): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}

	/** One timer for any number of writes. */
	#wait(): void {
		const now = performance.now();
		const until = Math.min(this.#last + quietMs, this.#began + longestMs);
		if (until > now) {
			this.#timer = setTimeout(() => this.#wait(), until - now);
			return;
		}
		this.#timer = undefined;
		this.#tell('quiet');
	}
}
