// Follows a file that others append to, line by line: what was read is not read again, what was cut off or
// replaced begins anew, and no line is longer than what fits.
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

export interface FollowedLine {
	readonly text: string;
	/** Behind its end: where the next one begins. */
	readonly end: number;
}

const chunkBytes = 256 * 1024;
const newLine = 0x0a;
/** Whoever writes it may put a pipe or a link there: neither is waited for or followed. */
const regularOnly = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

export class LineFollower {
	readonly #path: string;
	readonly #longest: number;
	#inode: bigint | null = null;
	#at = 0;
	#rest: Buffer[] = [];
	#restBytes = 0;
	/** In the middle of a line that is too long. */
	#skips = false;

	/** Longer lines than so many bytes are passed over. */
	constructor(path: string, longest: number) {
		this.#path = path;
		this.#longest = longest;
	}

	/**
	 * All lines that are whole by now, after those of the calls before; `begin` is called before the first line
	 * of a file that is another one, or shorter, than it was. None of what is no file; a link is an error.
	 */
	async *lines(begin: () => void): AsyncGenerator<FollowedLine> {
		await using file = await open(this.#path, regularOnly);
		const stat = await file.stat({ bigint: true });
		if (!stat.isFile()) return;
		const { ino, size } = stat;
		if (ino !== this.#inode || Number(size) < this.#at) {
			this.#inode = ino;
			this.#restart();
			begin();
		}
		const chunk = Buffer.allocUnsafe(chunkBytes);
		for (;;) {
			const { bytesRead } = await file.read(chunk, 0, chunkBytes, this.#at);
			if (bytesRead === 0) return;
			yield* this.#split(Buffer.from(chunk.subarray(0, bytesRead)));
		}
	}

	#restart(): void {
		this.#at = 0;
		this.#rest = [];
		this.#restBytes = 0;
		this.#skips = false;
	}

	*#split(chunk: Buffer): Generator<FollowedLine> {
		const begin = this.#at;
		this.#at += chunk.length;
		let from = 0;
		for (let at = chunk.indexOf(newLine); at >= 0; at = chunk.indexOf(newLine, from)) {
			const line = chunk.subarray(from, at);
			from = at + 1;
			if (!this.#skips && this.#restBytes + line.length <= this.#longest) {
				const text = Buffer.concat([...this.#rest, line]).toString('utf8');
				yield { text, end: begin + from };
			}
			this.#rest = [];
			this.#restBytes = 0;
			this.#skips = false;
		}
		const rest = chunk.subarray(from);
		if (this.#skips || this.#restBytes + rest.length > this.#longest) {
			this.#skips = true;
			this.#rest = [];
			this.#restBytes = 0;
		} else if (rest.length > 0) {
			this.#rest.push(rest);
			this.#restBytes += rest.length;
		}
	}
}
