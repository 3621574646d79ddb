// What rows of cells show, as one text that is searched, and back from its places to the cells.
import { cellWords } from '../protocol/rows.ts';

export interface ShownRow {
	/** It goes on from the row above. */
	readonly wrapped: boolean;
	readonly cells: Uint32Array;
	readonly clusters: readonly (readonly [column: number, text: string])[];
}

/** Of one row, by its index. */
export type Columns = ReadonlyMap<number, readonly number[]>;

const combined = 1 << 21;
const pointMask = 0x1fffff;

/** A line break stands before each row that does not go on from the one above. */
export function shownText(rows: readonly ShownRow[]): string {
	let text = '';
	for (const [index, row] of rows.entries()) {
		if (index > 0 && !row.wrapped) text += '\n';
		const { cells } = row;
		const clusters = clustersOf(row);
		for (let at = 0; at < cells.length; at += cellWords) {
			const content = cells[at] ?? 0;
			if (content >>> 22 !== 0) text += shownIn(content, clusters?.get(at / cellWords));
		}
	}
	return text;
}

/** The cells that show what stands at these places of `shownText`. */
export function cellsShowing(
	rows: readonly ShownRow[],
	places: ReadonlySet<number>,
): Columns {
	const found = new Map<number, number[]>();
	if (places.size === 0) return found;
	let end = 0;
	for (const [index, row] of rows.entries()) {
		if (index > 0 && !row.wrapped) end += 1;
		const { cells } = row;
		const clusters = clustersOf(row);
		const columns: number[] = [];
		for (let at = 0; at < cells.length; at += cellWords) {
			const content = cells[at] ?? 0;
			if (content >>> 22 === 0) continue;
			const start = end;
			end += shownIn(content, clusters?.get(at / cellWords)).length;
			for (let place = start; place < end; place += 1)
				if (places.has(place) && columns.at(-1) !== at / cellWords)
					columns.push(at / cellWords);
		}
		if (columns.length > 0) found.set(index, columns);
	}
	return found;
}

function clustersOf({ clusters }: ShownRow): Map<number, string> | undefined {
	return clusters.length > 0 ? new Map(clusters) : undefined;
}

function shownIn(content: number, cluster: string | undefined): string {
	if ((content & combined) !== 0) return cluster ?? ' ';
	const point = content & pointMask;
	return point === 0 ? ' ' : String.fromCodePoint(point);
}
