// Writes lines that scroll away above a tail of lines that is kept up to date in place. Writes only
// what changed: thirty scenes stream into one screen.

export interface CursorPlace {
	readonly row: number;
	readonly column: number;
}

export class Painter {
	readonly #write: (text: string) => void;
	/** The lines below the printed ones as they stand on the screen; never empty. */
	#tail: readonly string[] = [''];
	/** Where the cursor stands, in rows of the tail. */
	#row = 0;
	#cursor = '';

	constructor(write: (text: string) => void) {
		this.#write = write;
	}

	/**
	 * Prints lines above the tail and brings the tail up to date. Every line must be narrower than
	 * the terminal and the tail lower than it. Without a place the cursor is hidden.
	 */
	paint(lines: readonly string[], tail: readonly string[], cursor?: CursorPlace): void {
		const wanted = tail.length === 0 ? [''] : tail;
		let out = '';
		if (lines.length > 0 || wanted.length !== this.#tail.length) {
			const same = lines.length > 0 ? 0 : samePrefix(this.#tail, wanted);
			const from = Math.min(same, this.#tail.length - 1, wanted.length - 1);
			out += this.#move(from);
			for (const line of lines) out += `${line}\u001b[K\r\n`;
			out += wanted
				.slice(from)
				.map((line) => `${line}\u001b[K`)
				.join('\r\n');
			out += '\u001b[J';
			this.#row = wanted.length - 1;
		} else {
			for (const [row, line] of wanted.entries()) {
				if (line !== this.#tail[row]) out += `${this.#move(row)}${line}\u001b[K`;
			}
		}
		const { row, column } = cursor ?? { row: wanted.length - 1, column: 0 };
		const place = `${row}:${column}:${cursor !== undefined}`;
		if (out !== '' || place !== this.#cursor) {
			const right = column > 0 ? `\u001b[${column}C` : '';
			const visible = cursor ? '\u001b[?25h' : '\u001b[?25l';
			this.#write(`${out}${this.#move(row)}${right}${visible}`);
		}
		this.#tail = wanted;
		this.#cursor = place;
	}

	/** Takes the tail away and leaves a visible cursor where it began. */
	erase(): void {
		this.#write(`${this.#move(0)}\u001b[J\u001b[?25h`);
		this.#forget();
	}

	/** Empties the screen; what has scrolled away stays. */
	clear(): void {
		this.#write('\u001b[H\u001b[2J');
		this.#forget();
	}

	#forget(): void {
		this.#tail = [''];
		this.#row = 0;
		this.#cursor = '';
	}

	/** To the begin of a row of the tail. */
	#move(row: number): string {
		const rows = row - this.#row;
		this.#row = row;
		if (rows === 0) return '\r';
		return rows < 0 ? `\u001b[${-rows}A\r` : `\u001b[${rows}B\r`;
	}
}

function samePrefix(left: readonly string[], right: readonly string[]): number {
	let same = 0;
	while (same < left.length && same < right.length && left[same] === right[same]) {
		same += 1;
	}
	return same;
}
