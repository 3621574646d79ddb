// Whether a program prints or is silent, told as it changes and at most once a second.
import { silenceMs } from '../domain/agent-state.ts';

const betweenMs = 1000;
/** What a silent program prints so soon after a new size only draws its screen anew. */
const redrawMs = 1000;

export class Activity implements Disposable {
	readonly #tell: (active: boolean) => void;
	#active = false;
	#lastOutput = performance.now();
	#lastTold = Number.NEGATIVE_INFINITY;
	#resized = Number.NEGATIVE_INFINITY;
	#timer: NodeJS.Timeout | undefined;

	constructor(tell: (active: boolean) => void) {
		this.#tell = tell;
	}

	/** Milliseconds since the last output, or since the start. */
	get silentMs(): number {
		return performance.now() - this.#lastOutput;
	}

	/** The program is told of another size. */
	resized(): void {
		this.#resized = performance.now();
	}

	/** Somebody wrote to the program: what it prints from now on is no mere redraw. */
	typed(bytes: Uint8Array): void {
		// Of the focus it is told together with a size, and draws for both.
		if (!isFocusReport(bytes)) this.#resized = Number.NEGATIVE_INFINITY;
	}

	output(): void {
		this.#lastOutput = performance.now();
		if (this.#isRedraw()) return;
		// While one waits the timer knows the rest: a flood arms none.
		if (this.#timer === undefined) this.#judge();
	}

	[Symbol.dispose](): void {
		clearTimeout(this.#timer);
	}

	/** The first output counts, whatever the size: nothing is known of the program before. */
	#isRedraw(): boolean {
		const known = this.#lastTold > Number.NEGATIVE_INFINITY;
		return known && !this.#active && this.#lastOutput - this.#resized < redrawMs;
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

function isFocusReport(bytes: Uint8Array): boolean {
	const text = bytes.length === 3 ? Buffer.from(bytes).toString('latin1') : '';
	return text === '\x1b[I' || text === '\x1b[O';
}
