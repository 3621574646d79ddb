// Copy mode: a cursor in the still text of one pane, what is selected, and what is taken of it.
import type { Refusal } from '../../lib/outcome.ts';
import type { LivePane } from '../panes/live-pane.ts';
import type { MarkedCells, PaneLook } from '../panes/pane-look.ts';
import { Caret } from './caret.ts';
import { type Motion, settled } from './copy-motions.ts';
import { Doing, type DoingWhat } from './doing.ts';
import { Errands } from './errands.ts';
import { matchesAt, selectedAt } from './marked-cells.ts';
import { type Moment, Moments, type NotTravelled } from './moments.ts';
import { SeenText, spotAt } from './seen-text.ts';
import type { Selection } from './selection.ts';
import {
	type GoOn,
	queryOf,
	type Search,
	type Sought,
	searchAround,
	searchPrompt,
} from './still-search.ts';
import type { Direction, Spot, StillText } from './still-text.ts';
import { type Taken, takeFrom } from './taken.ts';

/** What the chrome shows of it. */
export interface CopyState {
	readonly selecting: Selection['by'] | null;
	/** What takes a while, and how much of the text it has gone through in per cent. */
	readonly doing: Doing['told'];
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

export interface CopyModeOptions {
	readonly onState: (state: CopyState) => void;
	/** What it looked at is gone: the pane follows its program again. */
	readonly onGone: () => void;
}

export class CopyMode {
	readonly #options: CopyModeOptions;
	readonly #errands = new Errands();
	readonly #moments = new Moments();
	#pane: LivePane | null = null;
	#look: PaneLook | null = null;
	#text: StillText | null = null;
	readonly #caret = new Caret();
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
		this.#goTo(settled(new SeenText(look.text), { line, column }));
		this.#caret.unselect();
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
		const spot = this.#look.cursor ?? this.#caret.spot;
		this.#text = this.#look.text;
		this.#moments.forget();
		this.#caret.unselect();
		this.#errands.clear();
		this.#goTo(settled(new SeenText(this.#text), spot));
		this.#tell();
	}

	move(motion: Motion, keepsColumn = false): void {
		this.#errands.push(() => {
			const text = this.#text;
			if (!text) return undefined;
			const missing = this.#caret.move(new SeenText(text), motion, keepsColumn);
			if (missing !== null) return { until: text.load(missing), again: true };
			this.#point();
			return undefined;
		});
	}

	/** Moves the text under the cursor, and the cursor with it. */
	scroll(lines: number): void {
		this.#errands.push(() => {
			const look = this.#look;
			if (!look) return undefined;
			look.moveTo(look.top + lines);
			const { line, column } = this.#caret.spot;
			const within = Math.min(line + lines, look.top + look.height - 1);
			this.#goTo({ line: Math.max(within, look.top), column });
			return undefined;
		});
	}

	/** Half a page for 0.5. */
	page(pages: number): void {
		this.scroll(Math.trunc(pages * (this.#look?.height ?? 0)));
	}

	/** Begins to select from here, selects otherwise, or selects no more. */
	select(by: Selection['by']): void {
		this.#do(() => this.#caret.select(by));
	}

	/** Shows what stood there at another moment; beyond the last one that with which it began. */
	travel(
		direction: 'earlier' | 'later',
		then: (notTravelled: NotTravelled) => void,
	): void {
		this.#doLong(() => this.#travel(direction, then));
	}

	/** Puts the cursor at a cell of the pane, and selects nothing. */
	pointTo(x: number, y: number): void {
		this.#do((seen, look) => {
			this.#caret.unselect();
			this.#caret.goTo(spotAt(seen, look, x, y));
		});
	}

	/** Begins to select characters at a cell of the pane. */
	selectFrom(x: number, y: number): void {
		this.#do((seen, look) => this.#caret.selectFrom(spotAt(seen, look, x, y)));
	}

	/** Selects from where it began to a cell of the pane, or to its edge. */
	dragTo(x: number, y: number): void {
		this.#do((seen, look) => this.#caret.goTo(spotAt(seen, look, x, y)));
	}

	/** Selects the word at a cell of the pane, or the line with all that it was wrapped over. */
	selectAt(x: number, y: number, by: 'word' | 'line'): void {
		this.#do((seen, look, text) => {
			const spot = spotAt(seen, look, x, y);
			if (by === 'word') this.#caret.selectWord(seen, spot);
			else this.#caret.selectLine(text, spot.line);
		});
	}

	/** Ends what takes a while, or else the selection; false where there is neither. */
	stop(): boolean {
		this.#errands.clear();
		if (this.#doing) {
			this.#doing.stopped = true;
			return true;
		}
		if (!this.#caret.selection) return false;
		this.#caret.unselect();
		this.#tell();
		return true;
	}

	/** Looks for a text from the cursor on, and marks it wherever it is. */
	search(text: string, direction: Direction, then: (searched: Searched) => void): void {
		this.#doLong(() => {
			this.#wanted = { ...queryOf(text), direction };
			return this.#find(this.#wanted, then);
		});
	}

	/** To the next match of the last search, or to the one before. */
	searchOn(way: 'on' | 'back', then: (searched: Searched) => void): void {
		this.#doLong(async () => {
			const wanted = this.#wanted;
			if (!wanted) return then({ kind: 'nothing-wanted' });
			const turned = wanted.direction === 'up' ? 'down' : 'up';
			const direction = way === 'on' ? wanted.direction : turned;
			await this.#find({ ...wanted, direction }, then);
		});
	}

	/** To the nearest line at which a prompt begins. */
	toPrompt(direction: Direction, then: (searched: Searched) => void): void {
		this.#doLong(() =>
			this.#seek('', then, (text, goOn) =>
				searchPrompt(text, this.#caret.spot.line, direction, goOn),
			),
		);
	}

	/** Hands over what is selected, null for nothing, once all keys before have had their effect. */
	take(then: (taken: Taken | null) => void): void {
		this.#doLong(() => this.#take(then));
	}

	async #travel(
		direction: 'earlier' | 'later',
		then: (notTravelled: NotTravelled) => void,
	): Promise<void> {
		const [pane, look, text] = [this.#pane, this.#look, this.#text];
		if (!pane || !look || !text) return;
		const found = await this.#moments.find(pane, direction);
		if (this.#look !== look || this.#text !== text) return;
		if (found.kind === 'moment') this.#replace(look, text, found);
		else then(found);
	}

	#replace(look: PaneLook, shown: StillText, moment: Moment): void {
		this.#moments.goTo(moment, shown);
		const { text } = moment;
		this.#text = text;
		this.#caret.unselect();
		look.replace(text);
		look.moveTo(look.lastTop);
		const line = Math.max(look.top, text.end - 1);
		this.#goTo(settled(new SeenText(text), { line, column: 0 }));
		this.#tell();
	}

	#find(wanted: Search, then: (searched: Searched) => void): Promise<void> {
		return this.#seek(wanted.text, then, (text, goOn) =>
			searchAround(text, wanted, this.#caret.spot, goOn),
		);
	}

	/** Goes to what is found, and tells what came of it. */
	async #seek(
		what: string,
		then: (searched: Searched) => void,
		look: (text: StillText, goOn: GoOn) => Promise<Sought>,
	): Promise<void> {
		const text = this.#text;
		if (!text) return;
		const doing = this.#begin('searching');
		const { found, around } = await look(text, (share) => {
			doing.percent = Math.round(100 * share);
			if (this.#text === text) this.#tell();
			return this.#text === text && !doing.stopped;
		});
		this.#ended(doing);
		if (this.#text === null) return;
		// A new size has wrapped the lines anew in which it looked.
		if (this.#text !== text) doing.stopped = true;
		if (found.ok && found.value && !doing.stopped) {
			await text.load(found.value.line);
			this.#goTo(found.value);
		}
		this.#tell();
		if (doing.stopped) then({ kind: 'stopped' });
		else if (!found.ok) then({ kind: 'refused', refusal: found.refusal });
		else if (!found.value) then({ kind: 'nowhere', text: what });
		else then({ kind: 'found', around });
	}

	async #take(then: (taken: Taken | null) => void): Promise<void> {
		const [text, selection] = [this.#text, this.#caret.selection];
		if (!text || !selection) return then(null);
		const doing = this.#begin('copying');
		const taken = await takeFrom(text, selection, doing, () => this.#tell());
		this.#ended(doing);
		if (this.#text !== text) return;
		this.#tell();
		if (taken) then(taken);
	}

	/** Once all that was asked for before is done. */
	#do(deed: (seen: SeenText, look: PaneLook, text: StillText) => void): void {
		this.#errands.push(() => {
			const [look, text] = [this.#look, this.#text];
			if (!look || !text) return undefined;
			const { spot } = this.#caret;
			deed(new SeenText(text), look, text);
			if (this.#caret.spot !== spot) this.#point();
			this.#tell();
			return undefined;
		});
	}

	/** Once all that was asked for before is done; what comes later waits for it. */
	#doLong(deed: () => Promise<void>): void {
		this.#errands.push(() => ({ until: deed(), again: false }));
	}

	#goTo(spot: Spot): void {
		this.#caret.goTo(spot);
		this.#point();
	}

	/** Shows the cursor, and the text where it stands. */
	#point(): void {
		this.#look?.point(this.#caret.spot);
	}

	#tell(): void {
		this.#look?.mark((line) => this.#marksAt(line));
		this.#options.onState({
			selecting: this.#caret.selection?.by ?? null,
			doing: this.#doing?.told ?? null,
			asOf: this.#moments.asOf,
		});
	}

	#marksAt(line: number): MarkedCells[] {
		const [text, wanted, selection] = [this.#text, this.#wanted, this.#caret.selection];
		if (!text) return [];
		return [
			...(wanted ? matchesAt(text, wanted, line) : []),
			...(selection ? selectedAt(text, selection, line) : []),
		];
	}

	#begin(what: DoingWhat): Doing {
		this.#doing = new Doing(what);
		return this.#doing;
	}

	#ended(doing: Doing): void {
		if (this.#doing === doing) this.#doing = null;
	}

	#forget(): void {
		this.#pane = null;
		this.#look = null;
		this.#text = null;
		this.#caret.unselect();
		this.#moments.forget();
		this.#errands.clear();
		if (this.#doing) this.#doing.stopped = true;
	}
}
