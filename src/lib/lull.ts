/**
 * Lets what can wait go on when nothing more urgent is under way: worktrees are filled while none is
 * being made, so that thirty panes appear at once.
 */
export class Lull {
	#busy = 0;
	#waiting: (() => void)[] = [];

	/** Runs what others wait for. */
	async disturb<T>(job: () => Promise<T>): Promise<T> {
		this.#busy += 1;
		try {
			return await job();
		} finally {
			this.#busy -= 1;
			if (this.#busy === 0) for (const go of this.#waiting.splice(0)) go();
		}
	}

	/** Resolves when no such job runs, at once where none does. */
	async come(): Promise<void> {
		while (this.#busy > 0) await new Promise<void>((go) => this.#waiting.push(go));
	}
}
