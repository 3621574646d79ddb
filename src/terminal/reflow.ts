// Lines of a recording wrapped anew at another width, as the emulator does it with those in memory: what
// was wrapped is one line again and is wrapped where the new edge is.
import { cellWords, type ScreenRow } from '../protocol/rows.ts';
import type { CollectedLine } from './collected-lines.ts';

/** Rows that are joined at most: a program may print without end of line. */
const joinedRows = 1000;
const blank = 1 << 22;

export class Reflow {
	readonly #columns: number;
	readonly #take: (row: ScreenRow, from: CollectedLine) => void;
	#next: number;
	#joined: CollectedLine[] = [];

	/** Rows are numbered from `first` on, and handed over with the one in which they begin. */
	constructor(
		columns: number,
		first: number,
		take: (row: ScreenRow, from: CollectedLine) => void,
	) {
		this.#columns = columns;
		this.#next = first;
		this.#take = take;
	}

	add(line: CollectedLine): void {
		const [first] = this.#joined;
		const joins = first && line.wrapped && line.columns === first.columns;
		if (!joins || this.#joined.length >= joinedRows) this.end();
		this.#joined.push(line);
	}

	/** What comes next begins a row of its own. */
	end(): void {
		const joined = this.#joined;
		this.#joined = [];
		const [first] = joined;
		if (first?.columns === this.#columns)
			for (const line of joined) this.#put(rowOf(line), line);
		else if (first) this.#wrap(joined, first);
	}

	#wrap(joined: readonly CollectedLine[], first: CollectedLine): void {
		const lengths = joined.map((line, at) => lengthOf(line, joined[at + 1]));
		const starts: number[] = [];
		let total = 0;
		for (const length of lengths) {
			starts.push(total);
			total += length;
		}
		const cells = new Uint32Array(total * cellWords);
		for (let at = 0; at < cells.length; at += cellWords) cells[at] = blank;
		for (const [at, line] of joined.entries())
			cells.set(line.cells, (starts[at] ?? 0) * cellWords);
		const moved = <T>(sides: (line: CollectedLine) => readonly T[], by: Moved<T>) =>
			joined.flatMap((line, at) => sides(line).map((side) => by(side, starts[at] ?? 0)));
		const clusters = moved(({ clusters: some }) => some, movedPair);
		const links = moved(({ links: some }) => some, movedPair);
		const underlines = moved(
			({ underlines: some }) => some,
			(run, start) => ({ ...run, column: run.column + start }),
		);
		let from = 0;
		do {
			const to = this.#edge(cells, from, total);
			const within = (column: number) => column >= from && column < to;
			const back = -from;
			const begins = joined[starts.findLastIndex((start) => start <= from)] ?? first;
			this.#put(
				{
					row: 0,
					wrapped: from > 0 || first.wrapped,
					cells: trimmed(cells.slice(from * cellWords, to * cellWords)),
					clusters: clusters
						.filter(([at]) => within(at))
						.map((one) => movedPair(one, back)),
					links: links.filter(([at]) => within(at)).map((one) => movedPair(one, back)),
					underlines: underlines
						.filter(({ column }) => within(column))
						.map((run) => ({ ...run, column: run.column - from })),
				},
				begins,
			);
			from = to;
		} while (from < total);
	}

	/** Where the row that begins at a cell ends: a wide character is not cut in half. */
	#edge(cells: Uint32Array, from: number, total: number): number {
		const to = from + this.#columns;
		if (to >= total) return total;
		return isWide(cells, to - 1) ? to - 1 : to;
	}

	#put(row: ScreenRow, from: CollectedLine): void {
		this.#take({ ...row, row: this.#next }, from);
		this.#next += 1;
	}
}

/** The row alone. */
export function rowOf(line: CollectedLine): ScreenRow {
	const { row, wrapped, cells, clusters, underlines, links } = line;
	return { row, wrapped, cells, clusters, underlines, links };
}

type Moved<T> = (side: T, by: number) => T;

function movedPair<T>([column, value]: readonly [number, T], by: number) {
	return [column + by, value] as const;
}

/** Cells of a row that belong to its line: all but where a wide character had no room. */
function lengthOf(line: CollectedLine, next: CollectedLine | undefined): number {
	const written = line.cells.length / cellWords;
	if (!next) return written;
	const room = written < line.columns && isWide(next.cells, 0);
	return room ? line.columns - 1 : line.columns;
}

function isWide(cells: Uint32Array, column: number): boolean {
	return ((cells[column * cellWords] ?? 0) >>> 22) % 4 === 2;
}

/** Without the blank cells at its end. */
function trimmed(cells: Uint32Array): Uint32Array {
	let end = cells.length;
	while (end > 0 && cells[end - 3] === blank && !cells[end - 2] && !cells[end - 1])
		end -= cellWords;
	return cells.subarray(0, end);
}
