// The paths of a commit, as git lists them: sorted by bytes, each with a NUL behind it. Thirty thousand
// paths take a megabyte that all worktrees of the commit share, where a set of texts would take ten.
import { nameBytes, nameText } from '../../lib/name-bytes.ts';

export class PathList {
	readonly #bytes: Buffer;

	/** The output of `git ls-tree -r -z --name-only`. */
	constructor(bytes: Uint8Array) {
		this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}

	has(path: string): boolean {
		const wanted = nameBytes(path);
		const from = this.#lowerBound(wanted);
		const end = from + wanted.length;
		return (
			end < this.#bytes.length &&
			this.#bytes[end] === 0 &&
			wanted.compare(this.#bytes, from, end) === 0
		);
	}

	/** All that lie in a folder, however deep. */
	*below(folder: string): Generator<string> {
		const prefix = nameBytes(`${folder}/`);
		let at = this.#lowerBound(prefix);
		while (at < this.#bytes.length) {
			const end = this.#bytes.indexOf(0, at);
			if (end - at < prefix.length) return;
			if (prefix.compare(this.#bytes, at, at + prefix.length) !== 0) return;
			yield nameText(this.#bytes.subarray(at, end));
			at = end + 1;
		}
	}

	/** Where the first path begins that is not before this one. */
	#lowerBound(wanted: Buffer): number {
		let low = 0;
		let high = this.#bytes.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			const start = middle === 0 ? 0 : this.#bytes.lastIndexOf(0, middle - 1) + 1;
			const end = this.#bytes.indexOf(0, start);
			if (wanted.compare(this.#bytes, start, end) > 0) low = end + 1;
			else high = start;
		}
		return low;
	}
}
