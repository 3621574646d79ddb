/**
 * Runs jobs in the order given, at most `width` at a time: ref-changing git calls of one repository
 * go through a lane of width 1, the filling of worktrees through one of width 2.
 */
export class Lane {
	#waiting: (() => void)[] = [];
	#running = 0;

	readonly #width: number;

	constructor(width = 1) {
		this.#width = width;
	}

	/** Jobs that run or wait. */
	get length(): number {
		return this.#running + this.#waiting.length;
	}

	/** Rejects with the signal's reason where that is aborted before the job's turn has come. */
	async run<T>(job: () => Promise<T>, signal?: AbortSignal): Promise<T> {
		signal?.throwIfAborted();
		if (this.#running >= this.#width) await this.#turn(signal);
		else this.#running += 1;
		try {
			return await job();
		} finally {
			const next = this.#waiting.shift();
			// The place passes on without being given back, so that no newcomer jumps the line.
			if (next) next();
			else this.#running -= 1;
		}
	}

	#turn(signal: AbortSignal | undefined): Promise<void> {
		return new Promise((go, give) => {
			const leave = () => {
				this.#waiting = this.#waiting.filter((one) => one !== come);
				give(signal?.reason);
			};
			const come = () => {
				signal?.removeEventListener('abort', leave);
				go();
			};
			this.#waiting.push(come);
			signal?.addEventListener('abort', leave, { once: true });
		});
	}
}
