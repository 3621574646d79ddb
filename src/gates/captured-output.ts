// What a gate prints, bounded: its beginning and its end, since failures stand at either.
import { StringDecoder } from 'node:string_decoder';

const headCharacters = 1_000_000;
const tailCharacters = 1_000_000;

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
		this.#tail.push(text);
		this.#tailLength += text.length;
		for (;;) {
			const [first] = this.#tail;
			if (first === undefined || this.#tailLength - first.length < tailCharacters) return;
			this.#tail.shift();
			this.#tailLength -= first.length;
			this.#dropped += first.length;
		}
	}

	/** Whether something between its beginning and its end is left out. */
	get cut(): boolean {
		return this.#dropped > 0 || this.#tailLength > tailCharacters;
	}

	/** With a line in the place of what was left out. */
	get text(): string {
		const tail = this.#tail.join('');
		const over = Math.max(0, tail.length - tailCharacters);
		const left = this.#dropped + over;
		if (left === 0) return this.#head + tail;
		return `${this.#head}\n[… ${left} characters left out …]\n${tail.slice(over)}`;
	}

	/** The last lines, as many as asked for. */
	lastLines(count: number): string[] {
		const end = (this.#head + this.#tail.join('')).slice(-20_000);
		return end.replace(/\n$/, '').split('\n').slice(-count);
	}
}
