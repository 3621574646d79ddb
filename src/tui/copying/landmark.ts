// How a spot of a still text is found again once another size has wrapped its lines anew: by what stands
// around it. Numbers of lines do not help: how many rows became of those between it and the end would be
// known only after all of them were read.
import type { Outcome } from '../../lib/outcome.ts';
import { findIn } from '../../terminal/history-search.ts';
import { cellTexts } from '../../terminal/screen-text.ts';
import type { Query } from '../../terminal/text-search.ts';
import type { Direction, Spot, StillText } from './still-text.ts';

export interface Landmark {
	/** Those that could be read around the spot. */
	readonly lines: readonly WholeLine[];
	/** Which of them has the spot, and how many cells from its beginning. */
	readonly at: number;
	readonly offset: number;
	/** Which of them is looked for: the one that says most. */
	readonly sought: number;
	/** Lines from the spot to the end of the text. */
	readonly below: number;
}

/** A line with all that it was wrapped over. */
interface WholeLine {
	readonly text: string;
	/** Its first row. */
	readonly line: number;
}

/** A program may print without end of line. */
const joinedRows = 200;
/** Units of a line that are looked for; a holder takes no more than 256. */
const soughtLength = 80;
/** Lines on each side that tell one place from another with the same line. */
const comparedLines = 4;
/** So much is looked through before a place is taken for gone; a stretch is a segment of a recording. */
const limits = { stretches: 24, places: 60 };

/** Null where nothing around the spot says anything. `to` is excluded. */
export function landmarkAt(
	text: StillText,
	spot: Spot,
	from: number,
	to: number,
): Landmark | null {
	const lines = wholeLines(text, from, to);
	const at = lines.findLastIndex(({ line }) => line <= spot.line);
	const own = lines[at];
	if (!own) return null;
	const farness = (index: number) => Math.abs(index - at);
	const [sought] = [...lines.keys()]
		.filter((index) => plain(lines[index]?.text ?? '') !== '')
		.toSorted((one, other) => {
			const length = (index: number) => queryOf(lines[index]).text.length;
			return length(other) - length(one) || farness(one) - farness(other);
		});
	if (sought === undefined) return null;
	const offset = (spot.line - own.line) * text.columns + spot.column;
	return { lines, at, offset, sought, below: text.end - spot.line };
}

/** Where the spot is in the same text at another width; null where it is gone, or nobody waits for it. */
export async function findLandmark(
	text: StillText,
	landmark: Landmark,
	isWanted: () => boolean,
): Promise<Spot | null> {
	const query = queryOf(landmark.lines[landmark.sought]);
	// Any answer tells how far up lines are numbered.
	if (text.scrollback > 0) await text.load(text.scrollback - 1);
	const near = { line: Math.max(text.first, text.end - landmark.below), column: 0 };
	const ways = [places(text, query, 'down', near), places(text, query, 'up', near)];
	let best: { readonly spot: Spot; readonly alike: number } | null = null;
	let { stretches, places: left } = limits;
	while (ways.length > 0 && stretches > 0 && left > 0 && isWanted()) {
		const way = ways.shift();
		const step = await way?.next();
		if (!way || !step || step.done) continue;
		ways.push(way);
		if (!step.value) {
			stretches -= 1;
			continue;
		}
		left -= 1;
		if (step.value.line < text.first) await text.oldest();
		const place = await compare(text, landmark, step.value.line);
		if (place.alike > (best?.alike ?? 0)) best = place;
		if (place.alike === place.compared) break;
	}
	return isWanted() ? (best?.spot ?? null) : null;
}

/** Where a query is found, nearest first; null for a stretch through which it is not. */
async function* places(
	text: StillText,
	query: Query,
	direction: Direction,
	from: Spot,
): AsyncGenerator<Spot | null> {
	if (direction === 'up') yield* onScreen(text, query, direction, from);
	let next: Spot | null = from;
	if (from.line >= text.scrollback)
		next = direction === 'up' ? { line: text.scrollback, column: 0 } : null;
	while (next && text.scrollback > 0) {
		const answer: Answer = await text.search({ ...query, direction, from: next });
		if (!answer.ok) break;
		const { found } = answer.value;
		// What has left the screen since is still on the screen that stands still.
		if (found && found.line >= text.scrollback) break;
		yield found;
		next = found ? beyond(found, direction) : answer.value.next;
		if (next && next.line >= text.scrollback) break;
	}
	if (direction === 'down') yield* onScreen(text, query, direction, from);
}

type Answer = Outcome<{ readonly found: Spot | null; readonly next: Spot | null }>;

function* onScreen(
	text: StillText,
	query: Query,
	direction: Direction,
	from: Spot,
): Generator<Spot> {
	const rows = text.screenRows();
	let at: Spot = from;
	for (;;) {
		const found = findIn(rows, { ...query, direction, from: at });
		if (!found) return;
		yield found;
		at = beyond(found, direction);
	}
}

/** Upwards a search begins before a cell, downwards with it. */
function beyond({ line, column }: Spot, direction: Direction): Spot {
	return { line, column: direction === 'up' ? column : column + 1 };
}

interface Place {
	readonly spot: Spot;
	/** Lines that are as they were, of those that were compared. */
	readonly alike: number;
	readonly compared: number;
}

/** How far a place is the one that was marked; the line that was looked for stands there. */
async function compare(
	text: StillText,
	{ lines, at, offset, sought }: Landmark,
	line: number,
): Promise<Place> {
	const first = Math.max(0, Math.min(at, sought - comparedLines));
	const last = Math.min(lines.length - 1, Math.max(at, sought + comparedLines));
	const found = new Map<number, WholeLine>();
	for (let index = sought, on = line; index >= first && on >= text.first; index -= 1) {
		const whole = await wholeLineAt(text, on);
		found.set(index, whole);
		on = whole.line - 1;
	}
	let on = (found.get(sought)?.line ?? line) + 1;
	for (let index = sought + 1; index <= last; index += 1) {
		on = await nextLine(text, on);
		if (on >= text.end) break;
		const whole = await wholeLineAt(text, on);
		found.set(index, whole);
		on += 1;
	}
	const isAlike = (index: number) =>
		plain(found.get(index)?.text ?? '\0') === plain(lines[index]?.text ?? '');
	const all = Array.from({ length: last - first + 1 }, (_, index) => first + index);
	const alike = isAlike(sought) ? all.filter(isAlike).length : 0;
	const own = found.get(at)?.line ?? line;
	return { spot: await within(text, own, offset), alike, compared: all.length };
}

/** The cell of a whole line that is so many cells from its beginning, or its last row. */
async function within(text: StillText, line: number, offset: number): Promise<Spot> {
	const end = await nextLine(text, line + 1);
	const down = Math.floor(offset / text.columns);
	if (line + down >= end) return { line: end - 1, column: 0 };
	return { line: line + down, column: offset % text.columns };
}

/** The first row from one on that begins a line. */
async function nextLine(text: StillText, from: number): Promise<number> {
	let line = from;
	while (line < text.end && (await rowAt(text, line))?.wrapped) line += 1;
	return line;
}

async function wholeLineAt(text: StillText, row: number): Promise<WholeLine> {
	let line = row;
	while (
		line > text.first &&
		row - line < joinedRows &&
		(await rowAt(text, line))?.wrapped
	)
		line -= 1;
	const end = Math.min(await nextLine(text, row + 1), line + joinedRows);
	return { line, text: joined(text, line, end) };
}

async function rowAt(text: StillText, line: number) {
	await text.load(line);
	return text.row(line);
}

/** Those that are there between two rows, each to its end. */
function wholeLines(text: StillText, from: number, to: number): WholeLine[] {
	let line = from;
	while (line > text.first && from - line < joinedRows && text.row(line)?.wrapped)
		line -= 1;
	const lines: WholeLine[] = [];
	while (line < to && line < text.end && text.row(line)) {
		let end = line + 1;
		while (end < text.end && end - line < joinedRows && text.row(end)?.wrapped) end += 1;
		lines.push({ line, text: joined(text, line, end) });
		line = end;
	}
	return lines;
}

function joined(text: StillText, from: number, to: number): string {
	let all = '';
	for (let line = from; line < to; line += 1) {
		const row = text.row(line);
		if (row) all += cellTexts(row).join('');
	}
	return all;
}

/** Without blanks: a row loses those at its end. */
function plain(text: string): string {
	return text.replace(/\s+/g, '');
}

function queryOf(line: WholeLine | undefined): Query {
	const text = (line?.text ?? '').trim().slice(0, soughtLength).trimEnd();
	return { text, ignoreCase: false };
}
