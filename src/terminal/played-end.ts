// The last segment of a recording, played as far as it had been written at the last look: it goes on
// from there, and reads nothing twice.
import { type CollectedLine, CollectedLines } from './collected-lines.ts';
import type { Emulator } from './emulator.ts';
import { type RecordedSegment, readSegment } from './recorded-segments.ts';
import { readRecords } from './recording-format.ts';
import { play, playAll } from './replay.ts';

export class PlayedEnd implements Disposable {
	readonly identity: string;
	readonly emulator: Emulator;
	/** Of the terminal while it was recorded. */
	readonly widths = new Set<number>();
	readonly #path: string;
	readonly #lines = new CollectedLines();
	#offset: number;

	constructor({ path, identity, place }: RecordedSegment) {
		this.identity = identity;
		this.widths.add(place.columns);
		this.#path = path;
		const { emulator, offset } = playAll(readSegment(path), {
			keep: this.#lines.keep,
			resized: (columns) => this.widths.add(columns),
		});
		this.emulator = emulator;
		this.#offset = offset;
	}

	/** Plays what was written since. */
	goOn(): void {
		const from = this.#offset;
		for (const record of readRecords(readSegment(this.#path, from))) {
			play(this.emulator, record);
			this.widths.add(this.emulator.columns);
			this.#offset = from + record.end;
		}
	}

	/** Its lines in ascending order; null where they are too many to be kept. */
	lines(): readonly CollectedLine[] | null {
		const { rows } = this.#lines;
		return rows && [...rows, ...this.#lines.inMemory(this.emulator)];
	}

	[Symbol.dispose](): void {
		this.emulator[Symbol.dispose]();
	}
}
