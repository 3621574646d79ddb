// Gets a pane going again whose emulator did not return: the program is not read meanwhile, its screen
// comes back from the recording, and the bytes that hung are skipped. The program itself lives on; it
// waits for its terminal as it would for a slow one.
import type { Emulator } from '../terminal/emulator.ts';
import type { History } from '../terminal/history.ts';
import type { Pty } from '../terminal/pty.ts';
import type { Recording } from './recording.ts';

export interface RecoveryOptions {
	readonly emulator: Emulator;
	readonly terminal: Pick<Pty, 'hold' | 'redraw' | 'release'>;
	/** Null where the pane is not recorded: then its screen stays empty. */
	readonly recording: Recording | null;
	readonly history: History;
	readonly log: (line: string) => void;
	/** The screen is there again. */
	readonly done: () => void;
}

/**
 * A program that hangs its emulator on purpose stops its neighbours each time: it is read again after
 * a second, after two, four and so on.
 */
const firstPauseMs = 1000;
const pauseLimitMs = 30_000;

export class Recovery implements Disposable {
	readonly #options: RecoveryOptions;
	#count = 0;
	#pause: NodeJS.Timeout | undefined;
	#disposed = false;

	constructor(options: RecoveryOptions) {
		this.#options = options;
	}

	/** So many bytes could not be parsed. Does not reject. */
	async begin(skipped: number): Promise<void> {
		const { emulator, terminal, recording, log, done } = this.#options;
		terminal.hold();
		this.#count += 1;
		log(`an emulator did not return: ${skipped} bytes of output are skipped`);
		const kept = recording && (await this.#readEnd(recording));
		if (this.#disposed) return;
		try {
			if (kept) emulator.restart(kept);
		} catch (error) {
			log(`its screen cannot be had back: ${String(error)}`);
		}
		// From here on the recording is of this screen, whether it came back or not.
		recording?.recorder.beginAnew();
		done();
		const pause = Math.min(pauseLimitMs, firstPauseMs * 2 ** (this.#count - 1));
		this.#pause = setTimeout(() => {
			terminal.release();
			terminal.redraw();
		}, pause);
	}

	[Symbol.dispose](): void {
		this.#disposed = true;
		clearTimeout(this.#pause);
	}

	/** A checkpoint of what the recording ends with; null where it is not what was shown. */
	async #readEnd({ folder, recorder }: Recording): Promise<Uint8Array | null> {
		const { history, log } = this.#options;
		await recorder.settled();
		if (!recorder.whole) return null;
		const end = await history.end(folder.path);
		if (end.ok) return end.value;
		log(`its screen cannot be had back: ${end.refusal.message}`);
		return null;
	}
}
