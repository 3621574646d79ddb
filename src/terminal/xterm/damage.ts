// Which rows changed. Stands in for the library's tracker, which keeps one range: moving the cursor
// from the first to the last row would send the whole screen.
import type { DirtyRows } from './internals.ts';

export class Damage implements DirtyRows {
	/** Beyond every row, so that the library never announces a range itself. */
	start = Number.POSITIVE_INFINITY;
	end = Number.NEGATIVE_INFINITY;

	#rows: Uint8Array;
	#all = true;

	constructor(rows: number) {
		this.#rows = new Uint8Array(rows);
	}

	/** Called by the library before each parse; marks live until `take`. */
	clearRange(): void {}

	markDirty(row: number): void {
		this.#rows[row] = 1;
	}

	markRangeDirty(first: number, last: number): void {
		if (this.#all) return;
		const from = Math.min(first, last);
		const to = Math.max(first, last);
		if (from <= 0 && to >= this.#rows.length - 1) this.#all = true;
		else this.#rows.fill(1, Math.max(0, from), to + 1);
	}

	markAllDirty(): void {
		this.#all = true;
	}

	resize(rows: number): void {
		this.#rows = new Uint8Array(rows);
		this.#all = true;
	}

	/** Calls `mark` for each changed row and forgets them; false where nothing changed. */
	take(mark: (row: number) => void): boolean {
		let any = false;
		for (let row = 0; row < this.#rows.length; row += 1) {
			if (!this.#all && this.#rows[row] === 0) continue;
			any = true;
			mark(row);
		}
		if (any) this.#rows.fill(0);
		this.#all = false;
		return any;
	}
}
