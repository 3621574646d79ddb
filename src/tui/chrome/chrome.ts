// Ink in front of streams of ours. In debug mode Ink writes each full frame as one string, without
// cursor movement; the frame becomes cells and is composited with the panes. The view is mounted by
// the caller, so that neither Ink nor React is loaded before the first panes are on the screen.
import { PassThrough, Writable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import { type PacerClock, systemClock } from '../paint/pacing.ts';
import type { Grid } from '../paint/screen.ts';
import { type Backdrop, ChromeLines, type Layer } from './chrome-lines.ts';

/** What `render` of Ink takes, less what it would do to a terminal that is not its own. */
export interface ChromeRenderOptions {
	readonly stdout: NodeJS.WritableStream;
	readonly stdin: NodeJS.ReadableStream;
	readonly stderr: NodeJS.WritableStream;
	readonly debug: true;
	readonly interactive: true;
	readonly patchConsole: false;
	readonly exitOnCtrlC: false;
}

/** A view that Ink draws; it has drawn what it is told to show before `show` returns. */
export interface MountedView<Shown> {
	show(shown: Shown): void;
	unmount(): void;
}

/** What one view draws. */
export interface Part {
	/** The rows of the screen that it draws, from the top. */
	readonly rows: readonly number[];
	/** What Ink takes for the width of the terminal. */
	readonly columns: number;
}

export interface ChromeOptions<Shown extends Part> {
	readonly grid: Grid;
	/** Draws a view for the first time, usually with `render(<Root />, options)`. */
	readonly mount: (first: Shown, options: ChromeRenderOptions) => MountedView<Shown>;
	/** Hears which rows of the grid changed whenever all parts are drawn. */
	readonly onChange: (rows: readonly number[]) => void;
	readonly clock?: Pick<PacerClock, 'soon'>;
}

interface Shown<One extends Part> {
	readonly parts: readonly One[];
	readonly backdrop: Backdrop;
}

/** Views that are mounted as there are parts. The owner disposes it. */
export class Chrome<One extends Part> implements Disposable {
	readonly #options: ChromeOptions<One>;
	readonly #clock: Pick<PacerClock, 'soon'>;
	readonly #lines: ChromeLines;
	readonly #views: View<One>[] = [];
	#shown: Shown<One> | null = null;
	#cancel: (() => void) | undefined;

	constructor(options: ChromeOptions<One>) {
		this.#options = options;
		this.#clock = options.clock ?? systemClock;
		this.#lines = new ChromeLines(options.grid);
	}

	/** To be called after the grid got its new size: it stays blank until something is shown. */
	forget(): void {
		this.#lines.forget();
		this.#shown = null;
		this.#stop();
	}

	/**
	 * Draws the parts that changed, each in a turn of its own; the grid changes once all are drawn. What
	 * is shown before that takes its place.
	 */
	show(parts: readonly One[], backdrop: Backdrop): void {
		this.#shown = { parts, backdrop };
		this.#cancel ??= this.#clock.soon(() => this.#step(0));
	}

	[Symbol.dispose](): void {
		this.#stop();
		for (const view of this.#views) view[Symbol.dispose]();
	}

	/** Goes round from `first`: what changes all the time must not keep the others waiting. */
	#step(first: number): void {
		this.#cancel = undefined;
		if (!this.#shown) return;
		const { parts, backdrop } = this.#shown;
		for (const [offset] of parts.entries()) {
			const at = (first + offset) % parts.length;
			const part = parts[at];
			if (!part || !this.#draw(at, part)) continue;
			this.#cancel = this.#clock.soon(() => this.#step(at + 1));
			return;
		}
		for (const view of this.#views.splice(parts.length)) view[Symbol.dispose]();
		const changed = this.#lines.draw(this.#views, backdrop);
		if (changed.length > 0) this.#options.onChange(changed);
	}

	/** Whether there was anything to draw. */
	#draw(at: number, part: One): boolean {
		const view = this.#views[at];
		if (view) return view.show(part);
		this.#views[at] = new View(part, this.#options.mount);
		return true;
	}

	#stop(): void {
		this.#cancel?.();
		this.#cancel = undefined;
	}
}

class View<One extends Part> implements Layer, Disposable {
	readonly #stdout: VirtualStdout;
	readonly #stdin = new VirtualStdin();
	readonly #stderr = new VirtualStdout(() => undefined);
	readonly #mounted: MountedView<One>;
	#part: One;
	/** The last frame that Ink wrote. */
	#frame = '';

	constructor(part: One, mount: ChromeOptions<One>['mount']) {
		this.#part = part;
		this.#stdout = new VirtualStdout((frame) => {
			this.#frame = frame;
		});
		this.#size();
		this.#mounted = mount(part, {
			stdout: this.#stdout,
			stdin: this.#stdin,
			stderr: this.#stderr,
			debug: true,
			interactive: true,
			patchConsole: false,
			exitOnCtrlC: false,
		});
	}

	get rows(): readonly number[] {
		return this.#part.rows;
	}

	get frame(): string {
		return this.#frame;
	}

	/** False where it shows just that. */
	show(part: One): boolean {
		if (isDeepStrictEqual(part, this.#part)) return false;
		this.#part = part;
		this.#size();
		this.#mounted.show(part);
		return true;
	}

	[Symbol.dispose](): void {
		// Ink would draw once more while it unmounts: what is on the screen is no longer its business.
		this.#stdout.mute();
		this.#mounted.unmount();
		this.#stdin.destroy();
		this.#stdout.destroy();
		this.#stderr.destroy();
	}

	#size(): void {
		this.#stdout.columns = this.#part.columns;
		this.#stdout.rows = this.#part.rows.length;
	}
}

class VirtualStdout extends Writable {
	readonly isTTY = true;
	columns = 80;
	rows = 24;
	#onFrame: (frame: string) => void;

	constructor(onFrame: (frame: string) => void) {
		super({ decodeStrings: false });
		this.#onFrame = onFrame;
	}

	mute(): void {
		this.#onFrame = () => undefined;
	}

	override _write(chunk: string | Uint8Array, _encoding: string, done: () => void): void {
		this.#onFrame(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
		done();
	}
}

class VirtualStdin extends PassThrough {
	readonly isTTY = true;
	readonly isRaw = true;

	setRawMode(): this {
		return this;
	}

	ref(): this {
		return this;
	}

	unref(): this {
		return this;
	}
}
