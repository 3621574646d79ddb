// Memory that a flood of work left behind goes back to the system once it is over: V8 keeps the pages of
// a heap that was busy for as long as nothing new is asked of it, and malloc what was freed. To keep the
// heap small meanwhile would cost more: young objects then grow old by the dozen while a screen is drawn.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { trimMemory } from './native.ts';

/** Milliseconds after which work is over. */
const quietMs = 3000;
/** Less work than this in that time is none. */
const littleBytes = 64 * 1024;
/** What must have been worked through to be worth a pause of some fifty milliseconds. */
const muchBytes = 512 * 1024;

export class Tidying implements Disposable {
	readonly #tidy: () => void;
	/** Since the last time. */
	#work = 0;
	#workBefore = 0;
	#used = false;
	#timer: NodeJS.Timeout | undefined;

	/** `tidy` is `collectGarbage` where malloc holds little. */
	constructor(tidy: () => void = giveBack) {
		this.#tidy = tidy;
	}

	/** So many bytes were worked through. */
	note(bytes: number): void {
		this.#work += bytes;
		if (this.#work >= muchBytes && this.#timer === undefined) this.#wait();
	}

	/** Somebody is at work with it, who would wait for the pause: it is not over yet. */
	use(): void {
		this.#used = true;
	}

	[Symbol.dispose](): void {
		clearTimeout(this.#timer);
	}

	#wait(): void {
		this.#workBefore = this.#work;
		this.#used = false;
		this.#timer = setTimeout(() => this.#look(), quietMs);
		this.#timer.unref();
	}

	#look(): void {
		if (this.#used || this.#work - this.#workBefore > littleBytes) return this.#wait();
		this.#timer = undefined;
		this.#work = 0;
		this.#tidy();
	}
}

let collect: (() => void) | undefined;

/** Also makes the part of the heap small again in which objects are young. */
export function collectGarbage(): void {
	collect ??= collector();
	collect();
}

function giveBack(): void {
	collectGarbage();
	trimMemory();
}

// Node has no call for it; `--expose-gc` gives one to each context that is made after it.
function collector(): () => void {
	setFlagsFromString('--expose-gc');
	const gc: unknown = runInNewContext('gc');
	setFlagsFromString('--no-expose-gc');
	// Only of this kind makes the young part of a heap small again.
	const how = { type: 'major', execution: 'sync', flavor: 'last-resort' };
	return typeof gc === 'function' ? () => void gc(how) : () => undefined;
}
