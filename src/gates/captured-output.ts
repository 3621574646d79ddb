// What a gate prints, bounded: its beginning and its end, since failures stand at either.
import { StringDecoder } from 'node:string_decoder';
import { counted } from '../lib/counted.ts';

const headCharacters = 1_000_000;
const tailCharacters = 1_000_000;
/** Smaller pieces of the end are joined: of a gate that prints byte by byte there would be a million. */
const pieceCharacters = 65_536;

export class CapturedOutput {
	#decoder = new StringDecoder('utf8');
	#head = '';
	/** The latest last; all but the last of them are needed for the bound. */
	#tail: string[] = [];
	#tailLength = 0;
	#dropped = 0;

	/** The gate runs again: what it printed before does not count. */
	clear(): void {
		this.#decoder = new StringDecoder('utf8');
		this.#head = '';
		this.#tail = [];
		this.#tailLength = 0;
		this.#dropped = 0;
	}

	take(chunk: Buffer): void {
		let text = this.#decoder.write(chunk);
		const room = headCharacters - this.#head.length;
		if (room > 0) {
			this.#head += text.slice(0, room);
			text = text.slice(room);
		}
		if (text === '') return;
		const last = this.#tail.at(-1);
		if (last !== undefined && last.length + text.length <= pieceCharacters)
			this.#tail[this.#tail.length - 1] = last + text;
		else this.#tail.push(text);
		this.#tailLength += text.length;
		for (;;) {
			const [first] = this.#tail;
			if (first === undefined || this.#tailLength - first.length < tailCharacters) return;
			this.#tail.shift();
			this.#tailLength -= first.length;
			this.#dropped += first.length;
		}
	}

	/** How many characters between its beginning and its end are left out. */
	get leftOut(): number {
		return this.#dropped + Math.max(0, this.#tailLength - tailCharacters);
	}

	/** With a line in the place of what was left out. */
	get text(): string {
		const tail = this.#tail.join('');
		const { leftOut } = this;
		if (leftOut === 0) return this.#head + tail;
		const said = `[… ${counted(leftOut, 'character')} left out …]`;
		return `${this.#head}\n${said}\n${tail.slice(-tailCharacters)}`;
	}

	/** The last of it; so many characters at most, and no more than are kept of its end. */
	end(characters: number): string {
		let found = '';
		for (const piece of this.#tail.toReversed()) {
			if (found.length >= characters) break;
			found = piece + found;
		}
		if (found.length < characters && this.leftOut === 0) found = this.#head + found;
		return found.slice(-characters);
	}

	/** The last lines, as many as asked for. */
	lastLines(count: number): string[] {
		return this.end(20_000).replace(/\n$/, '').split('\n').slice(-count);
	}
}
