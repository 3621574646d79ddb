// What is opened is owned: an owner closes what it opened, in reverse order.

export type Closer = () => void | Promise<void>;

/**
 * A scope that owns things with a lifetime. `add` at the moment of creation; `close` runs the
 * closers in reverse, keeps going when one fails and throws the failures together at the end.
 * Adding to a closed lifetime closes the newcomer at once, so that nothing outlives its owner.
 */
export class Lifetime implements AsyncDisposable {
	#closers: Closer[] = [];
	#closing: Promise<void> | undefined;

	get closed(): boolean {
		return this.#closing !== undefined;
	}

	add<T extends Disposable | AsyncDisposable | Closer>(thing: T): T {
		const closer = closerOf(thing);
		if (this.closed) void Promise.resolve(closer()).catch(() => undefined);
		else this.#closers.push(closer);
		return thing;
	}

	/** A timer that ends with its owner; the returned function cancels it early. */
	timer(milliseconds: number, run: () => void): Closer {
		const handle = setTimeout(() => {
			this.#forget(cancel);
			run();
		}, milliseconds);
		const cancel = () => {
			clearTimeout(handle);
			this.#forget(cancel);
		};
		return this.add(cancel);
	}

	/** A repeating timer that ends with its owner. */
	interval(milliseconds: number, run: () => void): Closer {
		const handle = setInterval(run, milliseconds);
		const cancel = () => {
			clearInterval(handle);
			this.#forget(cancel);
		};
		return this.add(cancel);
	}

	/** A lifetime that ends with this one, or earlier. */
	child(): Lifetime {
		const child = new Lifetime();
		this.add(child);
		child.add(() => this.#forget(closerOf(child)));
		return child;
	}

	close(): Promise<void> {
		this.#closing ??= this.#closeAll();
		return this.#closing;
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.close();
	}

	#forget(closer: Closer): void {
		const at = this.#closers.indexOf(closer);
		if (at >= 0) this.#closers.splice(at, 1);
	}

	async #closeAll(): Promise<void> {
		const failures: unknown[] = [];
		for (let closer = this.#closers.pop(); closer; closer = this.#closers.pop()) {
			try {
				await closer();
			} catch (error) {
				failures.push(error);
			}
		}
		if (failures.length > 0) throw new AggregateError(failures, 'closing failed');
	}
}

const closers = new WeakMap<object, Closer>();

function closerOf(thing: Disposable | AsyncDisposable | Closer): Closer {
	if (typeof thing === 'function') return thing;
	const known = closers.get(thing);
	if (known) return known;
	const closer: Closer =
		Symbol.asyncDispose in thing
			? async () => thing[Symbol.asyncDispose]()
			: () => thing[Symbol.dispose]();
	closers.set(thing, closer);
	return closer;
}
