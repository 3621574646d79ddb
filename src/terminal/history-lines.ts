// What is asked of the lines above a screen, and the answer as it grows within its bounds.
import { cellWords, type ScreenRow } from '../protocol/rows.ts';

export interface HistoryRequest {
	/** The directory of one recording. */
	readonly directory: string;
	/** The first line wanted; 0 is the oldest ever printed. */
	readonly from: number;
	readonly count: number;
	/** Lines that are wider are cut. */
	readonly columns?: number | undefined;
	/** Wrapped as the lines in memory are; numbers are those of the lines wrapped so. */
	readonly reflow?: boolean | undefined;
}

export interface HistoryLines {
	/** The number of the line that a row 0 would be; a row counts from it. */
	readonly from: number;
	/** Lines above the screen at the end of the recording. */
	readonly total: number;
	/** Lines at the beginning that are no longer kept. */
	readonly dropped: number;
	/** The number of the first line that is kept; a guess as long as not all above were counted. */
	readonly first?: number;
	/** The lines that are kept; fewer than asked for where they would be too many bytes. */
	readonly rows: readonly ScreenRow[];
}

/** Leaves room in one frame of a megabyte. */
const answerBytes = 768 * 1024;

/** Collects the rows of a request, within its bounds. */
export class LinesAnswer {
	readonly rows: ScreenRow[] = [];
	readonly #from: number;
	readonly #columns: number;
	#until: number;
	#bytes = 0;

	constructor(request: HistoryRequest, total: number) {
		this.#from = request.from;
		this.#until = Math.min(request.from + request.count, total);
		this.#columns = request.columns ?? Number.POSITIVE_INFINITY;
	}

	wants(from: number, until: number): boolean {
		return until > this.#from && from < this.#until;
	}

	/** Numbers come in ascending order; a line that was there already is passed over. */
	put(line: ScreenRow): void {
		const number = line.row;
		const expected = this.#from + (this.rows.at(-1)?.row ?? -1) + 1;
		if (number < expected || number >= this.#until) return;
		const row = cut(line, this.#columns);
		this.#bytes += row.cells.byteLength + row.links.length * 64;
		this.rows.push({ ...row, row: number - this.#from });
		if (this.#bytes >= answerBytes) this.#until = number + 1;
	}
}

/** A row no wider than `columns`; a wide character that is cut in half becomes a blank. */
function cut(row: ScreenRow, columns: number): ScreenRow {
	if (row.cells.length <= columns * cellWords) return row;
	const cells = row.cells.slice(0, columns * cellWords);
	const last = (columns - 1) * cellWords;
	if ((cells[last] ?? 0) >>> 22 === 2) cells[last] = 1 << 22;
	const within = ([column]: readonly [number, string]) => column < columns;
	return {
		...row,
		cells,
		clusters: row.clusters.filter(within),
		underlines: row.underlines.filter((run) => run.column < columns),
		links: row.links.filter(within),
	};
}
