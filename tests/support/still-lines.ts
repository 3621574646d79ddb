// Lines of text as the cells of a pane, for what moves and selects in them.
import type { MotionText } from '../../src/tui/copying/copy-motions.ts';

/** A wide character takes two cells, the right one empty. */
export function cellsOf(line: string): string[] {
	return Array.from(line, (one) =>
		one >= '\u4e00' && one < '\ua000' ? [one, ''] : [one],
	).flat();
}

export function textOf(lines: readonly string[]): MotionText {
	return { first: 0, end: lines.length, cells: (line) => cellsOf(lines[line] ?? '') };
}
