// A still text as motions read it: as far as it is there, remembering the first line that is not.
import { cellTexts } from '../../terminal/screen-text.ts';
import type { PaneLook } from '../panes/pane-look.ts';
import { type MotionText, settled } from './copy-motions.ts';
import type { Spot, StillText } from './still-text.ts';

export class SeenText implements MotionText {
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

/** The spot at a cell of the pane, or at the nearest one. */
export function spotAt(seen: SeenText, look: PaneLook, x: number, y: number): Spot {
	const row = Math.max(0, Math.min(y, look.height - 1));
	return settled(seen, { line: look.top + row, column: Math.max(0, x) });
}
