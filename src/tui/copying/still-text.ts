// The text of a pane as it was when somebody began to look back: the history above and the screen at
// that moment, as one run of lines. What the program prints meanwhile does not move it. Lines of the
// history are read from the holder in pages, when they are needed, and few pages are kept.
import type { HistoryRows } from '../../client/holder-link.ts';
import type { Outcome } from '../../lib/outcome.ts';
import type { HolderRequest, HolderResponse } from '../../protocol/holder.ts';
import type { ScreenRow } from '../../protocol/rows.ts';
import { cellTexts } from '../../terminal/screen-text.ts';
import type { Query } from '../../terminal/text-search.ts';

/** A cell of a text. */
export interface Spot {
	readonly line: number;
	readonly column: number;
}

export type Direction = 'up' | 'down';

/** Looks through one stretch of the history. */
type SearchHistory = (
	query: Query & { readonly direction: Direction; readonly from: Spot },
) => Promise<Outcome<HolderResponse<'search'>>>;

/** Looks for a prompt in one stretch of the recording. */
type FindPrompt = (
	query: Omit<HolderRequest<'prompt'>, 'pane'>,
) => Promise<Outcome<HolderResponse<'prompt'>>>;

export interface StillSource {
	readonly columns: number;
	/** Lines above the screen. */
	readonly scrollback: number;
	readonly screen: readonly (ScreenRow | undefined)[];
	/** Height of the screen. */
	readonly rows: number;
	readonly search: SearchHistory;
	readonly prompt: FindPrompt;
	readonly read: (from: number, count: number) => Promise<Outcome<HistoryRows>>;
}

/** As many lines as come in one answer at usual widths. */
const pageLines = 200;
const pagesKept = 64;
/** More than a holder takes in one request are not asked for. */
const askedAtOnce = 2000;

type Page = readonly (ScreenRow | undefined)[];

export class StillText {
	readonly columns: number;
	/** Where the history ends and the screen begins. */
	readonly scrollback: number;
	/** One past the last line. */
	readonly end: number;
	readonly #source: StillSource;
	readonly #pages = new Map<number, Page>();
	readonly #coming = new Map<number, Promise<void>>();
	#first = 0;
	#dropped = 0;

	constructor(source: StillSource) {
		this.#source = source;
		this.columns = source.columns;
		this.scrollback = source.scrollback;
		this.end = source.scrollback + source.rows;
	}

	/** The oldest line that is kept, as far as is known by now. */
	get first(): number {
		return this.#first;
	}

	/** Lines that are no longer kept, as far as is known by now. */
	get dropped(): number {
		return this.#dropped;
	}

	/** The oldest line that is kept, once all have been counted. */
	async oldest(): Promise<number> {
		for (;;) {
			const first = this.#first;
			await this.load(first);
			if (this.#first === first) return first;
		}
	}

	/** Undefined where it has to be loaded first. */
	row(line: number): ScreenRow | undefined {
		if (line >= this.scrollback)
			return this.#source.screen[line - this.scrollback] ?? blankRow;
		if (line < this.#first) return blankRow;
		const page = this.#pages.get(pageOf(line));
		return page && (page[line - pageOf(line) * pageLines] ?? blankRow);
	}

	/** What stands in each cell; the right half of a wide character is empty. */
	cells(line: number): readonly string[] | undefined {
		const row = this.row(line);
		return row && cellTexts(row);
	}

	/** The rows of the screen, by the numbers of their lines. */
	screenRows(): ScreenRow[] {
		const { screen, rows } = this.#source;
		return Array.from({ length: rows }, (_, at) => {
			return { ...(screen[at] ?? blankRow), row: this.scrollback + at };
		});
	}

	/** The next match above the screen, one stretch of lines at a time. */
	get search(): SearchHistory {
		return this.#source.search;
	}

	/** The nearest prompt, one stretch of the recording at a time. */
	get prompt(): FindPrompt {
		return this.#source.prompt;
	}

	/** Resolves when the line is there, or where it cannot be read: then it is blank. */
	async load(line: number): Promise<void> {
		if (this.row(line) !== undefined) return;
		const number = pageOf(line);
		const coming = this.#coming.get(number) ?? this.#read(number);
		this.#coming.set(number, coming);
		await coming;
		this.#coming.delete(number);
	}

	/** All lines from one to another, many at a time; those that are not kept are left out. */
	async *between(from: number, to: number): AsyncGenerator<readonly ScreenRow[]> {
		for (let line = from; line <= to && line < this.scrollback; ) {
			const rows = await this.#ask(line, Math.min(to + 1, this.scrollback) - line);
			if (rows.length > 0) yield rows;
			const last = rows.at(-1)?.row ?? line - 1;
			const next = Math.max(last + 1, this.#first);
			if (next <= line) break;
			line = next;
		}
		yield this.screenRows().filter(({ row }) => row >= from && row <= to);
	}

	async #read(number: number): Promise<void> {
		const start = number * pageLines;
		const end = Math.min(start + pageLines, this.scrollback);
		const page: (ScreenRow | undefined)[] = [];
		for (let from = start; from < end; ) {
			for (const row of await this.#ask(from, end - from)) page[row.row - start] = row;
			// An answer that holds less than was asked for was cut at the limit of a frame.
			const next = start + page.length;
			if (next <= from) break;
			from = next;
		}
		this.#pages.set(number, page);
		const [oldest] = this.#pages.keys();
		if (this.#pages.size > pagesKept && oldest !== undefined) this.#pages.delete(oldest);
	}

	/** By the numbers of their lines; as many as come in one answer, none where they cannot be read. */
	async #ask(from: number, count: number): Promise<readonly ScreenRow[]> {
		const answer = await this.#source.read(from, Math.min(count, askedAtOnce));
		if (!answer.ok) return [];
		const { rows, dropped, first } = answer.value;
		if (first !== undefined || from < dropped) {
			// An older holder numbers lines as they were printed.
			this.#first = first ?? Math.max(this.#first, dropped);
			this.#dropped = dropped;
		}
		return (rows?.changed ?? []).map((row) => ({ ...row, row: from + row.row }));
	}
}

function pageOf(line: number): number {
	return Math.floor(line / pageLines);
}

const blankRow: ScreenRow = {
	row: 0,
	wrapped: false,
	cells: new Uint32Array(),
	clusters: [],
	underlines: [],
	links: [],
};
