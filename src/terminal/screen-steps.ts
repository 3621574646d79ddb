// Which moments of a recording are worth being looked at again: those at which a screen stood still for
// a moment, or had changed for a second, and looks different.
import { crc32 } from 'node:zlib';
import type { ScreenRow } from '../protocol/rows.ts';
import { rowText } from './screen-text.ts';

export interface ScreenRequest {
	/** The directory of one recording. */
	readonly directory: string;
	/** Wall clock, in milliseconds. */
	readonly time: number;
	readonly direction: 'earlier' | 'later';
}

/** A screen as it was at some time. */
export interface PastScreen {
	readonly time: number;
	readonly columns: number;
	readonly rows: readonly ScreenRow[];
}

const restMs = 200;
const longestMs = 1000;
/** A quarter of the lines: a clock or a spinner is not another screen. */
const changedShare = 4;

/** Whether what stood there from `time` to `next` is such a moment; `last` is the one before. */
export function isMoment(time: number, next: number | null, last: number): boolean {
	return next === null || next - time >= restMs || time - last >= longestMs;
}

/** What tells two screens apart, a number a line. */
export function marksOf(rows: readonly ScreenRow[]): readonly number[] {
	return rows.map((row) => crc32(rowText(row)));
}

export function looksDifferent(
	one: readonly number[],
	other: readonly number[],
): boolean {
	if (one.length !== other.length) return true;
	const changed = one.filter((mark, at) => mark !== other[at]).length;
	return changed * changedShare >= one.length;
}
