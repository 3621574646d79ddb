// The lines that an emulator lets go of while a segment is played, for who asks for them again.
import type { ScreenRow } from '../protocol/rows.ts';
import type { Emulator } from './emulator.ts';

/** What takes more is played anew each time. */
const keptBytes = 64 * 1024 * 1024;
/** What a row costs beside its cells. */
const rowBytes = 256;

/** A line as it left memory; `row` is its number. */
export interface CollectedLine extends ScreenRow {
	/** Of the terminal then. */
	readonly columns: number;
}

export class CollectedLines {
	/** Null once they are too many. */
	#rows: CollectedLine[] | null = [];
	#bytes = 0;
	#next = 0;
	readonly #take: ((line: CollectedLine) => void) | undefined;

	/** `take` is handed each line as it comes. */
	constructor(take?: (line: CollectedLine) => void) {
		this.#take = take;
	}

	/** In ascending order; null where they were too many. */
	get rows(): readonly CollectedLine[] | null {
		return this.#rows;
	}

	/** A line that leaves memory; as `keep` of an emulator. */
	readonly keep = (number: number, read: () => ScreenRow, columns: number): void => {
		// After a resize some are let go of once more.
		if (number < this.#next) return;
		this.#next = number + 1;
		const row = { ...read(), row: number, columns };
		const more = row.clusters.length + row.underlines.length + row.links.length;
		this.#bytes += row.cells.byteLength + rowBytes + more * rowBytes;
		if (this.#bytes > keptBytes) this.#rows = null;
		this.#rows?.push(row);
		this.#take?.(row);
	};

	/** The lines that the emulator still has, after those that it let go of. */
	inMemory(emulator: Emulator): readonly CollectedLine[] {
		const { columns } = emulator;
		return emulator.ring().flatMap((row) => {
			return row.row < this.#next ? [] : [{ ...row, columns }];
		});
	}
}
