// The part of a still text that stands in a pane's place instead of the live screen.
import type { ScreenRow } from '../../protocol/rows.ts';
import { findLandmark, type Landmark, landmarkAt } from '../copying/landmark.ts';
import type { Spot, StillText } from '../copying/still-text.ts';
import type { Mark, PaneView } from './pane-tile.ts';

/** Cells of one line that are marked, `to` excluded. */
export interface MarkedCells {
	readonly from: number;
	readonly to: number;
	readonly as: Mark['as'];
}

export interface LookOptions {
	readonly text: StillText;
	readonly height: number;
	readonly paint: (view: PaneView, marks: readonly Mark[]) => void;
	/** It shows other lines than before. */
	readonly onMove: () => void;
}

export class PaneLook {
	#text: StillText;
	readonly #options: LookOptions;
	#height: number;
	#top: number;
	#cursor: Spot | null = null;
	#marksOf: (line: number) => readonly MarkedCells[] = () => [];
	#loading = false;
	#closed = false;
	/** What is kept in view over new sizes; null until one comes, and after each move. */
	#landmark: Landmark | null = null;
	/** The text of the newest size, while it is sought there. */
	#next: StillText | null = null;

	constructor(options: LookOptions) {
		this.#options = options;
		this.#text = options.text;
		this.#height = options.height;
		this.#top = this.lastTop;
	}

	get text(): StillText {
		return this.#text;
	}

	/** The first line shown. */
	get top(): number {
		return this.#top;
	}

	get height(): number {
		return this.#height;
	}

	/** Where the cursor of copy mode stands. */
	get cursor(): Spot | null {
		return this.#cursor;
	}

	/** The first line shown at the end of the text. */
	get lastTop(): number {
		return Math.max(this.#oldest, this.#text.end - this.#height);
	}

	/** Lines that were wrapped anew are also numbered below zero. */
	get #oldest(): number {
		return Math.min(0, this.#text.first);
	}

	moveTo(top: number): void {
		const within = Math.max(this.#text.first, Math.min(top, this.lastTop));
		if (within === this.#top) return;
		this.#top = within;
		this.#landmark = null;
		this.#options.onMove();
		this.show();
	}

	/** Where the cursor stands, null for none; the text moves until it is seen. */
	point(cursor: Spot | null): void {
		const before = this.#cursor;
		if (cursor?.line !== before?.line || cursor?.column !== before?.column)
			this.#landmark = null;
		this.#cursor = cursor;
		if (cursor && cursor.line < this.#top) this.moveTo(cursor.line);
		else if (cursor && cursor.line >= this.#top + this.#height)
			this.moveTo(cursor.line - this.#height + 1);
		this.show();
	}

	/** How cells are marked, asked for each line that is shown. */
	mark(marksOf: (line: number) => readonly MarkedCells[]): void {
		this.#marksOf = marksOf;
		this.show();
	}

	/** Its place has another height; what is looked at stays in view. */
	resize(height: number): void {
		if (height === this.#height) return;
		this.#height = height;
		this.#keepInView(this.#top);
		this.show();
	}

	/** Another text stands in its place, at its end. */
	replace(text: StillText): void {
		this.#next = null;
		this.#put(text, null);
		this.#top = this.lastTop;
		this.show();
	}

	/**
	 * The terminal has another size: its lines are wrapped anew. What the cursor stands on, or else the
	 * first line, stays in view; where it is gone, as many lines as before are below.
	 */
	async rewrap(text: StillText): Promise<void> {
		this.#next = text;
		let sought: Landmark | null;
		let found: Spot | null = null;
		do {
			this.#landmark ??= this.#here();
			sought = this.#landmark;
			const isWanted = () => this.#next === text && !this.#closed;
			if (sought) found = await findLandmark(text, sought, isWanted);
			if (!isWanted()) return;
		} while (this.#landmark !== sought);
		this.#next = null;
		const below = this.#text.end - (this.#cursor?.line ?? this.#top);
		const spot = found ?? { line: text.end - below, column: this.#cursor?.column ?? 0 };
		const down = this.#cursor ? this.#cursor.line - this.#top : 0;
		this.#put(text, this.#cursor && spot);
		this.#keepInView(spot.line - down);
		this.#options.onMove();
		this.show();
	}

	close(): void {
		this.#closed = true;
	}

	/** Paints what is there; lines that have to be read are painted when they have come. */
	show(): void {
		if (this.#closed) return;
		const rows: ScreenRow[] = [];
		for (let line = this.#top; line < this.#top + this.#height; line += 1) {
			const row = this.#text.row(line);
			if (!row) return void this.#load(line);
			rows.push(row);
		}
		const { columns } = this.#text;
		this.#options.paint(
			{ kind: 'rows', columns, rows, cursor: this.#cursorInside() },
			this.#marks(),
		);
		// The next step in either direction finds its lines there.
		for (const near of [this.#top - this.#height, this.#top + this.#height * 2])
			if (near >= this.#text.first) void this.#text.load(near);
	}

	/** What it shows, by which it is found again. */
	#here(): Landmark | null {
		const top = { line: this.#top, column: 0 };
		const end = this.#top + this.#height;
		return landmarkAt(this.#text, this.#cursor ?? top, this.#top, end);
	}

	#put(text: StillText, cursor: Spot | null): void {
		this.#text = text;
		this.#cursor = cursor;
		this.#marksOf = () => [];
	}

	/** Shows lines from one on, as far as there are any, and the cursor in any case. */
	#keepInView(top: number): void {
		const cursor = this.#cursor?.line ?? top;
		const least = Math.max(this.#oldest, cursor - this.#height + 1);
		this.#top = Math.max(least, Math.min(top, cursor, this.lastTop));
	}

	async #load(line: number): Promise<void> {
		if (this.#loading) return;
		this.#loading = true;
		await this.#text.load(line);
		this.#loading = false;
		// What is no longer kept cannot be shown: the first line that is.
		if (this.#top < this.#text.first) {
			this.#top = Math.min(this.#text.first, this.lastTop);
			this.#options.onMove();
		}
		this.show();
	}

	#cursorInside(): { x: number; y: number } | null {
		const cursor = this.#cursor;
		return cursor && { x: cursor.column, y: cursor.line - this.#top };
	}

	#marks(): readonly Mark[] {
		return Array.from({ length: this.#height }, (_, y) =>
			this.#marksOf(this.#top + y).map(({ from, to, as }): Mark => {
				return { x: from, y, width: to - from, height: 1, as };
			}),
		).flat();
	}
}
