// The cursor of copy mode, and what is selected from where it was.
import { type Motion, settled, wordAt } from './copy-motions.ts';
import type { SeenText } from './seen-text.ts';
import type { Selection } from './selection.ts';
import type { Spot, StillText } from './still-text.ts';

export class Caret {
	#spot: Spot = { line: 0, column: 0 };
	/** The column that moving by lines wants to come back to. */
	#column = 0;
	#anchor: { readonly spot: Spot; readonly by: Selection['by'] } | null = null;

	get spot(): Spot {
		return this.#spot;
	}

	/** Null where nothing is selected. */
	get selection(): Selection | null {
		const anchor = this.#anchor;
		return anchor && { by: anchor.by, anchor: anchor.spot, cursor: this.#spot };
	}

	goTo(spot: Spot): void {
		this.#spot = spot;
		this.#column = spot.column;
	}

	/** The line that has to be read first; null where it has moved. */
	move(seen: SeenText, motion: Motion, keepsColumn: boolean): number | null {
		const from = keepsColumn ? { ...this.#spot, column: this.#column } : this.#spot;
		const to = settled(seen, motion(seen, from));
		if (seen.missing !== null) return seen.missing;
		this.goTo(to);
		if (keepsColumn) this.#column = from.column;
		return null;
	}

	/** Begins to select from here, selects otherwise, or selects no more. */
	select(by: Selection['by']): void {
		const spot = this.#anchor?.spot ?? this.#spot;
		this.#anchor = this.#anchor?.by === by ? null : { spot, by };
	}

	/** Begins to select characters at a spot. */
	selectFrom(spot: Spot): void {
		this.#anchor = { spot, by: 'characters' };
		this.goTo(spot);
	}

	/** Selects the word at a spot. */
	selectWord(seen: SeenText, { line, column }: Spot): void {
		const [from, to] = wordAt(seen.cells(line), column);
		this.selectFrom({ line, column: from });
		this.goTo({ line, column: to });
	}

	/** Selects a line with all that it was wrapped over. */
	selectLine(text: StillText, line: number): void {
		let [first, last] = [line, line];
		while (text.row(first)?.wrapped && first > text.first) first -= 1;
		while (text.row(last + 1)?.wrapped && last + 1 < text.end) last += 1;
		this.#anchor = { spot: { line: first, column: 0 }, by: 'lines' };
		this.goTo({ line: last, column: 0 });
	}

	/** Selects no more. */
	unselect(): void {
		this.#anchor = null;
	}
}
