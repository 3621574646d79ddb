// Lines above the screen, searches, prompts and screens of before, out of a recording. Synchronous and
// meant for a thread of its own (see `history`).
import type { ScreenRow } from '../protocol/rows.ts';
import { type HistoryLines, type HistoryRequest, LinesAnswer } from './history-lines.ts';
import { findIn, type SearchAnswer, type SearchRequest } from './history-search.ts';
import { pastScreen } from './past-screens.ts';
import { findPrompt, type PromptAnswer, type PromptRequest } from './prompt-lines.ts';
import {
	type OpenRecording,
	RecordedLines,
	type Stretch,
	type Stretches,
} from './recorded-lines.ts';
import type { PastScreen, ScreenRequest } from './screen-steps.ts';

/** Lines of a segment that are looked through at once. */
const linesAtOnce = 1000;
/** Segments of another width that are counted until the next question. */
const countedAtOnce = 3;

/** Each question throws where the directory cannot be read. */
export class HistoryReader {
	readonly #recorded = new RecordedLines();

	/**
	 * Goes on counting the lines of a recording at the present width, upwards to one of them; whether
	 * they are counted. Whoever asks for lines before has to wait for as long as it takes.
	 */
	count(directory: string, line: number): boolean {
		const opened = this.#recorded.open(directory, true);
		return opened === null || this.#stretches(opened, line, countedAtOnce).counted;
	}

	read(request: HistoryRequest): HistoryLines {
		const { directory, from, reflow = false } = request;
		const opened = this.#recorded.open(directory, reflow);
		if (!opened) return { from, total: 0, dropped: 0, first: 0, rows: [] };
		const { emulator, oldest: dropped } = opened;
		const { scrollback: total } = emulator;
		const { stretches, first } = this.#stretches(opened, from);
		const answer = new LinesAnswer(request, total);
		for (const stretch of stretches) {
			if (!answer.wants(stretch.from, stretch.until)) continue;
			this.#recorded.each(opened, stretch, (row) => {
				if (row.row < stretch.until) answer.put(row);
			});
		}
		for (const row of emulator.ring()) answer.put(row);
		return { from, total, dropped, first, rows: answer.rows };
	}

	/** A checkpoint of the emulator at the end of a recording; null where there is none. */
	end(directory: string): Uint8Array | null {
		return this.#recorded.open(directory, false)?.emulator.checkpoint() ?? null;
	}

	/** The next match within one segment. */
	search(request: SearchRequest): SearchAnswer {
		const { directory, direction, from, reflow = false } = request;
		const opened = this.#recorded.open(directory, reflow);
		if (!opened) return { found: null, next: null, total: 0, dropped: 0 };
		const { emulator, oldest: dropped } = opened;
		const { scrollback: total } = emulator;
		// Upwards it begins before the cell, which may be the first of its segment.
		const within = from.line - (direction === 'up' && from.column === 0 ? 1 : 0);
		const line = Math.min(within, total - 1);
		const [stretch] = this.#stretches(opened, line).stretches;
		if (!stretch) return { found: null, next: null, total, dropped };
		// The last segment has the lines in memory, too.
		const isLast = stretch.segment === opened.segments.at(-1);
		const until = isLast ? total : stretch.until;
		let found: SearchAnswer['found'] = null;
		this.#eachPart(opened, stretch, until, (rows) => {
			if (direction === 'up' || !found) found = findIn(rows, request, until) ?? found;
		});
		const ends = direction === 'down' ? isLast : stretch.segment === opened.segments[0];
		const edge = direction === 'down' ? until : stretch.from;
		return {
			found,
			next: found || ends ? null : { line: edge, column: 0 },
			total,
			dropped,
		};
	}

	/** The nearest moment before or after a time at which the screen looked different. */
	screen({ directory, ...wanted }: ScreenRequest): PastScreen | null {
		const opened = this.#recorded.open(directory, false);
		const segments = opened?.segments ?? [];
		return pastScreen(
			segments.map(({ path }) => path),
			wanted,
		);
	}

	/** The nearest line before or after one at which a prompt begins. */
	prompt({ directory, reflow = false, ...wanted }: PromptRequest): PromptAnswer {
		const opened = this.#recorded.open(directory, reflow);
		return opened
			? findPrompt(this.#recorded, opened, wanted)
			: { line: null, next: null };
	}

	/** Those from the one with a line on. */
	#stretches(opened: OpenRecording, line: number, limit?: number): Stretches {
		return this.#recorded.stretches(opened, ({ from }) => from <= line, limit);
	}

	close(): void {
		this.#recorded[Symbol.dispose]();
	}

	/**
	 * The lines below `until` that a segment knows of, some at a time; with those that the last one was
	 * wrapped over.
	 */
	#eachPart(
		opened: OpenRecording,
		stretch: Stretch,
		until: number,
		take: (rows: readonly ScreenRow[]) => void,
	): void {
		let rows: ScreenRow[] = [];
		let complete = false;
		this.#recorded.each(opened, stretch, (row) => {
			if (complete) return;
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
