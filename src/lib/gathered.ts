/**
 * A reading that many ask for at once. Who asks while one is under way shares the next, so that an
 * answer is never older than its question, and thirty questions cost two readings.
 */
export class Gathered<T> {
	readonly #read: () => Promise<T>;
	#running: Promise<T> | undefined;
	#next: Promise<T> | undefined;

	constructor(read: () => Promise<T>) {
		this.#read = read;
	}

	get(): Promise<T> {
		if (!this.#running) return this.#begin();
		this.#next ??= this.#running.then(
			() => this.#begin(),
			() => this.#begin(),
		);
		return this.#next;
	}

	#begin(): Promise<T> {
		this.#next = undefined;
		const running = this.#read().finally(() => {
			if (this.#running === running) this.#running = undefined;
		});
		this.#running = running;
		return running;
	}
}
