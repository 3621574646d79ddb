// What is asked for the lines at which prompts begin, and how one stretch of a recording answers it.
import type { OpenRecording, RecordedLines } from './recorded-lines.ts';
import { readSegment } from './recorded-segments.ts';
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
const promptSegments = 16;

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
	for (const { path } of way.slice(0, promptSegments)) {
		const prompts = lines.presentOf(opened, promptsOf(path));
		const there = prompts.filter((one) => (up ? one < line : one > line));
		if (there.length > 0)
			return { line: there.reduce(up ? larger : smaller), next: null };
	}
	return { line: null, next: way[promptSegments]?.number ?? null };
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
	playAll(readSegment(path), { prompted, resized }).emulator[Symbol.dispose]();
	return prompts.map(({ line }) => line);
}

function larger(one: number, other: number): number {
	return Math.max(one, other);
}

function smaller(one: number, other: number): number {
	return Math.min(one, other);
}
