// The lines that a segment of a recording knows of: those that leave memory while it is played, and
// those it ends with.
import { type CollectedLine, CollectedLines } from './collected-lines.ts';
import { type RecordedSegment, readSegment, sizeOf } from './recorded-segments.ts';
import { playAll } from './replay.ts';

interface Parsed {
	readonly identity: string;
	/** One that was read while it was the last may have grown. */
	readonly size: number;
	readonly rows: readonly CollectedLine[];
}

export class SegmentLines {
	/** The segment that was read last: whoever reads on asks for it again and again. */
	#parsed: Parsed | undefined;

	/** Hands over its lines in ascending order. */
	each({ path, identity }: RecordedSegment, take: (line: CollectedLine) => void): void {
		const known = this.#parsed;
		if (known?.identity === identity && known.size === sizeOf(path))
			return known.rows.forEach(take);
		this.#parsed = undefined;
		const bytes = readSegment(path);
		const lines = new CollectedLines(take);
		const { emulator } = playAll(bytes, lines);
		const rest = lines.inMemory(emulator);
		emulator[Symbol.dispose]();
		rest.forEach(take);
		if (lines.rows)
			this.#parsed = { identity, size: bytes.length, rows: [...lines.rows, ...rest] };
	}
}
