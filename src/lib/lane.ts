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

	async run<T>(job: () => Promise<T>): Promise<T> {
		if (this.#running >= this.#width) {
			await new Promise<void>((go) => this.#waiting.push(go));
		} else {
			this.#running += 1;
		}
		try {
			return await job();
		} finally {
			const next = this.#waiting.shift();
			// The place passes on without being given back, so that no newcomer jumps the line.
			if (next) next();
			else this.#running -= 1;
		}
	}
}
