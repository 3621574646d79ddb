// Which rows of a screen changed when, so that a client is sent only what it does not have.

export class RowVersions {
	#current = 0;
	/** The version at which rows a client has became void. */
	#voidBefore = 0;
	#rows: number[];

	constructor(rows: number) {
		this.#rows = blank(rows);
	}

	/** Grows with each change that a client could see. */
	get current(): number {
		return this.#current;
	}

	/** This row changes with the version to come. */
	touch(row: number): void {
		this.#rows[row] = this.#current + 1;
	}

	/** Begins the version in which all that was touched has changed. */
	advance(): void {
		this.#current += 1;
	}

	/** Another number of rows: a client of a version before the one to come lacks all of them. */
	reset(rows: number): void {
		this.#rows = blank(rows);
		this.#voidBefore = this.#current + 1;
	}

	/** The rows that a client of this version lacks; null where it lacks all of them. */
	since(version: number | null): number[] | null {
		const whole =
			version === null || version < this.#voidBefore || version > this.#current;
		return whole
			? null
			: [...this.#rows.keys()].filter((row) => (this.#rows[row] ?? 0) > version);
	}
}

const blank = (rows: number) => Array.from({ length: rows }, () => 0);
