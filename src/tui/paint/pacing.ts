// When to paint: at once after idle, then at the frame rate, or slower where frames are so large that
// a second of them would be more than a line to a far terminal takes; the focused pane's answer to a
// key does not wait for the frame.
import { ByteAllowance } from './byte-allowance.ts';

const frameMs = 1000 / 60;
/** How long after a key the pane's next output counts as its echo. */
const echoWindowMs = 60;
/** Echoes are painted at least this far apart. */
const echoGapMs = 2;
/** Together at most a megabyte: echoes have a share of their own, which no flood takes from them. */
const frameBytes = 800_000;
const echoBytes = 150_000;

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
 * Paints all that is dirty, or only one pane; answers how many bytes it sent. Null when the terminal
 * was busy: the pacer then waits for `resume`.
 */
export type Paint = (only?: number) => number | null;

export class Pacer implements Disposable {
	readonly #paint: Paint;
	readonly #clock: PacerClock;
	readonly #frames = new ByteAllowance(frameBytes);
	readonly #echoes = new ByteAllowance(echoBytes);
	/** Where what was sent last was counted. */
	#counted = this.#frames;
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
		const now = this.#clock.now();
		const wait = Math.max(this.#painted + frameMs - now, this.#frames.wait(now));
		const frame = () => this.#frame();
		this.#cancel = wait > 0 ? this.#clock.after(wait, frame) : this.#clock.soon(frame);
	}

	/** Paints what waits for its frame: the caller is about to hold the loop. */
	paintNow(): void {
		if (!this.#dirty || this.#waiting) return;
		this.#cancel?.();
		this.#frame();
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
		this.#counted.settled(this.#clock.now());
		if (!this.#waiting) return;
		this.#waiting = false;
		if (this.#lateEcho !== undefined) this.#paintEcho(this.#lateEcho);
		if (this.#dirty) this.dirty();
	}

	[Symbol.dispose](): void {
		this.#waiting = true;
		this.#cancel?.();
	}

	/**
	 * At once, or as soon as the terminal has taken the frame under way; not beyond the share of echoes,
	 * but for what frames leave of theirs.
	 */
	#paintEcho(pane: number): void {
		const now = this.#clock.now();
		const share = [this.#echoes, this.#frames].find((one) => one.wait(now) === 0);
		if (!this.#waiting && share) {
			this.#echoed = now;
			this.#send(share, pane);
		}
		this.#lateEcho = this.#waiting ? pane : undefined;
	}

	#frame(): void {
		this.#cancel = undefined;
		this.#painted = this.#clock.now();
		if (!this.#send(this.#frames)) return;
		this.#dirty = false;
		this.#lateEcho = undefined;
	}

	#send(allowance: ByteAllowance, only?: number): boolean {
		const bytes = this.#paint(only);
		if (bytes === null) {
			this.#waiting = true;
			return false;
		}
		this.#counted = allowance;
		allowance.took(bytes, this.#clock.now());
		return true;
	}
}
