// Link targets by number. The library's own service puts a marker on each linked row and walks all
// markers at each line feed, so a program that opens a million links stops the emulator; this table
// has a bound and no markers.

const tableLimit = 4096;
const targetLimit = 2048;
const allowed = /^(?:https?|file|mailto):[\u0021-\u007e]+$/i;

export class LinkTable {
	#byNumber = new Map<number, string>();
	#byTarget = new Map<string, number>();
	#next = 1;

	/** The number of a target; the oldest target is forgotten when the table is full. */
	numberOf(target: string): number {
		const known = this.#byTarget.get(target);
		if (known !== undefined) return known;
		const number = this.#next;
		this.#next += 1;
		if (!fit(target)) return number;
		this.add(number, target);
		return number;
	}

	/** The target, or undefined where it was forgotten or is not fit to be shown. */
	targetOf(number: number): string | undefined {
		return this.#byNumber.get(number);
	}

	entries(): [number, string][] {
		return [...this.#byNumber];
	}

	add(number: number, target: string): void {
		this.#byNumber.set(number, target);
		this.#byTarget.set(target, number);
		this.#next = Math.max(this.#next, number + 1);
		if (this.#byNumber.size <= tableLimit) return;
		const [oldest] = this.#byNumber;
		if (!oldest) return;
		this.#byNumber.delete(oldest[0]);
		this.#byTarget.delete(oldest[1]);
	}
}

/** Percent-encoded, as OSC 8 demands, and of a scheme that a person may want to open. */
function fit(target: string): boolean {
	return target.length <= targetLimit && allowed.test(target);
}
