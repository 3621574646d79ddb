// What the emulator needs of the library, in two forms: exact (by its private parts) and public.
import type { ScreenRow } from '../../protocol/rows.ts';
import type { Pen } from '../pen.ts';
import type { Terminal } from './library.ts';
import type { SavedScreen } from './saved-screen.ts';

/**
 * Called for each line that leaves memory at the top, oldest first; `read` copies it. The terminal is
 * `columns` wide then.
 */
export type KeepLine = (number: number, read: () => ScreenRow, columns: number) => void;

export interface EngineOptions {
	readonly columns: number;
	readonly rows: number;
	/** Lines kept above the screen. */
	readonly scrollback: number;
	readonly keep?: KeepLine | undefined;
	/** False leaves all printing to the library. */
	readonly fastPrint?: boolean | undefined;
}

export interface Engine {
	/** For handlers of sequences, modes and the cursor. */
	readonly terminal: Terminal;
	/** Whether underline styles, links, checkpoints and exact line counts are to be had. */
	readonly exact: boolean;
	/** Lines that left memory at the top. */
	readonly trimmed: number;
	/** Lines above the screen since the start, whether still in memory or not. */
	readonly scrollback: number;
	/** The style that is written in; null where it cannot be had. */
	readonly pen: Pen | null;
	/** No escape sequence is open. */
	readonly settled: boolean;
	/** Pieces of output that were lost because the library threw on them. */
	readonly faults: number;
	/**
	 * Parses what is usual and comes first, quickly; answers how many bytes that were. To be called
	 * between two sequences only.
	 */
	parseUsual(bytes: Uint8Array): number;
	/** Parses all of `bytes` before it returns. They end with a whole character. */
	parse(bytes: Uint8Array): void;
	/** Called every `stretchBytes` of the stream: the allowance for dear sequences is whole again. */
	beginStretch(): void;
	resize(columns: number, rows: number): void;
	/** Blank, without margins, the cursor at its start; where that cannot be had, nothing happens. */
	clearScreen(): void;
	/** A row of the screen. */
	row(index: number): ScreenRow;
	/** The lines in memory above the screen of the normal buffer, numbered from `trimmed`. */
	ring(): ScreenRow[];
	/** Calls `mark` for each row changed since the last call; false where none did. */
	takeDamage(mark: (row: number) => void): boolean;
	/** All that decides what later bytes do to the screen; null where it cannot be had. */
	save(): SavedScreen | null;
	restore(saved: SavedScreen): void;
	/** For a new engine in the place of one that had this many lines above its screen. */
	countFrom(lines: number): void;
	dispose(): void;
}
