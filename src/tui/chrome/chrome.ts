// Ink in front of streams of ours. In debug mode Ink writes each full frame as one string, without
// cursor movement; the frame becomes cells and is composited with the panes. The view is mounted by
// the caller, so that neither Ink nor React is loaded before the first panes are on the screen.
import { PassThrough, Writable } from 'node:stream';
import type { Grid } from '../paint/screen.ts';
import { ChromeLines } from './chrome-lines.ts';

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

/** What `render` of Ink gives back. */
export interface MountedView {
	unmount(): void;
}

export interface ChromeOptions {
	/** Drawn into; its size is the size that Ink sees. */
	readonly grid: Grid;
	/** Draws the view, usually `(options) => render(<Root />, options)`. */
	readonly mount: (options: ChromeRenderOptions) => MountedView;
	/** Hears which rows of the grid changed, after each frame that changed any. */
	readonly onChange: (rows: readonly number[]) => void;
}

/** A mounted view. Its owner disposes it. */
export class Chrome implements Disposable {
	readonly #stdout: VirtualStdout;
	readonly #stdin = new VirtualStdin();
	readonly #stderr = new VirtualStdout(80, 24, () => undefined);
	readonly #lines: ChromeLines;
	readonly #view: MountedView;

	constructor({ grid, mount, onChange }: ChromeOptions) {
		this.#lines = new ChromeLines(grid);
		this.#stdout = new VirtualStdout(grid.columns, grid.rows, (frame) => {
			const changed = this.#lines.draw(frame);
			if (changed.length > 0) onChange(changed);
		});
		this.#view = mount({
			stdout: this.#stdout,
			stdin: this.#stdin,
			stderr: this.#stderr,
			debug: true,
			interactive: true,
			patchConsole: false,
			exitOnCtrlC: false,
		});
	}

	/** To be called after the grid got its new size; Ink lays out and writes a frame at once. */
	resize(columns: number, rows: number): void {
		this.#lines.forget();
		this.#stdout.resize(columns, rows);
	}

	[Symbol.dispose](): void {
		// Ink would draw once more while it unmounts: what is on the screen is no longer its business.
		this.#stdout.mute();
		this.#view.unmount();
		this.#stdin.destroy();
		this.#stdout.destroy();
		this.#stderr.destroy();
	}
}

/**
 * Loads the view with all colours on: the library below Ink decides its colours once, from the
 * environment, when it is loaded; the emitter reduces them to what the terminal has.
 */
export async function loadWithColours<T>(load: () => Promise<T>): Promise<T> {
	const { FORCE_COLOR, NO_COLOR } = process.env;
	process.env.FORCE_COLOR = '3';
	delete process.env.NO_COLOR;
	try {
		return await load();
	} finally {
		restore('FORCE_COLOR', FORCE_COLOR);
		restore('NO_COLOR', NO_COLOR);
	}
}

function restore(name: string, value: string | undefined): void {
	if (value === undefined) delete process.env[name];
	else process.env[name] = value;
}

class VirtualStdout extends Writable {
	readonly isTTY = true;
	columns: number;
	rows: number;
	#onFrame: (frame: string) => void;

	constructor(columns: number, rows: number, onFrame: (frame: string) => void) {
		super({ decodeStrings: false });
		this.columns = columns;
		this.rows = rows;
		this.#onFrame = onFrame;
	}

	resize(columns: number, rows: number): void {
		this.columns = columns;
		this.rows = rows;
		this.emit('resize');
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
