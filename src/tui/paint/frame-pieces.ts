// Frames in few pieces: what stands upright is one column and not a row for each of its cells, for
// each row would be laid out, measured and written over the whole width of the screen.
import type { LineRun } from './frame-lines.ts';

export interface FramePiece<Role extends string> {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly lines: readonly string[];
	readonly role: Role;
}

interface FrameRow<Role extends string> {
	readonly y: number;
	readonly runs: readonly LineRun<Role>[];
}

export function framePieces<Role extends string>(
	rows: readonly FrameRow<Role>[],
): readonly FramePiece<Role>[] {
	const pieces: FramePiece<Role>[] = [];
	let above = new Map<number, { lines: string[]; role: Role }>();
	let last = Number.NaN;
	for (const { y, runs } of rows.toSorted((one, other) => one.y - other.y)) {
		const here: typeof above = new Map();
		for (const { x, text, role } of runs) {
			if (role === null) continue;
			const column = y === last + 1 ? above.get(x) : undefined;
			if (column?.role === role && text.length === 1) {
				column.lines.push(text);
				here.set(x, column);
				continue;
			}
			const lines = [text];
			pieces.push({ x, y, width: text.length, lines, role });
			if (text.length === 1) here.set(x, { lines, role });
		}
		above = here;
		last = y;
	}
	return pieces;
}
