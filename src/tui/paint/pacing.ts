// When to paint: at once after idle, then at the frame rate; the focused pane's answer to a key does
// not wait for the frame.

const frameMs = 1000 / 60;
/** How long after a key the pane's next output counts as its echo. */
const echoWindowMs = 60;
/** Echoes are painted at least this far apart. */
const echoGapMs = 2;

/** Time as the pacer needs it; wound by hand in tests. */
export interface PacerClock {
	now(): number;
	/** Runs after the I/O that is being handled. Returns the way to cancel it. */
	soon(run: () => void): () => void;
	after(milliseconds: number, run: () => void): () => void;
}

export const systemClock: PacerClock = {
	now: () => performance.now(),
	soon(run) {
		const handle = setImmediate(run);
		return () => clearImmediate(handle);
	},
	after(milliseconds, run) {
		const handle = setTimeout(run, milliseconds);
		return () => clearTimeout(handle);
	},
};

/**
 * Paints all that is dirty, or only one pane. False when the terminal was busy: the pacer then waits
 * for `resume`.
 */
export type Paint = (only?: number) => boolean;

export class Pacer implements Disposable {
	readonly #paint: Paint;
	readonly #clock: PacerClock;
	#cancel: (() => void) | undefined;
	#dirty = false;
	#waiting = false;
	#painted = Number.NEGATIVE_INFINITY;
	#echoPane: number | undefined;
	#echoUntil = 0;
	#echoed = Number.NEGATIVE_INFINITY;
	/** The pane whose echo came while the terminal was busy. */
	#lateEcho: number | undefined;

	constructor(paint: Paint, clock: PacerClock = systemClock) {
		this.#paint = paint;
		this.#clock = clock;
	}

	/** Something changed; it is painted with the next frame. */
	dirty(): void {
		this.#dirty = true;
		if (this.#cancel || this.#waiting) return;
		const wait = this.#painted + frameMs - this.#clock.now();
		const frame = () => this.#frame();
		this.#cancel = wait > 0 ? this.#clock.after(wait, frame) : this.#clock.soon(frame);
	}

	/** A key was sent to the pane: its next output is painted at once. */
	urgent(pane: number): void {
		this.#echoPane = pane;
		this.#echoUntil = this.#clock.now() + echoWindowMs;
	}

	/** The pane changed: `dirty`, or at once while its echo is awaited. */
	paneChanged(pane: number): void {
		const now = this.#clock.now();
		const echo = pane === this.#echoPane && now < this.#echoUntil;
		if (echo && now - this.#echoed >= echoGapMs) this.#paintEcho(pane);
		this.dirty();
	}

	/** The terminal takes frames again. */
	resume(): void {
		if (!this.#waiting) return;
		this.#waiting = false;
		if (this.#lateEcho !== undefined) this.#paintEcho(this.#lateEcho);
		if (this.#dirty) this.dirty();
	}

	[Symbol.dispose](): void {
		this.#waiting = true;
		this.#cancel?.();
	}

	/** At once, or as soon as the terminal has taken the frame under way. */
	#paintEcho(pane: number): void {
		if (!this.#waiting) {
			this.#echoed = this.#clock.now();
			this.#waiting = !this.#paint(pane);
		}
		this.#lateEcho = this.#waiting ? pane : undefined;
	}

	#frame(): void {
		this.#cancel = undefined;
		this.#painted = this.#clock.now();
		if (this.#paint()) {
			this.#dirty = false;
			this.#lateEcho = undefined;
		} else this.#waiting = true;
	}
}
