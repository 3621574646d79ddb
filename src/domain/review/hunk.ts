// What differs between two contents of a file, in hunks as git makes them.

/** A line of a hunk: of both sides, of the new one, of the old one. */
export type HunkSign = ' ' | '+' | '-';

export interface HunkLine {
	readonly sign: HunkSign;
	/** Without its line end; of bytes that are no UTF-8, what stands for them. */
	readonly text: string;
	/** Nothing ends it: the file ends there. */
	readonly open?: true;
}

export interface Hunk {
	/** The first line of each side, from 1; of a side without lines, the line before. */
	readonly old: number;
	readonly new: number;
	/** What git takes for the name of the function that it is in. */
	readonly heading: string;
	readonly lines: readonly HunkLine[];
}

export interface Hunks {
	readonly hunks: readonly Hunk[];
	/** Why there are none, though the sides differ; null where there are. */
	readonly without: 'binary' | 'large' | null;
	/** How many lines were left out, from the end. */
	readonly dropped: number;
}

/** Where what a hunk changes has come to: the agent's last commit, its index, or no further than its disk. */
export type HunkPlace = 'committed' | 'staged' | 'partly' | 'unstaged';

/** A line with its numbers: null on the side that it is not of. */
export interface NumberedLine extends HunkLine {
	readonly old: number | null;
	readonly new: number | null;
}

export function numbered(hunk: Hunk): readonly NumberedLine[] {
	let [one, other] = [hunk.old, hunk.new];
	// A side without lines says the line before.
	if (!hunk.lines.some(({ sign }) => sign !== '+')) one += 1;
	if (!hunk.lines.some(({ sign }) => sign !== '-')) other += 1;
	return hunk.lines.map((line) => ({
		...line,
		old: line.sign === '+' ? null : one++,
		new: line.sign === '-' ? null : other++,
	}));
}
