// What the dearest sequences may cost. A few bytes of them ask for a hundred microseconds of work
// each (`ESC c` builds two screens anew, `CSI 9999 b` prints one), so sixteen kilobytes of nothing
// else would stop the other panes of the process for a second. They are charged by what they cost and
// ignored once a stretch of the stream has spent its allowance. Stretches are counted in bytes, not
// in time, so that a replay of the recording ignores the same ones. What programs send in numbers
// (text, styles, movements, line feeds, erasures of a line) is never charged.

/** Bytes of a stretch. */
export const stretchBytes = 16 * 1024;

/**
 * Microseconds, roughly, on the machine this was measured on. What is ignored is lost to an honest
 * program as well: so much that one every dozen bytes still takes effect, and little enough for the
 * neighbours, who wait 5 ms for such a piece.
 */
const allowance = 5000;

/** Cost by sequence, at 200 x 50 cells; smaller screens cost less. */
export const cost = {
	/** Each cell of REP within a row, and where it goes over rows. */
	repeatedCell: 0.01,
	wrappedCell: 0.06,
	/** Each line that is inserted, deleted or scrolled. */
	movedLine: 1.5,
	/** Cells moved in every row, by the scrolls to the side and the operations on columns: rare, so dear. */
	movedColumns: 30,
	/** Each column that a tab goes back over. */
	tabbedColumn: 0.02,
	erasedScreen: 3.5,
	/** Cell by cell, as each may be protected. */
	erasedUnprotected: 15,
	filledScreen: 10,
	otherScreen: 25,
	reset: 60,
} as const;

export class Work {
	#spent = 0;

	get spent(): number {
		return this.#spent;
	}

	/** False where the allowance of this stretch is spent; else the work is charged. */
	may(amount: number): boolean {
		if (this.#spent > allowance) return false;
		this.#spent += amount;
		return true;
	}

	/** A new stretch begins; `spent` is that of a checkpoint within one. */
	begin(spent = 0): void {
		this.#spent = spent;
	}
}
