// One pane as it is seen: its screen or a piece of its history, where it stands, what is marked.
import { PaneMode, type RowsPush, type ScreenRow } from '../../protocol/rows.ts';
import { ColourMode, Foreground } from '../paint/cell.ts';
import type { CellTable } from '../paint/cell-table.ts';
import type { ScreenCursor } from '../paint/emit.ts';
import type { Grid, Rectangle, Restyle } from '../paint/screen.ts';
import { PaneScreen } from './pane-screen.ts';

/** What a place shows: the live screen, or rows that the caller took from the history. */
export type PaneView =
	| { readonly kind: 'follow' }
	| {
			readonly kind: 'rows';
			readonly columns: number;
			/** From the top of the place downwards. */
			readonly rows: readonly ScreenRow[];
			/** Where the terminal's cursor shows, in the place's own cells. */
			readonly cursor: { readonly x: number; readonly y: number } | null;
	  };

/** Rows of the place that a push changed: none, some, all, or unknown because a push is missing. */
export type Damage = 'none' | 'all' | 'held' | 'lost' | readonly number[];

/** Cells that stand out, `selected` or `found` by a search. */
export interface Mark extends Rectangle {
	readonly as: 'selected' | 'found';
}

const looks: Readonly<Record<Mark['as'], Restyle>> = {
	selected: { toggleForeground: Foreground.inverse },
	// Black on yellow, and underlined where there are no colours.
	found: {
		toggleForeground: 0,
		paint: {
			foreground: ColourMode.ansi16 | Foreground.underline,
			background: ColourMode.ansi16 | 3,
		},
	},
};

export class PaneTile implements Disposable {
	/** Rows of the screen that its output changed and that were not composed since. */
	readonly fresh = new Set<number>();
	readonly screen: PaneScreen;
	/** Where the content stands; undefined while the pane is hidden. */
	#place: Rectangle | undefined;
	#still: { grid: Grid; cursor: { x: number; y: number } | null } | undefined;
	#marks: readonly Mark[] = [];
	/** The row of the screen that stands in the first row of the place. */
	#top = 0;
	#held = false;

	constructor(table: CellTable, pane: number) {
		this.screen = new PaneScreen(table, pane);
	}

	get place(): Rectangle | undefined {
		return this.#place;
	}

	set place(place: Rectangle | undefined) {
		this.#place = place;
		this.#findTop();
	}

	push(push: RowsPush): Damage {
		const before = this.screen.state?.modes ?? 0;
		const applied = this.screen.apply(push);
		if (applied.kind === 'lost') return 'lost';
		if (!this.#place || this.#still) return 'none';
		if (this.screen.has('synchronized')) {
			this.#held = true;
			return 'held';
		}
		const flipped = (before ^ push.modes) & PaneMode.reverseScreen;
		const moved = this.#findTop();
		if (this.release() || moved || flipped || applied.resized) return 'all';
		return applied.rows.map((row) => row - this.#top);
	}

	/** Ends the wait for a program's update; whether there was one. */
	release(): boolean {
		const held = this.#held;
		this.#held = false;
		return held;
	}

	view(view: PaneView): void {
		this.#still?.grid[Symbol.dispose]();
		this.#still = undefined;
		if (view.kind === 'rows') {
			const grid = this.screen.still(view.columns, view.rows);
			this.#still = { grid, cursor: view.cursor };
		}
		this.#findTop();
	}

	mark(marks: readonly Mark[]): void {
		this.#marks = marks;
	}

	/** Draws what stands in screen row `y`; nothing before the first push. */
	draw(target: Grid, y: number): void {
		const place = this.#place;
		if (!place || !(this.#still || this.screen.state)) return;
		const grid = this.#still?.grid ?? this.screen.grid;
		const row = y - place.y + (this.#still ? 0 : this.#top);
		const drawn = row < grid.rows ? Math.min(place.width, grid.columns) : 0;
		const { x } = place;
		target.copyRow(grid, 0, row, drawn, x, y, {
			toggleForeground: this.screen.has('reverseScreen') ? Foreground.inverse : 0,
		});
		target.erase({ x: x + drawn, y, width: place.width - drawn, height: 1 });
		for (const mark of this.#marks) {
			if (y - place.y < mark.y || y - place.y >= mark.y + mark.height) continue;
			const from = Math.max(0, mark.x);
			const width = Math.min(place.width, mark.x + mark.width) - from;
			target.restyle({ x: x + from, y, width, height: 1 }, looks[mark.as]);
		}
	}

	/** The cell of the pane's screen nearest to a cell of the terminal; null while it is not shown. */
	cellAt(x: number, y: number): { x: number; y: number } | null {
		const place = this.#place;
		const { state } = this.screen;
		if (!place || !state) return null;
		const width = Math.min(place.width, state.columns);
		const height = Math.min(place.height, state.rows - this.#top);
		return {
			x: Math.max(0, Math.min(width - 1, x - place.x)),
			y: Math.max(0, Math.min(height - 1, y - place.y)) + this.#top,
		};
	}

	/** The terminal's cursor while this pane has the focus, null where it is not to be seen. */
	cursor(): ScreenCursor | null {
		const place = this.#place;
		const inside = this.#cursorInside();
		if (!place || !inside || inside.x < 0 || inside.y < 0) return null;
		if (inside.x >= place.width || inside.y >= place.height) return null;
		return { x: place.x + inside.x, y: place.y + inside.y, shape: inside.shape };
	}

	[Symbol.dispose](): void {
		this.#still?.grid[Symbol.dispose]();
		this.screen[Symbol.dispose]();
	}

	#cursorInside(): ScreenCursor | null {
		if (this.#still) return this.#still.cursor && { ...this.#still.cursor, shape: 0 };
		const { state } = this.screen;
		if (!state || this.screen.has('cursorHidden')) return null;
		const { cursorColumn, cursorRow, cursorShape, columns } = state;
		const blinking = this.screen.has('cursorBlink') ? 1 : 0;
		return {
			// Behind the last column while the program's next glyph will wrap.
			x: Math.min(cursorColumn, columns - 1),
			y: cursorRow - this.#top,
			shape: cursorShape === 0 ? 0 : cursorShape * 2 - blinking,
		};
	}

	// Where the place is lower than the screen it shows the bottom, or more above to keep the cursor
	// in view. Returns whether that changed.
	#findTop(): boolean {
		const before = this.#top;
		const { state } = this.screen;
		const height = this.#place?.height ?? 0;
		if (!state || state.rows <= height) this.#top = 0;
		else {
			const bottom = state.rows - height;
			const below = this.screen.has('cursorHidden') || state.cursorRow >= bottom;
			this.#top = below ? bottom : Math.max(0, state.cursorRow - height + 1);
		}
		return this.#top !== before;
	}
}
