// Secrets out of what is stored or told: from a stream of bytes and from rows of a screen. A secret is
// replaced by as many asterisks as it takes cells, so that the screen keeps its shape. Colours within it
// and a line break of the program's own are seen through; characters that are put one by one at their
// places of the screen are not.
import { KnownSecrets } from '../lib/known-secrets.ts';
import {
	openKey,
	openShape,
	type Stretch,
	shapesIn,
	signsIn,
} from '../lib/secret-shapes.ts';
import { cellWords } from '../protocol/rows.ts';
import { openSequence, printableOf } from './printable.ts';
import { type Columns, cellsShowing, type ShownRow, shownText } from './shown-text.ts';
import { cellWidths } from './xterm/cell-width.ts';

const shortest = 4;
const star = 0x2a;
const starCell = (1 << 22) | star;

/** A list of secrets, beside those that are known by their looks; grows, never shrinks. */
export class Redaction {
	readonly #inText = new KnownSecrets();
	/** As bytes, each a character. */
	readonly #inBytes = new KnownSecrets();
	/** Asterisks for each byte: the cells of a character at its first byte. */
	readonly #stars = new Map<string, Uint8Array>();

	constructor(secrets: readonly string[] = []) {
		this.add(secrets);
	}

	/** A secret of several lines counts line by line, since a terminal breaks lines its own way. */
	add(secrets: readonly string[]): void {
		for (const text of secrets.flatMap((secret) => secret.split(/[\r\n]+/))) {
			const bytes = Buffer.from(text).toString('latin1');
			if (bytes.length < shortest || this.#stars.has(bytes) || /^\**$/.test(text))
				continue;
			this.#inText.add(text);
			this.#inBytes.add(bytes);
			this.#stars.set(bytes, starsOf(text, bytes.length));
		}
	}

	/**
	 * Finds secrets in `data`: marks their bytes in the mask that `maskFor` makes (asterisks plus one),
	 * and answers where the first one may begin that `data` does not end.
	 */
	scan(data: Uint8Array, maskFor: () => Uint8Array): number {
		for (const [from, until] of this.#suspicious(data)) {
			const { text, placeOf } = printableOf(data.subarray(from, until));
			const within = (at: number) => from + placeOf(at);
			for (const { secret, places } of this.#inBytes.find(text))
				cover(maskFor(), places.map(within), this.#stars.get(secret));
			for (const stretch of shapesIn(text))
				cover(maskFor(), placesIn(text, stretch).map(within));
		}
		const from = this.#lastFrom(data);
		const { text, placeOf } = printableOf(data.subarray(from));
		const open = from + placeOf(Math.min(this.#inBytes.open(text), openShape(text)));
		return Math.min(open, openSequence(data));
	}

	/**
	 * The parts of the data that are to be looked at. In a flood those are few, and most of the work is to
	 * find sequences and to see through them.
	 */
	#suspicious(data: Uint8Array): Stretch[] {
		const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
		const text = bytes.toString('latin1');
		const known = this.#inBytes.heads(text);
		const all = [
			...known.map((at): Stretch => [at, at + 2 * this.#inBytes.longest + longestGap]),
			...surroundings(text, signsIn(text)),
		].toSorted(([one], [other]) => one - other);
		const apart: Stretch[] = [];
		for (const [from, until] of all) {
			const last = apart.at(-1);
			if (last && from <= last[1])
				apart.splice(-1, 1, [last[0], Math.max(last[1], until)]);
			else apart.push([from, until]);
		}
		return apart;
	}

	/** From where on something may go on behind the end of the data. */
	#lastFrom(data: Uint8Array): number {
		const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
		const key = bytes.lastIndexOf('-----BEGIN ');
		const usual = bytes.length - 2 * this.#inBytes.longest - longestGap - longestWord;
		const isNear = key >= 0 && bytes.length - key < longestKey;
		return Math.max(0, isNear ? Math.min(key, usual) : usual);
	}

	/** What of an end that is open is a secret already: where nothing more came, it is one as it is. */
	ripe(data: Uint8Array, mask: Uint8Array): void {
		const { text, placeOf } = printableOf(data);
		const open = this.#inBytes.open(text);
		if (text.length - open >= shortest)
			cover(mask, placesIn(text, [open, text.length]).map(placeOf));
		const key = openKey(text);
		if (key !== null) cover(mask, placesIn(text, key).map(placeOf));
	}

	/** Rows without secrets; a secret may go on in the next row, whoever broke it there. */
	maskRows<T extends ShownRow>(rows: readonly T[]): T[] {
		const masked = [...rows];
		for (const [index, columns] of this.#covered(rows)) {
			const row = masked[index];
			if (row) masked[index] = columns.reduce(withStar, row);
		}
		return masked;
	}

	/** The cells that secrets cover. */
	#covered(rows: readonly ShownRow[]): Columns {
		const text = shownText(rows);
		const known = this.#inText.find(text).flatMap(({ places }) => places);
		const seen = shapesIn(text).flatMap((stretch) => placesIn(text, stretch));
		return cellsShowing(rows, new Set([...known, ...seen]));
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
		const mask = new Uint8Array(this.#held.length);
		if (this.#heldMask) mask.set(this.#heldMask);
		this.#redaction.ripe(this.#held, mask);
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

/** An asterisk for each place where it is not said otherwise. */
function cover(mask: Uint8Array, places: readonly number[], stars?: Uint8Array): void {
	for (const [index, place] of places.entries())
		mask[place] = Math.max(mask[place] ?? 0, (stars?.[index] ?? 1) + 1);
}

/** Sequences and line breaks within a secret. */
const longestGap = 1024;
const longestWord = 2048;
const longestKey = 20_000;
const longestLine = 600;

/** Of each sign as much of its line as matters: a token ends within it, a private key many lines later. */
function surroundings(text: string, signs: readonly number[]): Stretch[] {
	let begin = 0;
	let end = 0;
	return signs.map((at) => {
		if (at >= end) {
			begin = text.lastIndexOf('\n', at) + 1;
			const next = text.indexOf('\n', at);
			end = next < 0 ? text.length : next + 1;
		}
		const until =
			text[at] === 'P' ? at + longestKey : Math.min(end, at + 2 * longestWord);
		return [Math.max(begin, at - longestLine), until];
	});
}

/** Of what is no gap. */
function placesIn(text: string, [start, end]: Stretch): number[] {
	const places: number[] = [];
	for (let at = start; at < end; at += 1) if (text.charCodeAt(at) > 0x20) places.push(at);
	return places;
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

function withStar<T extends ShownRow>(row: T, column: number): T {
	const cells = row.cells.slice();
	const at = column * cellWords;
	const wide = (cells[at] ?? 0) >>> 22 === 2;
	cells[at] = starCell;
	if (wide && at + cellWords < cells.length) cells[at + cellWords] = starCell;
	const clusters = row.clusters.filter(([of]) => of !== column);
	return { ...row, cells, clusters };
}
