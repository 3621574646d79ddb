// A pane's screen as the holder last pushed it.
import type { RowsPush, ScreenRow } from '../../protocol/rows.ts';
import { PaneMode } from '../../protocol/rows.ts';
import { writeRow } from '../paint/cell-rows.ts';
import type { CellTable } from '../paint/cell-table.ts';
import { Grid } from '../paint/screen.ts';

/** `lost`: a push is missing; the client must ask for a full set and nothing else is taken. */
export type Applied =
	| {
			readonly kind: 'applied';
			readonly rows: readonly number[];
			readonly resized: boolean;
	  }
	| { readonly kind: 'lost' };

export class PaneScreen implements Disposable {
	readonly pane: number;
	readonly grid: Grid;
	#state: Omit<RowsPush, 'changed'> | undefined;
	#lost = true;

	constructor(table: CellTable, pane: number) {
		this.pane = pane;
		this.grid = new Grid(table, 0, 0);
	}

	/** Cursor, modes and size of the last push; undefined before the first full set. */
	get state(): Omit<RowsPush, 'changed'> | undefined {
		return this.#state;
	}

	has(mode: keyof typeof PaneMode): boolean {
		return ((this.#state?.modes ?? 0) & PaneMode[mode]) !== 0;
	}

	apply(push: RowsPush): Applied {
		const known = this.#state;
		const follows = known !== undefined && push.version === known.version + 1;
		const fits = push.columns === known?.columns && push.rows === known.rows;
		if (!push.full && (this.#lost || !follows || !fits)) {
			this.#lost = true;
			return { kind: 'lost' };
		}
		const { changed, ...state } = push;
		if (push.full) this.grid.resize(push.columns, push.rows);
		for (const row of changed)
			if (row.row < push.rows) writeRow(this.grid, row.row, row, `p${this.pane}`);
		this.#state = state;
		this.#lost = false;
		const rows = push.full
			? Array.from({ length: push.rows }, (_, row) => row)
			: changed.map((row) => row.row);
		return { kind: 'applied', rows, resized: push.full && !fits };
	}

	/** Rows that stand still, such as history, in a grid of their own. The caller disposes it. */
	still(columns: number, rows: readonly ScreenRow[]): Grid {
		const grid = new Grid(this.grid.table, columns, rows.length);
		for (const [y, row] of rows.entries()) writeRow(grid, y, row, `p${this.pane}`);
		return grid;
	}

	[Symbol.dispose](): void {
		this.grid[Symbol.dispose]();
	}
}
