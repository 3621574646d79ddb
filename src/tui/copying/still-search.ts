// Searching in the text of a pane: what is on the screen here, what is above it in the holder.
import { type Outcome, ok } from '../../lib/outcome.ts';
import type { ScreenRow } from '../../protocol/rows.ts';
import { findIn } from '../../terminal/history-search.ts';
import type { Query } from '../../terminal/text-search.ts';
import type { Direction, Spot, StillText } from './still-text.ts';

/** Lines above the screen of one that reaches into it. */
const joinedRows = 100;

export interface Search extends Query {
	readonly direction: Direction;
}

export interface Sought {
	readonly found: Outcome<Spot | null>;
	/** It was found from the other end of the text on. */
	readonly around: boolean;
}

/** Hears which share of a text has been gone through, and answers whether to go on. */
export type GoOn = (share: number) => boolean;

/** Small letters find large ones, too; a large one only itself. */
export function queryOf(text: string): Query {
	return { text, ignoreCase: text === text.toLowerCase() };
}

/**
 * The next match downwards from a cell on, or upwards before it, to the end of the text in that
 * direction. `goOn` hears where it has come to, and answers whether to go on.
 */
export async function search(
	text: StillText,
	wanted: Search,
	from: Spot,
	goOn: (line: number) => boolean,
): Promise<Outcome<Spot | null>> {
	const border: Spot = { line: text.scrollback, column: 0 };
	if (wanted.direction === 'down') {
		const found = await above(text, wanted, from, goOn);
		return found ?? ok(findIn(await wholeScreen(text), { ...wanted, from }));
	}
	const found = findIn(await wholeScreen(text), { ...wanted, from });
	if (found) return ok(found);
	const start = from.line >= border.line ? border : from;
	return (await above(text, wanted, start, goOn)) ?? ok(null);
}

/** As `search` from a cursor on, and then on from the other end of the text. */
export async function searchAround(
	text: StillText,
	wanted: Search,
	cursor: Spot,
	goOn: GoOn,
): Promise<Sought> {
	const down = wanted.direction === 'down';
	const length = Math.max(1, text.end - text.first);
	const hear = (line: number) => {
		const way = down ? line - cursor.line : cursor.line - line;
		return goOn(((way + length) % length) / length);
	};
	const start = { ...cursor, column: down ? cursor.column + 1 : cursor.column };
	const found = await search(text, wanted, start, hear);
	const isDone = !found.ok || found.value || !hear(down ? text.first : text.end);
	if (isDone) return { found, around: false };
	const edge = { line: down ? await text.oldest() : text.end, column: 0 };
	return { found: await search(text, wanted, edge, hear), around: true };
}

/** The nearest line at which a prompt begins. */
export async function searchPrompt(
	text: StillText,
	line: number,
	direction: Direction,
	goOn: GoOn,
): Promise<Sought> {
	let answer = await text.prompt({ line, direction, from: null });
	while (answer.ok && answer.value.next !== null && goOn(0))
		answer = await text.prompt({ line, direction, from: answer.value.next });
	if (!answer.ok) return { found: answer, around: false };
	const found = answer.value.line;
	// What came since is not in this text.
	const within = found !== null && found < text.end;
	return { found: ok(within ? { line: found, column: 0 } : null), around: false };
}

/** The rows of the screen, and those above that its first one goes on from. */
async function wholeScreen(text: StillText): Promise<readonly ScreenRow[]> {
	const rows = text.screenRows();
	for (let line = text.scrollback - 1; line >= text.first; line -= 1) {
		if (!rows[0]?.wrapped || text.scrollback - line > joinedRows) break;
		await text.load(line);
		const row = text.row(line);
		if (row) rows.unshift({ ...row, row: line });
	}
	return rows;
}

/** Null where it found nothing above the screen. */
async function above(
	text: StillText,
	wanted: Search,
	from: Spot,
	goOn: (line: number) => boolean,
): Promise<Outcome<Spot | null> | null> {
	if (text.scrollback === 0) return null;
	let next: Spot | null =
		from.line < text.scrollback || wanted.direction === 'up' ? from : null;
	while (next && goOn(next.line)) {
		const answer = await text.search({ ...wanted, from: next });
		if (!answer.ok) return answer;
		const { found } = answer.value;
		// What has left the screen since is still on the screen that stands still.
		if (found) return found.line < text.scrollback ? ok(found) : null;
		next = answer.value.next;
		if (next && next.line >= text.scrollback && wanted.direction === 'down') return null;
	}
	return null;
}
