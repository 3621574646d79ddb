// The screen as it should be: chrome below, panes over it, dialogs of the chrome on top. Composed
// row by row, only rows that changed; nothing is kept between rows but what they are made of.
import type { RowsPush } from '../../protocol/rows.ts';
import { type Mark, PaneTile, type PaneView } from '../panes/pane-tile.ts';
import { gridWords } from './cell.ts';
import { clusterGlyph } from './cell-rows.ts';
import { CellTable } from './cell-table.ts';
import type { ScreenCursor } from './emit.ts';
import { Grid, type Rectangle } from './screen.ts';

/** Where the content of a pane stands. Its pane number is unique over all holders. */
export interface PanePlace extends Rectangle {
	readonly pane: number;
}

/** A sign of the chrome that turns without React, where the chrome shows it; its style stays. */
export interface Spinner {
	readonly x: number;
	readonly y: number;
	readonly sign: string;
	/** Texts of one cell each. */
	readonly frames: readonly string[];
}

/**
 * `hidden`: nothing to paint. `held`: the program asked to show nothing until its update is complete
 * (mode 2026). `lost`: a push is missing, ask the holder for a full set.
 */
export type Pushed = 'shown' | 'hidden' | 'held' | 'lost';

export interface Composition {
	readonly grid: Grid;
	/** One byte a row: whether it was composed anew. */
	readonly rows: Uint8Array;
	readonly cursor: ScreenCursor | null;
}

export class Compositor implements Disposable {
	readonly table = new CellTable();
	/** The view draws here; `chromeChanged` says which rows. */
	readonly chrome: Grid;
	readonly #screen: Grid;
	readonly #tiles = new Map<number, PaneTile>();
	#shown: readonly PaneTile[] = [];
	#dialogs: readonly Rectangle[] = [];
	#spinners: readonly Spinner[] = [];
	#step = 0;
	#focus: number | null = null;
	#cursor: ScreenCursor | null = null;
	#dirty: Uint8Array;
	#composed: Uint8Array;

	constructor(columns: number, rows: number) {
		this.chrome = new Grid(this.table, columns, rows);
		this.#screen = new Grid(this.table, columns, rows);
		this.#dirty = new Uint8Array(rows).fill(1);
		this.#composed = new Uint8Array(rows);
	}

	get columns(): number {
		return this.#screen.columns;
	}

	get rows(): number {
		return this.#screen.rows;
	}

	/** Another size of the terminal. The chrome is blank until it draws again. */
	resize(columns: number, rows: number): void {
		this.chrome.resize(columns, rows);
		this.#screen.resize(columns, rows);
		this.#dirty = new Uint8Array(rows).fill(1);
		this.#composed = new Uint8Array(rows);
	}

	chromeChanged(rows: Iterable<number>): void {
		for (const row of rows) this.#dirty[row] = 1;
	}

	/** Takes what a holder pushed. After `lost` nothing but a full set is taken. */
	push(push: RowsPush): Pushed {
		const tile = this.#tile(push.pane);
		const damage = tile.push(push);
		if (damage === 'lost' || damage === 'held') return damage;
		if (damage === 'none' || !tile.place) return 'hidden';
		const { y, height } = tile.place;
		for (const row of damage === 'all' ? Array(height).keys() : damage)
			if (row >= 0 && row < height) {
				this.#dirty[y + row] = 1;
				tile.fresh.add(y + row);
			}
		return 'shown';
	}

	/** Shows a held pane after all; for programs that never end their update. */
	release(pane: number): void {
		const tile = this.#tiles.get(pane);
		if (tile?.release()) this.#touchTile(tile);
	}

	/** The pane's own cell at a cell of the screen, the nearest one for a cell outside it. */
	cellIn(pane: number, x: number, y: number): { x: number; y: number } | null {
		return this.#tiles.get(pane)?.cellAt(x, y) ?? null;
	}

	/** Forgets a pane that is gone. */
	drop(pane: number): void {
		const tile = this.#tiles.get(pane);
		if (!tile) return;
		this.#touchTile(tile);
		this.#shown = this.#shown.filter((one) => one !== tile);
		this.#tiles.delete(pane);
		tile[Symbol.dispose]();
	}

	/** The places of panes and, above them, the rectangles where the chrome shows a dialog. */
	arrange(places: readonly PanePlace[], dialogs: readonly Rectangle[] = []): void {
		for (const area of this.#dialogs) this.#touch(area);
		for (const tile of this.#shown) {
			this.#touchTile(tile);
			tile.place = undefined;
		}
		this.#dialogs = dialogs;
		this.#shown = places.map((place) => {
			const tile = this.#tile(place.pane);
			tile.place = place;
			return tile;
		});
		for (const area of [...places, ...dialogs]) this.#touch(area);
	}

	/** The pane that owns the terminal's cursor, if any. */
	focus(pane: number | null): void {
		this.#focus = pane;
	}

	view(pane: number, view: PaneView): void {
		const tile = this.#tile(pane);
		tile.view(view);
		this.#touchTile(tile);
	}

	/** Cells of a pane's place that stand out, such as a selection. */
	mark(pane: number, marks: readonly Mark[]): void {
		const tile = this.#tile(pane);
		tile.mark(marks);
		this.#touchTile(tile);
	}

	/** Replaces the spinners; `spin` moves them. */
	spinners(spinners: readonly Spinner[]): void {
		for (const { y } of [...this.#spinners, ...spinners]) this.#dirty[y] = 1;
		this.#spinners = spinners;
	}

	get hasSpinners(): boolean {
		return this.#spinners.length > 0;
	}

	/** Shows the next glyph of each spinner; whether there was any. */
	spin(): boolean {
		this.#step += 1;
		for (const { y } of this.#spinners) this.#dirty[y] = 1;
		return this.#spinners.length > 0;
	}

	/** A cursor of the chrome's own, as in a text field; it wins over the focused pane's. */
	textCursor(cursor: ScreenCursor | null): void {
		this.#cursor = cursor;
	}

	/**
	 * Composes the rows that changed, or only those that the output of one pane changed: what stands
	 * beside it may be a flood. What the result holds is overwritten by the next call.
	 */
	compose(only?: number): Composition {
		this.#composed.fill(0);
		if (only === undefined) {
			for (let y = 0; y < this.rows; y += 1) this.#composeRow(y);
			for (const tile of this.#shown) tile.fresh.clear();
		} else {
			const fresh = this.#tiles.get(only)?.fresh;
			for (const y of fresh ?? []) this.#composeRow(y);
			fresh?.clear();
		}
		return { grid: this.#screen, rows: this.#composed, cursor: this.#cursorNow() };
	}

	[Symbol.dispose](): void {
		for (const tile of this.#tiles.values()) tile[Symbol.dispose]();
		this.#tiles.clear();
		this.#shown = [];
		this.chrome[Symbol.dispose]();
		this.#screen[Symbol.dispose]();
	}

	#composeRow(y: number): void {
		if (!this.#dirty[y]) return;
		this.#dirty[y] = 0;
		this.#composed[y] = 1;
		this.#row(y);
	}

	#row(y: number): void {
		this.#screen.copyRow(this.chrome, 0, y, this.columns, 0, y);
		for (const tile of this.#shown)
			if (tile.place && crosses(tile.place, y)) tile.draw(this.#screen, y);
		for (const dialog of this.#dialogs)
			if (crosses(dialog, y))
				this.#screen.copyRow(this.chrome, dialog.x, y, dialog.width, dialog.x, y);
		for (const spinner of this.#spinners) if (spinner.y === y) this.#spinner(spinner);
	}

	// Panes are placed before the chrome is drawn: until then another text stands there.
	#spinner({ x, y, sign, frames }: Spinner): void {
		const text = frames[this.#step % frames.length];
		if (text === undefined || this.#screen.text(y, x, x + 1) !== sign) return;
		const { cells } = this.#screen;
		const at = (y * this.columns + x) * gridWords;
		this.#screen.put(x, y, clusterGlyph(this.table, text, 1), 1, {
			foreground: cells[at + 1] ?? 0,
			background: cells[at + 2] ?? 0,
			extra: cells[at + 3] ?? 0,
		});
	}

	#cursorNow(): ScreenCursor | null {
		if (this.#cursor || this.#focus === null) return this.#cursor;
		const cursor = this.#tiles.get(this.#focus)?.cursor() ?? null;
		return cursor && !this.#inDialog(cursor.x, cursor.y) ? cursor : null;
	}

	#inDialog(x: number, y: number): boolean {
		return this.#dialogs.some((dialog) => contains(dialog, x, y));
	}

	#tile(pane: number): PaneTile {
		const known = this.#tiles.get(pane);
		if (known) return known;
		const tile = new PaneTile(this.table, pane);
		this.#tiles.set(pane, tile);
		return tile;
	}

	#touchTile({ place }: PaneTile): void {
		if (place) this.#touch(place);
	}

	#touch({ y, height }: Rectangle): void {
		this.#dirty.fill(1, Math.max(0, y), Math.max(0, y + height));
	}
}

function crosses(area: Rectangle, y: number): boolean {
	return y >= area.y && y < area.y + area.height;
}

function contains(area: Rectangle, x: number, y: number): boolean {
	return crosses(area, y) && x >= area.x && x < area.x + area.width;
}
