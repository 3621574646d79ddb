// The lines that a segment of a recording knows of: those that leave memory while it is played, and
// those it ends with.
import { readFileSync } from 'node:fs';
import type { ScreenRow } from '../protocol/rows.ts';
import type { RecordedSegment } from './recorded-segments.ts';
import { playAll } from './replay.ts';

/** Whoever reads on asks for the same segment again and again. What takes more is played anew. */
const keptBytes = 64 * 1024 * 1024;
/** What a row costs beside its cells. */
const rowBytes = 256;

interface Parsed {
	readonly identity: string;
	/** The last segment of a recording grows. */
	readonly size: number;
	readonly rows: readonly ScreenRow[];
}

export class SegmentLines {
	/** The segment that was read last. */
	#parsed: Parsed | undefined;

	/** Hands over its lines in ascending order, `row` is the number of the line. */
	each({ path, identity }: RecordedSegment, take: (row: ScreenRow) => void): void {
		const bytes = readFileSync(path);
		const known = this.#parsed;
		if (known?.identity === identity && known.size === bytes.length)
			return known.rows.forEach(take);
		this.#parsed = undefined;
		const kept = new KeptRows();
		let next = 0;
		const put = (number: number, read: () => ScreenRow) => {
			// After a resize some are let go of once more.
			if (number < next) return;
			next = number + 1;
			const row = { ...read(), row: number };
			kept.add(row);
			take(row);
		};
		const { emulator } = playAll(bytes, { keep: put });
		for (const row of emulator.ring()) put(row.row, () => row);
		emulator[Symbol.dispose]();
		if (kept.rows) this.#parsed = { identity, size: bytes.length, rows: kept.rows };
	}
}

/** All rows, or none once they are too many. */
class KeptRows {
	rows: ScreenRow[] | undefined = [];
	#bytes = 0;

	add(row: ScreenRow): void {
		const more = row.clusters.length + row.underlines.length + row.links.length;
		this.#bytes += row.cells.byteLength + rowBytes + more * rowBytes;
		if (this.#bytes > keptBytes) this.rows = undefined;
		this.rows?.push(row);
	}
}
