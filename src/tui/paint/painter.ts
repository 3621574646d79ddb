// Composition, encoding, pacing and writing as one thing: tell it what changed, it keeps the
// terminal's screen equal to the composition.
import { type Closer, Lifetime } from '../../lib/lifetime.ts';
import type { RowsPush } from '../../protocol/rows.ts';
import { Compositor } from './compositor.ts';
import { type EmitOptions, Emitter, fullTerminal } from './emit.ts';
import { Pacer, type PacerClock, systemClock } from './pacing.ts';
import { TerminalWriter } from './writer.ts';

/** A program that began an update and does not end it is shown after this time. */
const heldMs = 150;
const spinMs = 250;
/** Bytes of control sequences that wait for a frame. */
const controlLimit = 1 << 20;

export interface PainterOptions {
	readonly fd: number;
	readonly columns: number;
	readonly rows: number;
	readonly terminal?: EmitOptions;
	readonly clock?: PacerClock;
	/** Without it spinners stand still. */
	readonly motion?: boolean;
	/** A push of this pane is missing: ask its holder for a full set. */
	readonly onLost: (pane: number) => void;
	/** So many bytes were handed to the terminal. */
	readonly onPainted?: (bytes: number) => void;
	/** The terminal is gone. */
	readonly onGone: (error: Error) => void;
}

export class Painter implements AsyncDisposable {
	/** Change it, then call `changed`; pushes go through `push`. */
	readonly compositor: Compositor;
	readonly #emitter: Emitter;
	readonly #pacer: Pacer;
	readonly #writer: TerminalWriter;
	readonly #lifetime = new Lifetime();
	readonly #options: PainterOptions;
	readonly #holds = new Map<number, Closer>();
	#controls: string[] = [];
	#controlSize = 0;
	#suspended = false;
	#held = false;
	#spinning: Closer | undefined;

	constructor(options: PainterOptions) {
		const { fd, columns, rows, onGone } = options;
		this.#options = options;
		this.compositor = this.#lifetime.add(new Compositor(columns, rows));
		this.#emitter = this.#lifetime.add(
			new Emitter(this.compositor.table, options.terminal ?? fullTerminal),
		);
		const onReady = () => this.#pacer.resume();
		this.#writer = this.#lifetime.add(new TerminalWriter({ fd, onReady, onGone }));
		const paint = (only?: number) => this.#paint(only);
		this.#pacer = this.#lifetime.add(new Pacer(paint, options.clock ?? systemClock));
	}

	/** Takes what a holder pushed and has it painted. */
	push(push: RowsPush): void {
		const { pane } = push;
		const pushed = this.compositor.push(push);
		if (pushed === 'lost') return this.#options.onLost(pane);
		if (pushed === 'held') return this.#hold(pane);
		void this.#holds.get(pane)?.();
		this.#holds.delete(pane);
		// The cursor may have moved although no row changed.
		if (pushed === 'shown') this.#pacer.paneChanged(pane);
	}

	/** The compositor was changed by other means than `push`. */
	changed(): void {
		this.#pacer.dirty();
		this.#spin();
	}

	/**
	 * Sends a control sequence of our own (title, mouse mode, clipboard) between two frames. False
	 * when too much waits already.
	 */
	send(control: string): boolean {
		if (this.#controlSize + control.length > controlLimit) return false;
		this.#controls.push(control);
		this.#controlSize += control.length;
		this.#pacer.dirty();
		return true;
	}

	/** Resolves when the last frame is out, at the latest after so many milliseconds. */
	drained(milliseconds: number): Promise<void> {
		return this.#writer.drained(milliseconds);
	}

	/** Paints what waits for its frame: the caller is about to hold the loop. */
	paintNow(): void {
		this.#pacer.paintNow();
	}

	/** A key was sent to the pane: its echo is painted without waiting for the frame. */
	urgent(pane: number): void {
		this.#pacer.urgent(pane);
	}

	resize(columns: number, rows: number): void {
		this.compositor.resize(columns, rows);
		this.repaint();
	}

	/** The terminal lost its content: the whole screen is drawn anew. */
	repaint(): void {
		this.#emitter.invalidate();
		this.changed();
	}

	/** What the terminal shows stays until `release`: a part of the next frame is still to come. */
	hold(): void {
		this.#held = true;
	}

	release(): void {
		if (!this.#held) return;
		this.#held = false;
		this.#pacer.resume();
	}

	/** While another program has the terminal nothing is written; afterwards all is drawn anew. */
	suspend(): void {
		this.#suspended = true;
	}

	resume(): void {
		this.#suspended = false;
		this.#pacer.resume();
		this.repaint();
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.#lifetime.close();
	}

	#paint(only: number | undefined): number | null {
		if (this.#suspended || this.#held || !this.#writer.ready) return null;
		const { grid, rows, cursor } = this.compositor.compose(only);
		const frame = this.#emitter.frame(grid, rows, cursor);
		const bytes = this.#withControls(frame);
		if (bytes) {
			this.#writer.submit(bytes);
			this.#options.onPainted?.(bytes.length);
		}
		return bytes?.length ?? 0;
	}

	#withControls(frame: Uint8Array | undefined): Uint8Array | undefined {
		if (this.#controls.length === 0) return frame;
		const controls = Buffer.from(this.#controls.join(''));
		this.#controls = [];
		this.#controlSize = 0;
		return frame ? Buffer.concat([controls, frame]) : controls;
	}

	#hold(pane: number): void {
		if (this.#holds.has(pane)) return;
		const show = () => {
			this.#holds.delete(pane);
			this.compositor.release(pane);
			this.#pacer.paneChanged(pane);
		};
		this.#holds.set(pane, this.#lifetime.timer(heldMs, show));
	}

	// Runs while there are spinners, and only then.
	#spin(): void {
		if (this.#spinning || this.#options.motion === false) return;
		if (!this.compositor.hasSpinners) return;
		this.#spinning = this.#lifetime.interval(spinMs, () => {
			if (this.compositor.spin()) this.#pacer.dirty();
			else this.#stopSpinning();
		});
	}

	#stopSpinning(): void {
		void this.#spinning?.();
		this.#spinning = undefined;
	}
}
