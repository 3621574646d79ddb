// Lines above the screen, out of a recording. A line's number is the order in which the live emulator
// let go of it: a replay from a checkpoint is the same emulator with the same bytes and sizes, so it
// lets go of the same lines. Synchronous and meant for a thread of its own (see `history`).
import type { ScreenRow } from '../protocol/rows.ts';
import type { Emulator } from './emulator.ts';
import { type HistoryLines, type HistoryRequest, LinesAnswer } from './history-lines.ts';
import { findIn, type SearchAnswer, type SearchRequest } from './history-search.ts';
import { pastScreen } from './past-screens.ts';
import { PlayedEnd } from './played-end.ts';
import { findPrompt, type PromptAnswer, type PromptRequest } from './prompt-lines.ts';
import { type RecordedSegment, RecordedSegments } from './recorded-segments.ts';
import type { PastScreen, ScreenRequest } from './screen-steps.ts';
import { SegmentLines } from './segment-lines.ts';

/** Lines of a segment that are looked through at once. */
const linesAtOnce = 1000;

/** Each question throws where the directory cannot be read. */
export class HistoryReader {
	/** Of the recording that was asked for last. */
	#end: PlayedEnd | undefined;
	readonly #segments = new RecordedSegments();
	readonly #lines = new SegmentLines();

	read(request: HistoryRequest): HistoryLines {
		const segments = this.#segments.list(request.directory);
		const last = segments.at(-1);
		const [first] = segments;
		if (!last || !first) return { from: request.from, total: 0, dropped: 0, rows: [] };
		const end = this.#advance(last);
		const answer = new LinesAnswer(request, end.scrollback);
		for (const [index, segment] of segments.entries()) {
			const until = segments[index + 1]?.place.trimmed ?? end.trimmed;
			if (!answer.wants(segment.place.trimmed, until)) continue;
			this.#eachLine(segment, (row) => {
				if (row.row < until) answer.put(row);
			});
		}
		for (const row of end.ring()) answer.put(row);
		return {
			from: request.from,
			total: end.scrollback,
			dropped: first.place.trimmed,
			rows: answer.rows,
		};
	}

	/** A checkpoint of the emulator at the end of a recording; null where there is none. */
	end(directory: string): Uint8Array | null {
		const last = this.#segments.list(directory).at(-1);
		return last ? this.#advance(last).checkpoint() : null;
	}

	/** The next match within one segment. */
	search(request: SearchRequest): SearchAnswer {
		const segments = this.#segments.list(request.directory);
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
		this.#eachStretch(segment, until, (rows) => {
			if (direction === 'up' || !found) found = findIn(rows, request, until) ?? found;
		});
		const edge = direction === 'down' ? until : segment.place.trimmed;
		const isLast = direction === 'down' ? edge >= total : edge <= dropped;
		const next = found || isLast ? null : { line: edge, column: 0 };
		return { found, next, total, dropped };
	}

	/** The nearest moment before or after a time at which the screen looked different. */
	screen({ directory, ...wanted }: ScreenRequest): PastScreen | null {
		const segments = this.#segments.list(directory).map(({ path }) => path);
		return pastScreen(segments, wanted);
	}

	/** The nearest line before or after one at which a prompt begins. */
	prompt({ directory, ...wanted }: PromptRequest): PromptAnswer {
		return findPrompt(this.#segments.list(directory), wanted);
	}

	close(): void {
		this.#end?.[Symbol.dispose]();
		this.#end = undefined;
	}

	/** The emulator at the end of the recording; goes on from where the last call ended. */
	#advance(last: RecordedSegment): Emulator {
		if (this.#end?.identity === last.identity) this.#end.goOn();
		else {
			this.close();
			this.#end = new PlayedEnd(last);
		}
		return this.#end.emulator;
	}

	#eachLine(segment: RecordedSegment, take: (row: ScreenRow) => void): void {
		const end = this.#end?.identity === segment.identity ? this.#end.lines() : null;
		if (end) end.forEach(take);
		else this.#lines.each(segment, take);
	}

	/**
	 * The lines below `until` that a segment knows of, some at a time; with those that the last one was
	 * wrapped over.
	 */
	#eachStretch(
		segment: RecordedSegment,
		until: number,
		take: (rows: readonly ScreenRow[]) => void,
	): void {
		let rows: ScreenRow[] = [];
		let complete = false;
		this.#eachLine(segment, (row) => {
			if (row.row < segment.place.trimmed || complete) return;
			complete = row.row >= until && !row.wrapped;
			if (complete) return;
			// Between two lines where possible: what is wrapped belongs together.
			if (rows.length >= (row.wrapped ? linesAtOnce * 2 : linesAtOnce)) {
				take(rows);
				rows = [];
			}
			rows.push(row);
		});
		take(rows);
	}
}
