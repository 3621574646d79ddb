// Finding a plain text in lines of cells. A line that was wrapped is one line here, so that what goes
// over its edge is found; patterns have no meaning, so that no text can take more than its length.

/** A line of cells as a search reads it. */
export interface SearchedLine {
	readonly line: number;
	/** What stands in each cell; the right half of a wide character is empty. */
	readonly cells: readonly string[];
	/** It goes on from the line above. */
	readonly wrapped: boolean;
}

export interface Query {
	readonly text: string;
	readonly ignoreCase: boolean;
}

/** The cells of one line that a match covers, `to` excluded. */
export interface MatchedCells {
	readonly line: number;
	readonly from: number;
	readonly to: number;
}

/** One for each line that it goes over. */
export type Match = readonly [MatchedCells, ...MatchedCells[]];

/** Lines that are joined at most: whoever prints without end of line has matches cut there. */
const joinedLines = 1000;

/** All matches in ascending order; the lines follow each other. */
export function* matchesIn(
	lines: Iterable<SearchedLine>,
	query: Query,
): Generator<Match> {
	const fold = (text: string) => (query.ignoreCase ? text.toLowerCase() : text);
	const wanted = fold(query.text);
	if (wanted === '') return;
	let joined: SearchedLine[] = [];
	for (const line of lines) {
		if (!line.wrapped || joined.length >= joinedLines) {
			yield* matchesOf(joined, wanted, fold);
			joined = [];
		}
		joined.push(line);
	}
	yield* matchesOf(joined, wanted, fold);
}

function* matchesOf(
	lines: readonly SearchedLine[],
	wanted: string,
	fold: (text: string) => string,
): Generator<Match> {
	const text = lines.map(({ cells }) => cells.map(fold).join('')).join('');
	let at = text.indexOf(wanted);
	if (at < 0) return;
	const places = placesOf(lines, fold);
	while (at >= 0) {
		const match = cover(places.slice(at, at + wanted.length));
		if (match) yield match;
		at = text.indexOf(wanted, at + wanted.length);
	}
}

interface Place {
	readonly line: number;
	readonly column: number;
	readonly end: number;
}

/** The cell of each code unit. */
function placesOf(
	lines: readonly SearchedLine[],
	fold: (text: string) => string,
): Place[] {
	const places: Place[] = [];
	for (const { line, cells } of lines)
		for (const [column, text] of cells.entries()) {
			const end = cells[column + 1] === '' ? column + 2 : column + 1;
			for (let unit = fold(text).length; unit > 0; unit -= 1)
				places.push({ line, column, end });
		}
	return places;
}

function cover(places: readonly Place[]): Match | null {
	const parts: MatchedCells[] = [];
	for (const { line, column, end } of places) {
		const last = parts.at(-1);
		if (last?.line === line) parts.splice(-1, 1, { ...last, to: end });
		else parts.push({ line, from: column, to: end });
	}
	const [first, ...rest] = parts;
	return first ? [first, ...rest] : null;
}
