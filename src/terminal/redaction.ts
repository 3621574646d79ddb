// Secrets out of what is stored or told: from a stream of bytes and from rows of a screen. A secret is
// replaced by as many asterisks as it takes cells, so that the screen keeps its shape. What is found
// is the secret as it stands: a program that puts escape sequences or line breaks of its own between
// the characters is not seen through.
import { cellWords } from '../protocol/rows.ts';
import { cellWidths } from './xterm/cell-width.ts';

/** Shorter ones would redact ordinary words. */
const shortest = 4;
/** So many secrets are searched one by one, which is faster than byte by byte for all. */
const nativeLimit = 32;
const star = 0x2a;
const starCell = (1 << 22) | star;
const combined = 1 << 21;

interface Secret {
	readonly text: string;
	readonly bytes: Uint8Array;
	/** Asterisks for each byte: the cells of a character at its first byte. */
	readonly stars: Uint8Array;
}

export interface MaskableRow {
	readonly wrapped: boolean;
	readonly cells: Uint32Array;
	readonly clusters: readonly (readonly [column: number, text: string])[];
}

/** A list of secrets; grows, never shrinks. */
export class Redaction {
	readonly #secrets = new Map<string, Secret>();
	/** First two bytes of any secret -> the secrets that begin so. */
	readonly #byPair = new Map<number, Secret[]>();
	readonly #pairs = new Uint8Array(65536);
	readonly #firsts = new Uint8Array(256);
	#longest = 0;

	constructor(secrets: readonly string[] = []) {
		this.add(secrets);
	}

	get size(): number {
		return this.#secrets.size;
	}

	/** A secret of several lines counts line by line, since a terminal breaks lines its own way. */
	add(secrets: readonly string[]): void {
		for (const text of secrets.flatMap((secret) => secret.split(/[\r\n]+/))) {
			const bytes = new TextEncoder().encode(text);
			if (bytes.length < shortest || this.#secrets.has(text) || /^\**$/.test(text))
				continue;
			const secret = { text, bytes, stars: starsOf(text, bytes.length) };
			this.#secrets.set(text, secret);
			const pair = pairAt(bytes, 0);
			this.#byPair.set(pair, [...(this.#byPair.get(pair) ?? []), secret]);
			this.#pairs[pair] = 1;
			this.#firsts[bytes[0] ?? 0] = 1;
			this.#longest = Math.max(this.#longest, bytes.length);
		}
	}

	/**
	 * Finds secrets in `data`: marks their bytes in the mask that `maskFor` makes (asterisks plus one),
	 * and answers where the first one begins that `data` does not end.
	 */
	scan(data: Uint8Array, maskFor: () => Uint8Array): number {
		if (this.#secrets.size <= nativeLimit) {
			const view = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
			for (const { bytes, stars } of this.#secrets.values())
				for (let at = view.indexOf(bytes); at >= 0; at = view.indexOf(bytes, at + 1))
					cover(maskFor(), at, stars);
		} else {
			for (const [at, secret] of this.#candidates(data, 0))
				if (commonLength(secret.bytes, data, at) === secret.bytes.length)
					cover(maskFor(), at, secret.stars);
		}
		return this.#undecided(data);
	}

	#undecided(data: Uint8Array): number {
		const from = Math.max(0, data.length - this.#longest + 1);
		for (const [at, secret] of this.#candidates(data, from)) {
			const same = commonLength(secret.bytes, data, at);
			if (same < secret.bytes.length && at + same === data.length) return at;
		}
		const last = data.length - 1;
		return last >= 0 && this.#firsts[data[last] ?? 0] === 1 ? last : data.length;
	}

	/** Where a secret may begin, by its first two bytes. */
	*#candidates(data: Uint8Array, from: number): Generator<[at: number, secret: Secret]> {
		for (let at = from; at < data.length - 1; at += 1) {
			const pair = ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0);
			if (this.#pairs[pair] === 0) continue;
			for (const secret of this.#byPair.get(pair) ?? []) yield [at, secret];
		}
	}

	/** Rows without secrets; a secret may go on in the next row where that one is wrapped. */
	maskRows<T extends MaskableRow>(rows: readonly T[]): T[] {
		if (this.#secrets.size === 0) return [...rows];
		const masked = [...rows];
		for (let first = 0; first < rows.length; ) {
			let end = first + 1;
			while (rows[end]?.wrapped) end += 1;
			for (const [index, column] of this.#covered(rows.slice(first, end))) {
				const row = masked[first + index];
				if (row) masked[first + index] = withStar(row, column);
			}
			first = end;
		}
		return masked;
	}

	/** The cells that secrets cover in the rows of one line. */
	#covered(rows: readonly MaskableRow[]): [row: number, column: number][] {
		const places: [row: number, column: number][] = [];
		let text = '';
		for (const [index, row] of rows.entries()) {
			const clusters = new Map(row.clusters);
			for (let column = 0; column * cellWords < row.cells.length; column += 1) {
				const content = row.cells[column * cellWords] ?? 0;
				if (content >>> 22 === 0) continue;
				const shown = shownIn(content, clusters.get(column));
				text += shown;
				for (let unit = 0; unit < shown.length; unit += 1) places.push([index, column]);
			}
		}
		const covered: [row: number, column: number][] = [];
		for (const secret of this.#secrets.keys())
			for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1))
				covered.push(...places.slice(at, at + secret.length));
		return covered;
	}
}

/** Redacts one stream. What may be the beginning of a secret is held back until it is decided. */
export class RedactedStream {
	readonly #redaction: Redaction;
	#held: Uint8Array = new Uint8Array(0);
	/** Of the held bytes: asterisks plus one where a secret covers them, 0 elsewhere. */
	#heldMask: Uint8Array | undefined;
	/** Held bytes that a flush has already handed on; they are kept to recognise the rest. */
	#released = 0;

	constructor(redaction: Redaction) {
		this.#redaction = redaction;
	}

	/** Nothing is held, not even to recognise the rest of what was flushed. */
	get idle(): boolean {
		return this.#held.length === 0;
	}

	/** Bytes that wait to be decided; a timer of the owner should `flush` them. */
	get waiting(): number {
		return this.#held.length - this.#released;
	}

	/** The bytes that are decided now; may share memory with `bytes`. */
	push(bytes: Uint8Array): Uint8Array {
		if (this.#redaction.size === 0 && this.#held.length === 0) return bytes;
		const data = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
		let mask: Uint8Array | undefined;
		if (this.#heldMask) {
			mask = new Uint8Array(data.length);
			mask.set(this.#heldMask);
		}
		const undecided = this.#redaction.scan(data, () => {
			mask ??= new Uint8Array(data.length);
			return mask;
		});
		const output = emitted(data, mask, Math.min(this.#released, undecided), undecided);
		this.#held = data.slice(undecided);
		this.#heldMask = mask?.some((value) => value > 0) ? mask.slice(undecided) : undefined;
		this.#released = Math.max(0, this.#released - undecided);
		return output;
	}

	/**
	 * Hands on what waits: as asterisks where enough of a secret has been seen for it to be one, as it
	 * is otherwise. The rest of the secret is still recognised when it comes.
	 */
	flush(): Uint8Array {
		const mask = this.#heldMask ?? new Uint8Array(this.#held.length);
		if (this.#held.length >= shortest)
			for (let at = this.#released; at < mask.length; at += 1)
				if (mask[at] === 0) mask[at] = ((this.#held[at] ?? 0) & 0xc0) === 0x80 ? 1 : 2;
		const output = emitted(this.#held, mask, this.#released, this.#held.length);
		this.#released = this.#held.length;
		return output;
	}
}

function emitted(
	data: Uint8Array,
	mask: Uint8Array | undefined,
	from: number,
	to: number,
): Uint8Array {
	if (!mask) return data.subarray(from, to);
	const output: number[] = [];
	for (let at = from; at < to; at += 1) {
		const covered = mask[at] ?? 0;
		if (covered === 0) output.push(data[at] ?? 0);
		else for (let count = 1; count < covered; count += 1) output.push(star);
	}
	return Uint8Array.from(output);
}

function cover(mask: Uint8Array, at: number, stars: Uint8Array): void {
	for (let index = 0; index < stars.length; index += 1)
		mask[at + index] = Math.max(mask[at + index] ?? 0, (stars[index] ?? 0) + 1);
}

function commonLength(secret: Uint8Array, data: Uint8Array, at: number): number {
	let length = 0;
	while (
		length < secret.length &&
		at + length < data.length &&
		secret[length] === data[at + length]
	)
		length += 1;
	return length;
}

function pairAt(bytes: Uint8Array, at: number): number {
	return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function starsOf(text: string, length: number): Uint8Array {
	if (text.length === length) return new Uint8Array(length).fill(1);
	const characters = Array.from(text);
	const widths = cellWidths(characters);
	const stars = new Uint8Array(length);
	let at = 0;
	for (const [index, character] of characters.entries()) {
		stars[at] = widths[index] ?? 1;
		at += Buffer.byteLength(character);
	}
	return stars;
}

function shownIn(content: number, cluster: string | undefined): string {
	if ((content & combined) !== 0) return cluster ?? ' ';
	const point = content & 0x1fffff;
	return point === 0 ? ' ' : String.fromCodePoint(point);
}

function withStar<T extends MaskableRow>(row: T, column: number): T {
	const cells = row.cells.slice();
	const at = column * cellWords;
	const wide = (cells[at] ?? 0) >>> 22 === 2;
	cells[at] = starCell;
	if (wide && at + cellWords < cells.length) cells[at + cellWords] = starCell;
	const clusters = row.clusters.filter(([of]) => of !== column);
	return { ...row, cells, clusters };
}
