// When the chrome is drawn anew: at once after rest, then at most ten times a second; what a key
// changed does not wait that long.
import { Emitter } from '../../lib/emitter.ts';
import { type PacerClock, systemClock } from '../paint/pacing.ts';

const backgroundMs = 100;
const keyMs = 30;

export class Pulse implements Disposable {
	/** Draw now. */
	readonly onBeat = new Emitter<void>();
	readonly #clock: PacerClock;
	#cancel: (() => void) | undefined;
	#due = Number.POSITIVE_INFINITY;
	#last = Number.NEGATIVE_INFINITY;

	constructor(clock: PacerClock = systemClock) {
		this.#clock = clock;
	}

	/** Something of the chrome changed; `urgent` where a person waits for it. */
	stir(urgent: boolean): void {
		const now = this.#clock.now();
		const due = Math.max(now, this.#last + (urgent ? keyMs : backgroundMs));
		if (due >= this.#due) return;
		this.#cancel?.();
		this.#due = due;
		const beat = () => this.#beat();
		this.#cancel =
			due <= now ? this.#clock.soon(beat) : this.#clock.after(due - now, beat);
	}

	[Symbol.dispose](): void {
		this.#cancel?.();
		this.#due = Number.NEGATIVE_INFINITY;
		this.onBeat[Symbol.dispose]();
	}

	#beat(): void {
		this.#cancel = undefined;
		this.#due = Number.POSITIVE_INFINITY;
		this.#last = this.#clock.now();
		this.onBeat.emit();
	}
}
