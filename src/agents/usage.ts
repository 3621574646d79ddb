// What a CLI tells of its replies in its own records: where they lie, and what their lines say. All of it
// was written by programs that may be wrong or lie: only numbers and short names leave here.
import type { Tokens } from '../domain/cost/tokens.ts';

/** What one reply of a model used. */
export interface Reply {
	/** By which it is counted once, in however many lines or files it stands. */
	readonly id: string;
	readonly model: string;
	/** When it came; null where the record does not tell. */
	readonly at: string | null;
	readonly tokens: Tokens;
}

/** Its service gives it no reply before a time. */
export interface RateLimit {
	readonly until: string;
	/** Its own words. */
	readonly why: string;
	/** When that was told. */
	readonly at: string;
}

/** Whose records are looked for. */
export interface UsageContext {
	readonly worktree: string;
	/** Of the program, not of weir. */
	readonly home: string;
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Days by the clock on the wall on which it may have begun a file, `2026-11-22`; the last ones. */
	readonly days: readonly string[];
}

/** A folder of records, and those below it. */
export interface UsageFolder {
	readonly path: string;
	/** How many folders deep; 0 is the folder alone. */
	readonly depth: number;
	/** Whether a file is one of records, by its path from there on. */
	readonly holds: (path: string) => boolean;
}

/** Reads the lines of one file, from its first one on. */
export interface UsageLines {
	/** The reply that the line tells of; null where it tells of none. */
	read(line: string): Reply | null;
	/** The last that was told; null or absent where none was. */
	readonly limit?: RateLimit | null;
	/** The file is of another worktree: nothing of it counts. */
	readonly foreign: boolean;
}

/** Where a CLI records what it uses, and in which words. */
export interface UsageRecords {
	readonly folders: (context: UsageContext) => readonly UsageFolder[];
	/** For one file. */
	readonly lines: (context: UsageContext) => UsageLines;
}

/** A line as JSON, where a cheap look says that it may tell something; else null. */
export function recordIn(line: string, ...words: readonly string[]): unknown {
	if (!words.some((word) => line.includes(word))) return null;
	try {
		return JSON.parse(line);
	} catch {
		// Half a line of a program that was killed, or none of its lines at all.
		return null;
	}
}

/** A count of tokens in a record; 0 where it is none. */
export function countIn(value: unknown): number {
	return typeof value === 'number' && value > 0 && value < 1e10 ? Math.round(value) : 0;
}

/** A point in time in a record, in the form that all have here; null where it is none. */
export function timeIn(value: unknown): string | null {
	const time =
		typeof value === 'string' || typeof value === 'number' ? new Date(value) : null;
	return time && !Number.isNaN(time.getTime()) ? time.toISOString() : null;
}
