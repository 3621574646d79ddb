// Lines above the screen, out of a recording. A line's number is the order in which the live emulator
// let go of it: a replay from a checkpoint is the same emulator with the same bytes and sizes, so it
// lets go of the same lines. Synchronous and meant for a thread of its own (see `history`).
import {
	closeSync,
	openSync,
	readdirSync,
	readFileSync,
	readSync,
	statSync,
} from 'node:fs';
import { join } from 'node:path';
import { cellWords, type ScreenRow } from '../protocol/rows.ts';
import { type CheckpointPlace, placeOf, unpackCheckpoint } from './checkpoint.ts';
import { Emulator, type EmulatorOptions } from './emulator.ts';
import { findIn, type SearchAnswer, type SearchRequest } from './history-search.ts';
import type { PromptAnswer, PromptRequest } from './prompt-lines.ts';
import {
	decodeSize,
	type Recorded,
	RecordKind,
	readRecords,
	segmentNumber,
} from './recording-format.ts';
import {
	isMoment,
	looksDifferent,
	marksOf,
	type PastScreen,
	type ScreenRequest,
} from './screen-steps.ts';
import type { KeepLine } from './xterm/engine.ts';

export interface HistoryRequest {
	/** The directory of one recording. */
	readonly directory: string;
	/** The first line wanted; 0 is the oldest ever printed. */
	readonly from: number;
	readonly count: number;
	/** Lines that are wider are cut. */
	readonly columns?: number | undefined;
}

export interface HistoryLines {
	/** The number of the line that a row 0 would be; a row counts from it. */
	readonly from: number;
	/** Lines above the screen at the end of the recording. */
	readonly total: number;
	/** Lines at the beginning that are no longer kept. */
	readonly dropped: number;
	/** The lines that are kept; fewer than asked for where they would be too many bytes. */
	readonly rows: readonly ScreenRow[];
}

interface Segment {
	readonly number: number;
	readonly path: string;
	readonly identity: string;
	readonly place: CheckpointPlace;
}

/** The end of a recording, as far as it has been read. */
interface Tail {
	readonly identity: string;
	readonly emulator: Emulator;
	offset: number;
}

/** Leaves room in one frame of a megabyte. */
const answerBytes = 768 * 1024;
const placesKept = 4096;
/** Segments that are gone through for another screen. */
const segmentsAtOnce = 8;
/** Segments that are gone through for a prompt, until the next answer. */
const promptSegments = 16;
/** Lines of a segment that are in memory at once while it is searched. */
const linesAtOnce = 1000;

export class HistoryReader {
	/** One spare emulator, at the end of the recording that was asked for last. */
	#tail: Tail | undefined;
	#places = new Map<string, CheckpointPlace>();

	/** Throws where the directory cannot be read. */
	read(request: HistoryRequest): HistoryLines {
		const segments = this.#segments(request.directory);
		const last = segments.at(-1);
		const [first] = segments;
		if (!last || !first) return { from: request.from, total: 0, dropped: 0, rows: [] };
		const end = this.#advance(last);
		const answer = new Answer(request, end.scrollback);
		for (const [index, segment] of segments.entries()) {
			const next = segments[index + 1];
			const until = next ? next.place.trimmed : end.trimmed;
			if (answer.wants(segment.place.trimmed, until))
				this.#replay(segment, until, answer);
		}
		for (const row of end.ring()) answer.put(row.row, () => row);
		return {
			from: request.from,
			total: end.scrollback,
			dropped: first.place.trimmed,
			rows: answer.rows,
		};
	}

	/**
	 * A checkpoint of the emulator at the end of a recording; null where there is none. Throws where
	 * the directory cannot be read.
	 */
	end(directory: string): Uint8Array | null {
		const last = this.#segments(directory).at(-1);
		return last ? this.#advance(last).checkpoint() : null;
	}

	/** The next match within one segment; throws where the directory cannot be read. */
	search(request: SearchRequest): SearchAnswer {
		const segments = this.#segments(request.directory);
		const last = segments.at(-1);
		const [first] = segments;
		if (!last || !first) return { found: null, next: null, total: 0, dropped: 0 };
		const end = this.#advance(last);
		const { direction, from } = request;
		const dropped = first.place.trimmed;
		const total = end.scrollback;
		// Upwards it begins before the cell, which may be the first of its segment.
		const within = from.line - (direction === 'up' && from.column === 0 ? 1 : 0);
		const line = Math.max(dropped, Math.min(within, total - 1));
		const at = Math.max(
			0,
			segments.findLastIndex(({ place }) => place.trimmed <= line),
		);
		const segment = segments[at] ?? last;
		const until = segments[at + 1]?.place.trimmed ?? total;
		let found: SearchAnswer['found'] = null;
		this.#eachLines(segment, until, (rows) => {
			if (direction === 'up' || !found) found = findIn(rows, request, until) ?? found;
		});
		const edge = direction === 'down' ? until : segment.place.trimmed;
		const isLast = direction === 'down' ? edge >= total : edge <= dropped;
		const next = found || isLast ? null : { line: edge, column: 0 };
		return { found, next, total, dropped };
	}

	/**
	 * The nearest moment before or after a time at which the screen looked different; null where
	 * nothing is recorded there. Throws where the directory cannot be read.
	 */
	screen({ directory, time, direction }: ScreenRequest): PastScreen | null {
		const segments = this.#segments(directory).map(({ path }) => path);
		const earlier = direction === 'earlier';
		const at = segments.findLastIndex((path) => {
			const since = timeOf(path);
			return earlier ? since < time : since <= time;
		});
		const segment = segments[at];
		if (segment === undefined) return null;
		let shown: readonly number[] = [];
		for (const moment of momentsOf(segment))
			if (moment.time <= time) shown = marksOf(moment.rows);
		let seen: PastScreen | null = null;
		const way = earlier ? segments.slice(0, at + 1).toReversed() : segments.slice(at);
		for (const path of way.slice(0, segmentsAtOnce)) {
			let found: PastScreen | null = null;
			for (const moment of momentsOf(path)) {
				if (earlier ? moment.time >= time : moment.time <= time) continue;
				if (!earlier || !found) seen = moment;
				if (!looksDifferent(shown, marksOf(moment.rows))) continue;
				if (!earlier) return moment;
				found = moment;
			}
			if (found) return found;
		}
		// So much that looks the same is gone through in steps.
		return way.length > segmentsAtOnce ? seen : null;
	}

	/**
	 * The nearest line before or after one at which a prompt begins. Throws where the directory cannot
	 * be read.
	 */
	prompt({ directory, line, direction, from }: PromptRequest): PromptAnswer {
		const segments = this.#segments(directory);
		const up = direction === 'up';
		// The last segment that may hold one above; the last one before which there is none below.
		const begin = segments.findLastIndex(({ place }) =>
			up ? place.trimmed <= line : place.scrollback + place.rows <= line,
		);
		const asked = segments.findIndex(({ number }) => number === from);
		const at = Math.max(0, asked >= 0 ? asked : begin);
		const way = up ? segments.slice(0, at + 1).toReversed() : segments.slice(at);
		for (const { path } of way.slice(0, promptSegments)) {
			const lines = promptsOf(path).filter((one) => (up ? one < line : one > line));
			if (lines.length > 0)
				return { line: lines.reduce(up ? larger : smaller), next: null };
		}
		return { line: null, next: way[promptSegments]?.number ?? null };
	}

	close(): void {
		this.#tail?.emulator[Symbol.dispose]();
		this.#tail = undefined;
	}

	/** Segments with a readable checkpoint, oldest first. */
	#segments(directory: string): Segment[] {
		return readdirSync(directory)
			.map((name) => ({ name, number: segmentNumber(name) }))
			.filter(({ number }) => number !== null)
			.sort((one, other) => Number(one.number) - Number(other.number))
			.flatMap(({ name, number }) => {
				const path = join(directory, name);
				const identity = identityOf(path);
				const place = this.#place(path, identity);
				return place ? [{ number: Number(number), path, identity, place }] : [];
			});
	}

	#place(path: string, identity: string): CheckpointPlace | null {
		const known = this.#places.get(identity);
		if (known) return known;
		const place = readPlace(path);
		if (place) this.#places.set(identity, place);
		if (this.#places.size > placesKept) this.#places.clear();
		return place;
	}

	/** The emulator at the end of the recording; goes on from where the last call ended. */
	#advance(last: Segment): Emulator {
		const bytes = readFileSync(last.path);
		const known = this.#tail;
		if (known?.identity === last.identity && known.offset <= bytes.length) {
			for (const record of readRecords(bytes, known.offset)) {
				play(known.emulator, record);
				known.offset = record.end;
			}
			return known.emulator;
		}
		this.close();
		const { emulator, offset } = playAll(bytes);
		this.#tail = { identity: last.identity, emulator, offset };
		return emulator;
	}

	/**
	 * The lines below `until` that a segment knows of, by number, some at a time; with those that the
	 * last one was wrapped over.
	 */
	#eachLines(
		segment: Segment,
		until: number,
		take: (rows: readonly ScreenRow[]) => void,
	): void {
		let rows: ScreenRow[] = [];
		let expected = segment.place.trimmed;
		let complete = false;
		const put = (number: number, read: () => ScreenRow) => {
			if (number < expected || complete) return;
			const row = { ...read(), row: number };
			complete = number >= until && !row.wrapped;
			if (complete) return;
			expected = number + 1;
			// Between two lines where possible: what is wrapped belongs together.
			if (rows.length >= (row.wrapped ? linesAtOnce * 2 : linesAtOnce)) {
				take(rows);
				rows = [];
			}
			rows.push(row);
		};
		const { emulator } = playAll(readFileSync(segment.path), { keep: put });
		for (const row of emulator.ring()) put(row.row, () => row);
		emulator[Symbol.dispose]();
		take(rows);
	}

	/** The lines that leave memory within a segment, and those it ends with, below `until`. */
	#replay(segment: Segment, until: number, answer: Answer): void {
		const keep: KeepLine = (number, read) => {
			if (number < until) answer.put(number, read);
		};
		const { emulator } = playAll(readFileSync(segment.path), { keep });
		for (const row of emulator.ring())
			if (row.row < until) answer.put(row.row, () => row);
		emulator[Symbol.dispose]();
	}
}

/** Collects the rows of a request, within its bounds. */
class Answer {
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
	put(number: number, read: () => ScreenRow): void {
		const expected = this.#from + (this.rows.at(-1)?.row ?? -1) + 1;
		if (number < expected || number >= this.#until) return;
		const row = cut(read(), this.#columns);
		this.#bytes += row.cells.byteLength + row.links.length * 64;
		this.rows.push({ ...row, row: number - this.#from });
		if (this.#bytes >= answerBytes) this.#until = number + 1;
	}
}

/** A name may be used again for another recording. */
function identityOf(path: string): string {
	const { ino, birthtimeMs } = statSync(path);
	return `${path} ${ino} ${birthtimeMs}`;
}

function readPlace(path: string): CheckpointPlace | null {
	const head = Buffer.alloc(64);
	const file = openSync(path, 'r');
	const length = readSync(file, head);
	closeSync(file);
	// The record's header is before the checkpoint; the checksum is tested when it is replayed.
	if (length < 17 + 20 || head.readUInt8(8) !== RecordKind.checkpoint) return null;
	return placeOf(head.subarray(17));
}

/** When a segment began. */
function timeOf(path: string): number {
	const head = Buffer.alloc(17);
	const file = openSync(path, 'r');
	readSync(file, head);
	closeSync(file);
	return Number(head.readBigUInt64LE(9));
}

/** The lines of a segment at which prompts begin. */
function promptsOf(path: string): readonly number[] {
	const prompts: { line: number; readonly lineNow: () => number | null }[] = [];
	const prompted = (lineNow: () => number | null) => {
		const line = lineNow();
		if (line !== null && prompts.at(-1)?.line !== line) prompts.push({ line, lineNow });
	};
	// Lines are wrapped anew, and those in memory have other numbers.
	const resized = () => {
		for (const prompt of prompts) prompt.line = prompt.lineNow() ?? prompt.line;
	};
	playAll(readFileSync(path), { prompted, resized }).emulator[Symbol.dispose]();
	return prompts.map(({ line }) => line);
}

function larger(one: number, other: number): number {
	return Math.max(one, other);
}

function smaller(one: number, other: number): number {
	return Math.min(one, other);
}

/** The moments of a segment, from its checkpoint on. */
function* momentsOf(path: string): Generator<PastScreen> {
	const records = [...readRecords(readFileSync(path))];
	const [first] = records;
	if (!first) return;
	const emulator = Emulator.fromCheckpoint(unpackCheckpoint(first.payload));
	try {
		let last = Number.NEGATIVE_INFINITY;
		for (const [at, record] of records.entries()) {
			const { time } = record;
			play(emulator, record);
			if (at > 0 && !isMoment(time, records[at + 1]?.time ?? null, last)) continue;
			last = time;
			const { columns, changed } = emulator.rows(null);
			yield { time, columns, rows: changed };
		}
	} finally {
		emulator[Symbol.dispose]();
	}
}

function playAll(
	bytes: Uint8Array,
	hearing: Pick<EmulatorOptions, 'keep' | 'prompted'> & {
		readonly resized?: () => void;
	} = {},
): { emulator: Emulator; offset: number } {
	const records = readRecords(bytes);
	const first = records.next().value;
	if (!first || first.kind !== RecordKind.checkpoint)
		throw new Error('a segment does not begin with a checkpoint');
	const emulator = Emulator.fromCheckpoint(unpackCheckpoint(first.payload), hearing);
	let offset = first.end;
	for (const record of records) {
		play(emulator, record);
		if (record.kind === RecordKind.resize) hearing.resized?.();
		offset = record.end;
	}
	return { emulator, offset };
}

function play(emulator: Emulator, record: Recorded): void {
	if (record.kind === RecordKind.output) emulator.write(record.payload);
	if (record.kind !== RecordKind.resize) return;
	const { columns, rows } = decodeSize(record.payload);
	emulator.resize(columns, rows);
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
