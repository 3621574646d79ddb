// A program's bytes on their way into an engine: cut between characters and into stretches, what is
// usual by the quick way. What has begun and is harmless waits here for its end.
import { WholeCharacters } from './whole-characters.ts';
import type { Engine } from './xterm/engine.ts';
import { stretchBytes } from './xterm/work.ts';

const nothing = new Uint8Array(0);

export class Intake {
	#characters = new WholeCharacters();
	/** The beginning of a harmless sequence or character. */
	#begun: Uint8Array = nothing;
	/** Bytes since the last stretch began. */
	#offset = 0;

	/** No sequence and no character is open, here or in the engine. */
	settledIn(engine: Engine): boolean {
		return engine.settled && this.#characters.held === 0 && this.#begun.length === 0;
	}

	/** Bytes since the last stretch began: a checkpoint within one goes on counting from there. */
	get offset(): number {
		return this.#offset;
	}

	goOnFrom(offset: number): void {
		this.#offset = offset;
	}

	/** Parses what is usual at the beginning; answers what is left, with what had begun before it. */
	parseUsual(engine: Engine, bytes: Uint8Array): Uint8Array {
		const begun = this.#begun;
		this.#begun = nothing;
		const whole = begun.length === 0 ? bytes : Buffer.concat([begun, bytes]);
		if (!this.settledIn(engine)) return whole;
		const count = engine.parseUsual(whole);
		// Nothing of it is charged, so that it is of no account where in it a stretch began.
		const offset = this.#offset + count;
		if (offset > stretchBytes) engine.beginStretch();
		this.#offset = offset > stretchBytes ? ((offset - 1) % stretchBytes) + 1 : offset;
		return whole.subarray(count);
	}

	parse(engine: Engine, bytes: Uint8Array): void {
		for (let at = 0; at < bytes.length; ) {
			if (this.#offset === stretchBytes) {
				this.#offset = 0;
				engine.beginStretch();
			}
			// Short pieces also keep the library's decoder small: it holds four bytes for each.
			const piece = bytes.subarray(at, at + stretchBytes - this.#offset);
			this.#characters.push(piece, (whole) => engine.parse(whole));
			this.#offset += piece.length;
			at += piece.length;
		}
	}

	/** Keeps the beginning of something harmless until the bytes that end it. */
	hold(begun: Uint8Array): void {
		this.#begun = begun.slice();
	}

	/** Parses what is held: a checkpoint knows an open sequence by the parser's state alone. */
	release(engine: Engine): void {
		this.parse(engine, this.#begun);
		this.#begun = nothing;
	}
}
