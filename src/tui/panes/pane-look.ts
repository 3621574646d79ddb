// The part of a still text that stands in a pane's place instead of the live screen.
import type { ScreenRow } from '../../protocol/rows.ts';
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
		this.#options.onMove();
		this.show();
	}

	/** Where the cursor stands, null for none; the text moves until it is seen. */
	point(cursor: Spot | null): void {
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

	/** Its place has another height. */
	resize(height: number): void {
		if (height === this.#height) return;
		const below = this.lastTop - this.#top;
		this.#height = height;
		this.#top = Math.max(this.#oldest, this.lastTop - below);
		this.show();
	}

	/** The terminal has another size: its lines are wrapped anew, and counted from the end. */
	replace(text: StillText): void {
		const below = this.lastTop - this.#top;
		this.#text = text;
		this.#top = Math.max(this.#oldest, this.lastTop - below);
		this.#cursor = null;
		this.#marksOf = () => [];
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
