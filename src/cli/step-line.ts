// What is under way, to a waiting person, while a program of theirs may ask them something on the same
// terminal: each step is said once, on a line of its own, and nothing is drawn over but how far it has come.

const patienceMs = 1000;
const betweenMs = 250;

/** Says nothing where standard error is no terminal. */
export class StepLine implements Disposable {
	readonly #label: string;
	#waiting: NodeJS.Timeout | undefined;
	#drawnAt = Number.NEGATIVE_INFINITY;
	#drawn = false;

	constructor(label: string) {
		this.#label = label;
	}

	/** A step begins; it is said once it takes long. */
	begin(step: string): void {
		clearTimeout(this.#waiting);
		this.#clear();
		if (!process.stderr.isTTY) return;
		const said = `${this.#label}: ${step}\n`;
		this.#waiting = setTimeout(() => process.stderr.write(said), patienceMs);
	}

	/** How far the step has come: whoever tells that asks nothing any more. */
	far(text: string): void {
		const now = performance.now();
		if (!process.stderr.isTTY || now - this.#drawnAt < betweenMs) return;
		this.#drawnAt = now;
		this.#drawn = true;
		const columns = process.stderr.columns ?? 80;
		process.stderr.write(`\r\u001b[K${text.slice(0, columns - 1)}`);
	}

	/** Prints where how far it has come may stand. */
	above(words: () => void): void {
		this.#clear();
		words();
	}

	[Symbol.dispose](): void {
		clearTimeout(this.#waiting);
		this.#clear();
	}

	#clear(): void {
		if (this.#drawn) process.stderr.write('\r\u001b[K');
		this.#drawn = false;
	}
}
