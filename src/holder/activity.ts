// Whether a program prints or is silent, told as it changes and at most once a second.
import { silenceMs } from '../domain/agent-state.ts';

const betweenMs = 1000;

export class Activity implements Disposable {
	readonly #tell: (active: boolean) => void;
	#active = false;
	#lastOutput = performance.now();
	#lastTold = Number.NEGATIVE_INFINITY;
	#timer: NodeJS.Timeout | undefined;

	constructor(tell: (active: boolean) => void) {
		this.#tell = tell;
	}

	/** Milliseconds since the last output, or since the start. */
	get silentMs(): number {
		return performance.now() - this.#lastOutput;
	}

	output(): void {
		this.#lastOutput = performance.now();
		// While one waits the timer knows the rest: a flood arms none.
		if (this.#timer === undefined) this.#judge();
	}

	[Symbol.dispose](): void {
		clearTimeout(this.#timer);
	}

	#judge(): void {
		const now = performance.now();
		const active = now - this.#lastOutput < silenceMs;
		if (active !== this.#active && now - this.#lastTold >= betweenMs) {
			this.#active = active;
			this.#lastTold = now;
			this.#tell(active);
		}
		if (!active && !this.#active) return;
		const due = this.#active ? this.#lastOutput + silenceMs : now;
		const wait = Math.max(due, this.#lastTold + betweenMs) - now;
		this.#timer = setTimeout(
			() => {
				this.#timer = undefined;
				this.#judge();
			},
			Math.max(1, wait),
		);
	}
}
