/** One kind of notice with any number of listeners; `on` returns the way to stop listening. */
export class Emitter<T> implements Disposable {
	#listeners = new Set<(value: T) => void>();

	on(listener: (value: T) => void): () => void {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	}

	emit(value: T): void {
		for (const listener of [...this.#listeners]) listener(value);
	}

	[Symbol.dispose](): void {
		this.#listeners.clear();
	}
}
