// The lines of a recording and their numbers. A line's number is the order in which the live emulator let
// go of it: a replay from a checkpoint is the same emulator with the same bytes and sizes, so it lets go of
// the same lines. Wrapped anew at the present width they are others, and more or fewer: those in memory
// keep their numbers, and what is above is counted upwards from there, also below zero.
import type { ScreenRow } from '../protocol/rows.ts';
import type { CollectedLine } from './collected-lines.ts';
import type { Emulator } from './emulator.ts';
import { PlayedEnd } from './played-end.ts';
import {
	type RecordedSegment,
	RecordedSegments,
	readSegment,
} from './recorded-segments.ts';
import { decodeSize, RecordKind, readRecords } from './recording-format.ts';
import { Reflow, rowOf } from './reflow.ts';
import { SegmentLines } from './segment-lines.ts';

/** A recording as far as it is written by now. */
export interface OpenRecording {
	/** Oldest first. */
	readonly segments: readonly RecordedSegment[];
	/** At its end. */
	readonly emulator: Emulator;
	/** How wide its lines are wrapped; null leaves them as they were recorded. */
	readonly columns: number | null;
	/** The first line that is kept, as it was recorded. */
	readonly oldest: number;
}

/** Lines that left memory while one segment was played. */
export interface Stretch {
	readonly segment: RecordedSegment;
	/** As they were recorded. */
	readonly recorded: { readonly from: number; readonly until: number };
	readonly from: number;
	readonly until: number;
}

export interface Stretches {
	/** In ascending order, the wanted one first; all where there is none. */
	readonly stretches: readonly Stretch[];
	/** The number of the first line that is kept; a guess where not all were counted. */
	readonly first: number;
	/** Whether enough of them were counted. */
	readonly counted: boolean;
}

/** What is known of older segments is small; it is made anew where it is not. */
const known = 4096;

export class RecordedLines implements Disposable {
	readonly #segments = new RecordedSegments();
	readonly #lines = new SegmentLines();
	readonly #widths = new Map<string, ReadonlySet<number>>();
	readonly #counts = new Map<string, number>();
	/** Of the recording that was asked for last. */
	#end: PlayedEnd | undefined;

	/** Null where nothing is recorded. Throws where the directory cannot be read. */
	open(directory: string, reflow: boolean): OpenRecording | null {
		const segments = this.#segments.list(directory);
		const [first, last] = [segments[0], segments.at(-1)];
		if (!first || !last) return null;
		const emulator = this.#advance(last);
		const columns = reflow ? emulator.columns : null;
		return { segments, emulator, columns, oldest: first.place.trimmed };
	}

	/** Counts upwards to a stretch, through at most so many segments that are of another width. */
	stretches(
		opened: OpenRecording,
		isWanted: (stretch: Stretch) => boolean,
		limit = Number.POSITIVE_INFINITY,
	): Stretches {
		const { segments, emulator, oldest } = opened;
		const stretches: Stretch[] = [];
		let [until, left] = [emulator.trimmed, limit];
		let recordedUntil = until;
		for (const segment of segments.toReversed()) {
			const recorded = { from: segment.place.trimmed, until: recordedUntil };
			const isKnown = this.#knownCount(opened, segment, recorded) !== null;
			if (!isKnown && left <= 0)
				return { stretches, first: until - (recordedUntil - oldest), counted: false };
			if (!isKnown) left -= 1;
			const from = until - this.#count(opened, segment, recorded);
			const stretch = { segment, recorded, from, until };
			stretches.unshift(stretch);
			[until, recordedUntil] = [from, recorded.from];
			if (isWanted(stretch)) break;
		}
		return { stretches, first: until - (recordedUntil - oldest), counted: true };
	}

	/**
	 * Hands over all lines that the segment of a stretch knows of from its first on, with the recorded
	 * ones in which they begin; those from its end on are of the next ones.
	 */
	each(
		opened: OpenRecording,
		{ segment, recorded, from, until }: Stretch,
		take: (row: ScreenRow, begins: CollectedLine) => void,
	): void {
		const { columns } = opened;
		if (columns === null) {
			this.#eachRecorded(segment, (line) => {
				if (line.row >= recorded.from) take(rowOf(line), line);
			});
			return;
		}
		// A line that goes over the border is of the segment in which it begins.
		const { segments } = opened;
		const at = segments.findIndex(({ number }) => number === segment.number);
		const next = segments[at + 1]?.place;
		const goesOn = next !== undefined && next.columns !== columns;
		const wentOn = at > 0 && segment.place.columns !== columns;
		let reflow = new Reflow(columns, from, take);
		let place: 'before' | 'within' | 'after' = 'before';
		this.#eachRecorded(segment, (line) => {
			const { row, wrapped } = line;
			if (row < recorded.from) return;
			if (place === 'before' && wentOn && wrapped && row < segment.place.scrollback)
				return;
			if (place === 'before') place = 'within';
			if (place === 'within' && row >= recorded.until && !(goesOn && wrapped)) {
				place = 'after';
				reflow.end();
				reflow = new Reflow(columns, until, take);
			}
			reflow.add(line);
		});
		reflow.end();
	}

	/** Whether lines in memory were wrapped anew while a segment was recorded. */
	isResized(segment: RecordedSegment): boolean {
		return this.#widthsOf(segment).size > 1;
	}

	/** The line, as it was recorded, in which a line of the present width begins. */
	recordedOf(opened: OpenRecording, line: number): number {
		if (opened.columns === null || line >= opened.emulator.trimmed) return line;
		const [stretch] = this.stretches(opened, ({ from }) => from <= line).stretches;
		if (!stretch || isSame(stretch)) return line;
		let found = stretch.recorded.from;
		this.each(opened, stretch, (row, { row: begins }) => {
			if (row.row <= line) found = begins;
		});
		return found;
	}

	/** The lines of the present width in which these, as they were recorded, begin. */
	presentOf(opened: OpenRecording, lines: readonly number[]): readonly number[] {
		const least = lines.reduce(
			(one, other) => Math.min(one, other),
			opened.emulator.trimmed,
		);
		if (opened.columns === null || least >= opened.emulator.trimmed) return lines;
		const { stretches } = this.stretches(
			opened,
			({ recorded }) => recorded.from <= least,
		);
		const present = new Map<number, number>();
		for (const stretch of stretches) {
			const { from, until } = stretch.recorded;
			const wanted = lines.filter((line) => line >= from && line < until);
			if (wanted.length === 0 || isSame(stretch)) continue;
			const sought = new Set(wanted);
			this.each(opened, stretch, ({ row }, { row: begins }) => {
				if (sought.has(begins) && !present.has(begins)) present.set(begins, row);
			});
		}
		return lines.map((line) => present.get(line) ?? line);
	}

	[Symbol.dispose](): void {
		this.#end?.[Symbol.dispose]();
		this.#end = undefined;
	}

	/** The emulator at the end of the recording; goes on from where the last call ended. */
	#advance(last: RecordedSegment): Emulator {
		if (this.#end?.identity === last.identity) this.#end.goOn();
		else {
			this[Symbol.dispose]();
			this.#end = new PlayedEnd(last);
		}
		return this.#end.emulator;
	}

	#eachRecorded(segment: RecordedSegment, take: (line: CollectedLine) => void): void {
		const end = this.#end?.identity === segment.identity ? this.#end.lines() : null;
		if (end) end.forEach(take);
		else this.#lines.each(segment, take);
	}

	/** How many lines a stretch is, where that can be had without playing it. */
	#knownCount(
		{ columns }: OpenRecording,
		segment: RecordedSegment,
		{ from, until }: Stretch['recorded'],
	): number | null {
		const widths = columns === null ? null : this.#widthsOf(segment);
		if (widths === null || columns === null) return until - from;
		if (widths.size === 1 && widths.has(columns)) return until - from;
		return this.#counts.get(nameOf(segment, columns, until)) ?? null;
	}

	#count(
		opened: OpenRecording,
		segment: RecordedSegment,
		recorded: Stretch['recorded'],
	): number {
		const before = this.#knownCount(opened, segment, recorded);
		if (before !== null || opened.columns === null) return before ?? 0;
		let count = 0;
		// Whatever comes after it has another number.
		const after = Number.MAX_SAFE_INTEGER / 2;
		this.each(opened, { segment, recorded, from: 0, until: after }, ({ row }) => {
			if (row < after) count += 1;
		});
		if (this.#counts.size > known) this.#counts.clear();
		this.#counts.set(nameOf(segment, opened.columns, recorded.until), count);
		return count;
	}

	/** Of the terminal while a segment was recorded. */
	#widthsOf(segment: RecordedSegment): ReadonlySet<number> {
		if (this.#end?.identity === segment.identity) return this.#end.widths;
		const before = this.#widths.get(segment.identity);
		if (before) return before;
		const widths = new Set([segment.place.columns]);
		for (const { kind, payload } of readRecords(readSegment(segment.path)))
			if (kind === RecordKind.resize) widths.add(decodeSize(payload).columns);
		if (this.#widths.size > known) this.#widths.clear();
		this.#widths.set(segment.identity, widths);
		return widths;
	}
}

/** Its lines have the numbers that they were recorded with. */
function isSame({ from, until, recorded }: Stretch): boolean {
	return from === recorded.from && until === recorded.until;
}

/** The last segment of a recording grows. */
function nameOf({ identity }: RecordedSegment, columns: number, until: number): string {
	return `${columns} ${until} ${identity}`;
}
