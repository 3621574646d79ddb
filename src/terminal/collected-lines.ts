// The lines that an emulator lets go of while a segment is played, for who asks for them again.
import type { ScreenRow } from '../protocol/rows.ts';
import type { Emulator } from './emulator.ts';

/** What takes more is played anew each time. */
const keptBytes = 64 * 1024 * 1024;
/** What a row costs beside its cells. */
const rowBytes = 256;

export class CollectedLines {
	/** Null once they are too many. */
	#rows: ScreenRow[] | null = [];
	#bytes = 0;
	#next = 0;
	readonly #take: ((row: ScreenRow) => void) | undefined;

	/** `take` is handed each line as it comes. */
	constructor(take?: (row: ScreenRow) => void) {
		this.#take = take;
	}

	/** In ascending order, `row` is the number of the line; null where they were too many. */
	get rows(): readonly ScreenRow[] | null {
		return this.#rows;
	}

	/** A line that leaves memory; as `keep` of an emulator. */
	readonly keep = (number: number, read: () => ScreenRow): void => {
		// After a resize some are let go of once more.
		if (number < this.#next) return;
		this.#next = number + 1;
		const row = { ...read(), row: number };
		const more = row.clusters.length + row.underlines.length + row.links.length;
		this.#bytes += row.cells.byteLength + rowBytes + more * rowBytes;
		if (this.#bytes > keptBytes) this.#rows = null;
		this.#rows?.push(row);
		this.#take?.(row);
	};

	/** The lines that the emulator still has, after those that it let go of. */
	inMemory(emulator: Emulator): readonly ScreenRow[] {
		return emulator.ring().filter(({ row }) => row >= this.#next);
	}
}
