// What is asked for the lines at which prompts begin, and how one stretch of a recording answers it.
import type { OpenRecording, RecordedLines } from './recorded-lines.ts';
import { type RecordedSegment, readSegment } from './recorded-segments.ts';
import { playAll } from './replay.ts';

export interface PromptRequest {
	/** The directory of one recording. */
	readonly directory: string;
	/** The nearest one before it or after it. */
	readonly line: number;
	readonly direction: 'up' | 'down';
	/** Where the last answer said to go on; null to begin. */
	readonly from: number | null;
	/** As in `HistoryRequest`. */
	readonly reflow?: boolean | undefined;
}

export interface PromptAnswer {
	readonly line: number | null;
	/** Where to go on; null where it was found, and at the end. */
	readonly next: number | null;
}

/** Segments that are gone through until the next answer. */
const promptSegments = 8;

export function findPrompt(
	lines: RecordedLines,
	opened: OpenRecording,
	{ line, direction, from }: Omit<PromptRequest, 'directory' | 'reflow'>,
): PromptAnswer {
	const { segments } = opened;
	const up = direction === 'up';
	const recorded = lines.recordedOf(opened, line);
	// The last segment that may hold one above; the last one before which there is none below.
	const begin = segments.findLastIndex(({ place }) =>
		up ? place.trimmed <= recorded : place.scrollback + place.rows <= recorded,
	);
	const asked = segments.findIndex(({ number }) => number === from);
	const at = Math.max(0, asked >= 0 ? asked : begin);
	const way = up ? segments.slice(0, at + 1).toReversed() : segments.slice(at);
	for (const segment of way.slice(0, promptSegments)) {
		const printed = promptsOf(lines, segments, segments.indexOf(segment));
		const prompts = lines.presentOf(opened, printed);
		const there = prompts.filter((one) => (up ? one < line : one > line));
		if (there.length > 0)
			return { line: there.reduce(up ? larger : smaller), next: null };
	}
	return { line: null, next: way[promptSegments]?.number ?? null };
}

/** The lines at which prompts begin that were printed in a segment, by their last numbers. */
function promptsOf(
	recorded: RecordedLines,
	segments: readonly RecordedSegment[],
	at: number,
): readonly number[] {
	const printed = segments[at];
	if (!printed) return [];
	let prompts = new FollowedPrompts(printed.path, []).lines;
	for (const later of segments.slice(at + 1)) {
		// What has left memory keeps its number.
		if (!prompts.some((line) => line >= later.place.trimmed)) break;
		if (recorded.isResized(later))
			prompts = new FollowedPrompts(later.path, prompts, later.place.trimmed).lines;
	}
	return prompts;
}

/** Lines whose numbers change where a segment wraps anew what is in memory. */
class FollowedPrompts {
	readonly #prompts: { line: number; readonly lineNow: () => number | null }[] = [];

	/** Follows those before from line `first` on; without any, those that are printed in it. */
	constructor(path: string, before: readonly number[], first = 0) {
		let isResizing = false;
		const prompted = (lineNow: () => number | null) => {
			const line = lineNow();
			if (line !== null && this.#prompts.at(-1)?.line !== line)
				this.#prompts.push({ line, lineNow });
		};
		const { emulator } = playAll(readSegment(path), {
			...(before.length === 0 ? { prompted } : {}),
			begun: (played) => {
				for (const line of before) {
					const lineNow = line < first ? () => null : played.follow(line);
					this.#prompts.push({ line, lineNow });
				}
			},
			resizing: () => {
				isResizing = true;
			},
			// Lines that leave by a resize have been wrapped anew, and are about to be forgotten.
			keep: () => {
				if (isResizing) this.#look();
				isResizing = false;
			},
			resized: () => {
				this.#look();
				isResizing = false;
			},
		});
		emulator[Symbol.dispose]();
	}

	get lines(): readonly number[] {
		return this.#prompts.map(({ line }) => line);
	}

	#look(): void {
		for (const prompt of this.#prompts) prompt.line = prompt.lineNow() ?? prompt.line;
	}
}

function larger(one: number, other: number): number {
	return Math.max(one, other);
}

function smaller(one: number, other: number): number {
	return Math.min(one, other);
}
