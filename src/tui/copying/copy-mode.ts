// Copy mode: a cursor in the still text of one pane, what is selected, and what is taken of it.
import type { Refusal } from '../../lib/outcome.ts';
import { cellTexts } from '../../terminal/screen-text.ts';
import { matchesIn, type SearchedLine } from '../../terminal/text-search.ts';
import type { LivePane } from '../panes/live-pane.ts';
import type { MarkedCells, PaneLook } from '../panes/pane-look.ts';
import { type Motion, type MotionText, settled, wordAt } from './copy-motions.ts';
import {
	type Selection,
	SelectionText,
	selectedCells,
	selectedLines,
} from './selection.ts';
import { queryOf, type Search, search } from './still-search.ts';
import type { Direction, Spot, StillText } from './still-text.ts';

/** What the chrome shows of it. */
export interface CopyState {
	readonly selecting: Selection['by'] | null;
	/** What takes a while, and how much of the text it has gone through in per cent. */
	readonly doing: { readonly what: Doing['what']; readonly percent: number } | null;
	/** When the screen was as it is shown; null for the one that copy mode began with. */
	readonly asOf: number | null;
}

/** What came of a search. */
export type Searched =
	| { readonly kind: 'found'; readonly around: boolean }
	| { readonly kind: 'nowhere'; readonly text: string }
	| { readonly kind: 'stopped' }
	| { readonly kind: 'refused'; readonly refusal: Refusal }
	| { readonly kind: 'nothing-wanted' };

/** Why another moment could not be shown: there is none, or it cannot be read. */
export type Travelled =
	| { readonly kind: 'end' }
	| { readonly kind: 'refused'; readonly refusal: Refusal };

export interface CopyModeOptions {
	readonly onState: (state: CopyState) => void;
	/** What it looked at is gone: the pane follows its program again. */
	readonly onGone: () => void;
}

export interface Taken {
	readonly text: string;
	/** It was cut at the limit. */
	readonly cut: boolean;
}

interface Doing {
	readonly what: 'searching' | 'copying';
	readonly since: number;
	percent: number;
	stopped: boolean;
}

type Step =
	| { readonly kind: 'move'; readonly motion: Motion; readonly keepsColumn: boolean }
	| { readonly kind: 'do'; readonly run: () => void };

/** Code units of a selection; what is longer is cut. */
const takenLimit = 64 * 1024 * 1024;
/** Keys that wait for lines to be read. */
const stepsLimit = 256;
const quickMs = 300;
/** Wrapped lines on either side of one that are looked through for its matches. */
const joinedRows = 20;

export class CopyMode {
	readonly #options: CopyModeOptions;
	#pane: LivePane | null = null;
	#look: PaneLook | null = null;
	#text: StillText | null = null;
	#cursor: Spot = { line: 0, column: 0 };
	/** The column that moving by lines wants to come back to. */
	#column = 0;
	#anchor: { readonly spot: Spot; readonly by: Selection['by'] } | null = null;
	#steps: Step[] = [];
	#reading = false;
	#asOf: number | null = null;
	/** What copy mode began with, while an earlier screen is shown. */
	#present: StillText | null = null;
	#wanted: Search | null = null;
	#doing: Doing | null = null;

	constructor(options: CopyModeOptions) {
		this.#options = options;
	}

	/** Begins in a pane, with the cursor where the program's stands. False before its first rows. */
	enter(pane: LivePane): boolean {
		const look = pane.lookBack();
		if (!look) return false;
		this.#pane = pane;
		this.#look = look;
		this.#text = look.text;
		const { column, row } = pane.cursor;
		const seen = Math.min(look.text.scrollback + row, look.top + look.height - 1);
		const line = Math.max(seen, look.top);
		this.#goTo(settled(new Seen(look.text), { line, column }));
		this.#anchor = null;
		this.#tell();
		return true;
	}

	/** Shows the program again. */
	leave(): void {
		const pane = this.#pane;
		this.#forget();
		pane?.follow();
	}

	/** To be called when the pane may have another look, or none. */
	check(): void {
		if (!this.#pane) return;
		if (this.#pane.look !== this.#look) {
			this.#forget();
			return this.#options.onGone();
		}
		if (!this.#look || this.#look.text === this.#text) return;
		// Its lines were wrapped anew: they have other numbers.
		const below = (this.#text?.end ?? 0) - this.#cursor.line;
		this.#text = this.#look.text;
		this.#asOf = null;
		this.#present = null;
		this.#anchor = null;
		this.#steps = [];
		const line = this.#text.end - below;
		this.#goTo(settled(new Seen(this.#text), { line, column: this.#cursor.column }));
		this.#tell();
	}

	move(motion: Motion, keepsColumn = false): void {
		this.#next({ kind: 'move', motion, keepsColumn });
	}

	/** Moves the text under the cursor, and the cursor with it. */
	scroll(lines: number): void {
		this.#next({
			kind: 'do',
			run: () => {
				const look = this.#look;
				if (!look) return;
				look.moveTo(look.top + lines);
				const { line, column } = this.#cursor;
				const within = Math.min(line + lines, look.top + look.height - 1);
				this.#goTo({ line: Math.max(within, look.top), column });
			},
		});
	}

	/** Half a page for 0.5. */
	page(pages: number): void {
		this.scroll(Math.trunc(pages * (this.#look?.height ?? 0)));
	}

	/** Begins to select from here, selects otherwise, or selects no more. */
	select(by: Selection['by']): void {
		this.#next({
			kind: 'do',
			run: () => {
				const spot = this.#anchor?.spot ?? this.#cursor;
				this.#anchor = this.#anchor?.by === by ? null : { spot, by };
				this.#tell();
			},
		});
	}

	/** Shows what stood there at another moment; beyond the last one that with which it began. */
	travel(direction: 'earlier' | 'later', then: (travelled: Travelled) => void): void {
		this.#next({ kind: 'do', run: () => void this.#show(direction, then) });
	}

	async #show(
		direction: 'earlier' | 'later',
		then: (travelled: Travelled) => void,
	): Promise<void> {
		const [pane, look, text] = [this.#pane, this.#look, this.#text];
		if (!pane || !look || !text) return;
		if (direction === 'later' && this.#asOf === null) return then({ kind: 'end' });
		this.#reading = true;
		const moment = this.#asOf ?? Number.MAX_SAFE_INTEGER;
		const answer = await pane.pastText(direction, moment);
		this.#reading = false;
		if (this.#look !== look || this.#text !== text) return;
		if (!answer.ok) then({ kind: 'refused', refusal: answer.refusal });
		else if (answer.value) this.#replace(look, answer.value.text, answer.value.time);
		else if (direction === 'earlier' || !this.#present) then({ kind: 'end' });
		else this.#replace(look, this.#present, null);
		this.#work();
	}

	#replace(look: PaneLook, text: StillText, asOf: number | null): void {
		this.#present ??= this.#text;
		if (asOf === null) this.#present = null;
		this.#asOf = asOf;
		this.#text = text;
		this.#anchor = null;
		look.replace(text);
		look.moveTo(look.lastTop);
		const line = Math.max(look.top, text.end - 1);
		this.#goTo(settled(new Seen(text), { line, column: 0 }));
		this.#tell();
	}

	/** Puts the cursor at a cell of the pane, and selects nothing. */
	pointTo(x: number, y: number): void {
		this.#do((seen, look) => {
			this.#anchor = null;
			this.#goTo(spotAt(seen, look, x, y));
		});
	}

	/** Begins to select characters at a cell of the pane. */
	selectFrom(x: number, y: number): void {
		this.#do((seen, look) => {
			const spot = spotAt(seen, look, x, y);
			this.#anchor = { spot, by: 'characters' };
			this.#goTo(spot);
		});
	}

	/** Selects from where it began to a cell of the pane, or to its edge. */
	dragTo(x: number, y: number): void {
		this.#do((seen, look) => this.#goTo(spotAt(seen, look, x, y)));
	}

	/** Selects the word at a cell of the pane, or the line with all that it was wrapped over. */
	selectAt(x: number, y: number, by: 'word' | 'line'): void {
		this.#do((seen, look, text) => {
			const { line, column } = spotAt(seen, look, x, y);
			if (by === 'word') {
				const [from, to] = wordAt(seen.cells(line), column);
				this.#anchor = { spot: { line, column: from }, by: 'characters' };
				return this.#goTo({ line, column: to });
			}
			let [first, last] = [line, line];
			while (text.row(first)?.wrapped && first > text.first) first -= 1;
			while (text.row(last + 1)?.wrapped && last + 1 < text.end) last += 1;
			this.#anchor = { spot: { line: first, column: 0 }, by: 'lines' };
			this.#goTo({ line: last, column: 0 });
		});
	}

	/** Ends what takes a while, or else the selection; false where there is neither. */
	stop(): boolean {
		this.#steps = [];
		if (this.#doing) {
			this.#doing.stopped = true;
			return true;
		}
		if (!this.#anchor) return false;
		this.#anchor = null;
		this.#tell();
		return true;
	}

	/** Looks for a text from the cursor on, and marks it wherever it is. */
	search(text: string, direction: Direction, then: (searched: Searched) => void): void {
		this.#next({
			kind: 'do',
			run: () => {
				this.#wanted = { ...queryOf(text), direction };
				void this.#find(this.#wanted, then);
			},
		});
	}

	/** To the next match of the last search, or to the one before. */
	searchOn(way: 'on' | 'back', then: (searched: Searched) => void): void {
		this.#next({
			kind: 'do',
			run: () => {
				const wanted = this.#wanted;
				if (!wanted) return then({ kind: 'nothing-wanted' });
				const turned = wanted.direction === 'up' ? 'down' : 'up';
				const direction = way === 'on' ? wanted.direction : turned;
				void this.#find({ ...wanted, direction }, then);
			},
		});
	}

	async #find(wanted: Search, then: (searched: Searched) => void): Promise<void> {
		const text = this.#text;
		if (!text) return;
		const progress = this.#begin('searching');
		this.#reading = true;
		const { line, column } = this.#cursor;
		const down = wanted.direction === 'down';
		const start = { line, column: down ? column + 1 : column };
		const goOn = (at: number) => {
			const way = down ? at - start.line : start.line - at;
			const length = Math.max(1, text.end - text.first);
			progress.percent = Math.round((100 * ((way + length) % length)) / length);
			if (this.#text === text) this.#tell();
			return this.#text === text && !progress.stopped;
		};
		const there = await search(text, wanted, start, goOn);
		const edge = down ? { line: text.first, column: 0 } : { line: text.end, column: 0 };
		const missed = there.ok && there.value === null && !progress.stopped;
		const result = missed ? await search(text, wanted, edge, goOn) : there;
		if (this.#doing === progress) this.#doing = null;
		this.#reading = false;
		if (this.#text !== text) return;
		if (result.ok && result.value && !progress.stopped) {
			await text.load(result.value.line);
			this.#goTo(result.value);
		}
		this.#tell();
		if (progress.stopped) then({ kind: 'stopped' });
		else if (!result.ok) then({ kind: 'refused', refusal: result.refusal });
		else if (!result.value) then({ kind: 'nowhere', text: wanted.text });
		else then({ kind: 'found', around: missed });
		this.#work();
	}

	/** To the nearest line at which a prompt begins. */
	toPrompt(direction: Direction, then: (searched: Searched) => void): void {
		this.#next({ kind: 'do', run: () => void this.#findPrompt(direction, then) });
	}

	async #findPrompt(
		direction: Direction,
		then: (searched: Searched) => void,
	): Promise<void> {
		const text = this.#text;
		if (!text) return;
		const progress = this.#begin('searching');
		this.#reading = true;
		const { line } = this.#cursor;
		let answer = await text.prompt({ line, direction, from: null });
		while (answer.ok && answer.value.next !== null && !progress.stopped)
			answer = await text.prompt({ line, direction, from: answer.value.next });
		if (this.#doing === progress) this.#doing = null;
		this.#reading = false;
		if (this.#text !== text) return;
		const found = answer.ok ? answer.value.line : null;
		// What came since is not in this text.
		const within = found !== null && found >= text.first && found < text.end;
		if (within && !progress.stopped) {
			await text.load(found);
			this.#goTo({ line: found, column: 0 });
		}
		this.#tell();
		if (progress.stopped) then({ kind: 'stopped' });
		else if (!answer.ok) then({ kind: 'refused', refusal: answer.refusal });
		else if (!within) then({ kind: 'nowhere', text: '' });
		this.#work();
	}

	/** Hands over what is selected, null for nothing, once all keys before have had their effect. */
	take(then: (taken: Taken | null) => void): void {
		this.#next({ kind: 'do', run: () => void this.#collect(then) });
	}

	async #collect(then: (taken: Taken | null) => void): Promise<void> {
		const [text, selection] = [this.#text, this.#selection()];
		if (!text || !selection) return then(null);
		const collected = new SelectionText(selection, text.columns);
		const [from, to] = selectedLines(selection);
		this.#reading = true;
		const progress = this.#begin('copying');
		for await (const rows of text.between(from, to)) {
			for (const row of rows)
				collected.add(row.row, { cells: cellTexts(row), wrapped: row.wrapped });
			if (progress.stopped || collected.size >= takenLimit) break;
			const read = (rows.at(-1)?.row ?? from) - from;
			progress.percent = Math.round((100 * read) / (to - from + 1));
			this.#tell();
		}
		this.#reading = false;
		if (this.#doing === progress) this.#doing = null;
		const whole = this.#text === text && !progress.stopped;
		if (this.#text === text) this.#tell();
		if (whole) then({ text: collected.end(), cut: collected.size >= takenLimit });
		this.#work();
	}

	#do(deed: (seen: Seen, look: PaneLook, text: StillText) => void): void {
		const run = () => {
			const [look, text] = [this.#look, this.#text];
			if (!look || !text) return;
			deed(new Seen(text), look, text);
			this.#tell();
		};
		this.#next({ kind: 'do', run });
	}

	#next(step: Step): void {
		if (this.#steps.length >= stepsLimit) return;
		this.#steps.push(step);
		this.#work();
	}

	/** Does what is asked for in its order; a motion into lines that are not there waits for them. */
	#work(): void {
		while (!this.#reading && this.#text) {
			const [step] = this.#steps;
			if (!step) return;
			const missing = step.kind === 'move' ? this.#moved(step, this.#text) : null;
			if (missing !== null) return void this.#read(this.#text, missing);
			this.#steps.shift();
			if (step.kind === 'do') step.run();
		}
	}

	/** The line that has to be read first; null where the cursor has moved. */
	#moved({ motion, keepsColumn }: Step & { kind: 'move' }, text: StillText) {
		const seen = new Seen(text);
		const from = keepsColumn ? { ...this.#cursor, column: this.#column } : this.#cursor;
		const wanted = motion(seen, from);
		const to = settled(seen, wanted);
		if (seen.missing !== null) return seen.missing;
		this.#goTo(to);
		if (keepsColumn) this.#column = from.column;
		return null;
	}

	async #read(text: StillText, line: number): Promise<void> {
		this.#reading = true;
		await text.load(line);
		this.#reading = false;
		this.#work();
	}

	#goTo(spot: Spot): void {
		this.#cursor = spot;
		this.#column = spot.column;
		this.#look?.point(spot);
	}

	#selection(): Selection | null {
		const anchor = this.#anchor;
		return anchor && { by: anchor.by, anchor: anchor.spot, cursor: this.#cursor };
	}

	#tell(): void {
		this.#look?.mark((line) => [...this.#matchesAt(line), ...this.#selectedAt(line)]);
		this.#options.onState({
			selecting: this.#anchor?.by ?? null,
			doing: this.#progress(),
			asOf: this.#asOf,
		});
	}

	#begin(what: Doing['what']): Doing {
		this.#doing = { what, since: performance.now(), percent: 0, stopped: false };
		return this.#doing;
	}

	/** Said only of what takes a while. */
	#progress(): CopyState['doing'] {
		const doing = this.#doing;
		if (!doing || performance.now() - doing.since < quickMs) return null;
		return { what: doing.what, percent: doing.percent };
	}

	#selectedAt(line: number): MarkedCells[] {
		const selection = this.#selection();
		const text = this.#text;
		const row = text?.row(line);
		if (!selection || !text || !row) return [];
		const cells = selectedCells(selection, line, cellTexts(row), text.columns);
		return cells ? [{ ...cells, as: 'selected' }] : [];
	}

	/** With the lines that it was wrapped over, as far as they are seen. */
	#matchesAt(line: number): MarkedCells[] {
		const [text, wanted] = [this.#text, this.#wanted];
		if (!text || !wanted) return [];
		const lines: SearchedLine[] = [];
		for (let at = line; at > line - joinedRows; at -= 1) {
			const row = text.row(at);
			if (!row) break;
			lines.unshift({ line: at, cells: cellTexts(row), wrapped: row.wrapped });
			if (!row.wrapped) break;
		}
		for (let at = line + 1; at < line + joinedRows; at += 1) {
			const row = text.row(at);
			if (!row?.wrapped) break;
			lines.push({ line: at, cells: cellTexts(row), wrapped: true });
		}
		return [...matchesIn(lines, wanted)]
			.flat()
			.filter((part) => part.line === line)
			.map(({ from, to }) => ({ from, to, as: 'found' as const }));
	}

	#forget(): void {
		this.#pane = null;
		this.#look = null;
		this.#text = null;
		this.#anchor = null;
		this.#asOf = null;
		this.#present = null;
		this.#steps = [];
		if (this.#doing) this.#doing.stopped = true;
	}
}

/** The spot at a cell of the pane, or at the nearest one. */
function spotAt(seen: Seen, look: PaneLook, x: number, y: number): Spot {
	const row = Math.max(0, Math.min(y, look.height - 1));
	return settled(seen, { line: look.top + row, column: Math.max(0, x) });
}

/** What motions read; remembers the first line that was not there. */
class Seen implements MotionText {
	readonly end: number;
	missing: number | null = null;
	readonly #text: StillText;

	constructor(text: StillText) {
		this.#text = text;
		this.end = text.end;
	}

	get first(): number {
		return this.#text.first;
	}

	cells(line: number): readonly string[] {
		const row = this.#text.row(line);
		if (!row) {
			this.missing ??= line;
			return [];
		}
		const cells = cellTexts(row);
		let length = cells.length;
		while (length > 0 && cells[length - 1] === ' ') length -= 1;
		return cells.slice(0, length);
	}
}
