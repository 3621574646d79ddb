// Screen rows as they travel from a holder to a client: cells, never escape sequences.
// A cell is three u32 in the packing of @xterm/headless 6.0 (content, foreground, background):
//   content     bits 0-20 code point, bit 21 combined (the text is in the row's clusters),
//               bits 22-23 width (0 is the right half of a wide cell)
//   foreground  bits 0-23 colour, 24-25 mode (0 default, 1 16, 2 256, 3 rgb), 26 inverse, 27 bold,
//               28 underline, 29 blink, 30 invisible, 31 strike
//   background  bits 0-23 colour, 24-25 mode, 26 italic, 27 dim, 28 has extended, 29 protected,
//               30 overline
// The layout is frozen: a new supervisor and a new client read the rows of old holders.

export const cellWords = 3;

export interface UnderlineRun {
	readonly column: number;
	/** 0 none, 1 single, 2 double, 3 curly, 4 dotted, 5 dashed. */
	readonly style: number;
	/** Colour and colour mode in the packing of a foreground word; 0 is the text's own colour. */
	readonly colour: number;
}

export interface ScreenRow {
	/** Row within the pane's screen, from 0. */
	readonly row: number;
	readonly wrapped: boolean;
	/** `cellWords` words a cell; trailing blank cells are left out. */
	readonly cells: Uint32Array;
	/** The text of combined cells, by column. */
	readonly clusters: readonly (readonly [column: number, text: string])[];
	/** Underline style and colour of cells whose background says "has extended". */
	readonly underlines: readonly UnderlineRun[];
	/** Link targets, by column; a link covers each cell that is listed. */
	readonly links: readonly (readonly [column: number, uri: string])[];
}

/** Bits of `RowsPush.modes`. */
export const PaneMode = {
	cursorHidden: 1 << 0,
	alternateScreen: 1 << 1,
	applicationCursor: 1 << 2,
	applicationKeypad: 1 << 3,
	bracketedPaste: 1 << 4,
	focusEvents: 1 << 5,
	mouseX10: 1 << 6,
	mouseButtons: 1 << 7,
	mouseDrag: 1 << 8,
	mouseAny: 1 << 9,
	mouseSgr: 1 << 10,
	cursorBlink: 1 << 11,
	synchronized: 1 << 12,
	reverseScreen: 1 << 13,
	mouseSgrPixels: 1 << 14,
	mouseUrxvt: 1 << 15,
	mouseUtf8: 1 << 16,
	/** modifyOtherKeys of xterm, at level 1 and at level 2. */
	someOtherKeys: 1 << 17,
	allOtherKeys: 1 << 18,
} as const;

export interface RowsPush {
	/** The holder's number of the pane. */
	readonly pane: number;
	/** Grows with each push of a pane; a gap or a smaller one asks for a full set. */
	readonly version: number;
	/** All rows follow: what the client had is void (first push, resize, lost version). */
	readonly full: boolean;
	readonly columns: number;
	readonly rows: number;
	readonly cursorColumn: number;
	readonly cursorRow: number;
	/** DECSCUSR shape: 0 default, 1 block, 2 underline, 3 bar. */
	readonly cursorShape: number;
	readonly modes: number;
	/** kitty keyboard flags that the program has pushed. */
	readonly kittyFlags: number;
	/** Lines above the screen since the program started, whether still in memory or not. */
	readonly scrollback: number;
	readonly changed: readonly ScreenRow[];
}

const headerBytes = 40;
const rowHeaderBytes = 12;
const wordBytes = 4;
/** Numbers travel lowest byte first: as they lie in the memory of nearly all machines. */
const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
const text = { encoder: new TextEncoder(), decoder: new TextDecoder() };

/** The payload of a `rows` frame. */
export function encodeRows(push: RowsPush): Uint8Array {
	const writer = new Writer(push.changed.reduce(withRow, headerBytes));
	writer.u32(push.pane);
	writer.u32(push.version);
	writer.u32(push.modes);
	writer.u32(push.scrollback);
	for (const value of [push.columns, push.rows, push.cursorColumn, push.cursorRow])
		writer.u16(value);
	writer.u16(push.cursorShape);
	writer.u16(push.kittyFlags);
	writer.u16(push.full ? 1 : 0);
	writer.u16(push.changed.length);
	for (const row of push.changed) writeRow(writer, row);
	return writer.bytes();
}

/** Reads the payload of a `rows` frame. Throws a `RangeError` where it is cut short. */
export function decodeRows(payload: Uint8Array): RowsPush {
	const reader = new Reader(payload);
	const pane = reader.u32();
	const version = reader.u32();
	const modes = reader.u32();
	const scrollback = reader.u32();
	const columns = reader.u16();
	const rows = reader.u16();
	const cursorColumn = reader.u16();
	const cursorRow = reader.u16();
	const cursorShape = reader.u16();
	const kittyFlags = reader.u16();
	const full = reader.u16() === 1;
	const count = reader.u16();
	const changed: ScreenRow[] = [];
	for (let index = 0; index < count; index += 1) changed.push(readRow(reader));
	return {
		pane,
		version,
		full,
		columns,
		rows,
		cursorColumn,
		cursorRow,
		cursorShape,
		modes,
		kittyFlags,
		scrollback,
		changed,
	};
}

/** Clusters, underlines and links are few. */
function withRow(bytes: number, { cells }: ScreenRow): number {
	return bytes + rowHeaderBytes + cells.byteLength;
}

function writeRow(writer: Writer, row: ScreenRow): void {
	writer.u16(row.row);
	writer.u16(row.wrapped ? 1 : 0);
	writer.u16(row.cells.length / cellWords);
	writer.u16(row.clusters.length);
	writer.u16(row.underlines.length);
	writer.u16(row.links.length);
	writer.words(row.cells);
	for (const [column, value] of row.clusters) writer.text(column, value);
	for (const run of row.underlines) {
		writer.u16(run.column);
		writer.u16(run.style);
		writer.u32(run.colour);
	}
	for (const [column, value] of row.links) writer.text(column, value);
}

function readRow(reader: Reader): ScreenRow {
	const row = reader.u16();
	const wrapped = reader.u16() === 1;
	const cellCount = reader.u16();
	const clusterCount = reader.u16();
	const underlineCount = reader.u16();
	const linkCount = reader.u16();
	const cells = reader.words(cellCount * cellWords);
	const clusters = reader.texts(clusterCount);
	const underlines: UnderlineRun[] = [];
	for (let index = 0; index < underlineCount; index += 1)
		underlines.push({ column: reader.u16(), style: reader.u16(), colour: reader.u32() });
	return { row, wrapped, cells, clusters, underlines, links: reader.texts(linkCount) };
}

class Writer {
	#bytes: Uint8Array;
	#view: DataView;
	#at = 0;

	constructor(guess: number) {
		this.#bytes = new Uint8Array(guess);
		this.#view = new DataView(this.#bytes.buffer);
	}

	u16(value: number): void {
		this.#room(2);
		this.#view.setUint16(this.#at, value, true);
		this.#at += 2;
	}

	u32(value: number): void {
		this.#room(4);
		this.#view.setUint32(this.#at, value, true);
		this.#at += 4;
	}

	words(values: Uint32Array): void {
		if (isLittleEndian)
			this.#put(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
		else for (const value of values) this.u32(value);
	}

	text(column: number, value: string): void {
		const encoded = text.encoder.encode(value).subarray(0, 0xffff);
		this.u16(column);
		this.u16(encoded.length);
		this.#put(encoded);
	}

	bytes(): Uint8Array {
		return this.#bytes.subarray(0, this.#at);
	}

	#put(bytes: Uint8Array): void {
		this.#room(bytes.length);
		this.#bytes.set(bytes, this.#at);
		this.#at += bytes.length;
	}

	#room(size: number): void {
		if (this.#at + size <= this.#bytes.length) return;
		const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + size));
		grown.set(this.#bytes);
		this.#bytes = grown;
		this.#view = new DataView(grown.buffer);
	}
}

class Reader {
	readonly #bytes: Uint8Array;
	readonly #view: DataView;
	#at = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}

	u16(): number {
		this.#at += 2;
		return this.#view.getUint16(this.#at - 2, true);
	}

	u32(): number {
		this.#at += 4;
		return this.#view.getUint32(this.#at - 4, true);
	}

	words(count: number): Uint32Array {
		const words = new Uint32Array(count);
		if (isLittleEndian) new Uint8Array(words.buffer).set(this.#take(count * wordBytes));
		else for (let index = 0; index < count; index += 1) words[index] = this.u32();
		return words;
	}

	texts(count: number): [number, string][] {
		const found: [number, string][] = [];
		for (let index = 0; index < count; index += 1) {
			const column = this.u16();
			const length = this.u16();
			found.push([column, text.decoder.decode(this.#take(length))]);
		}
		return found;
	}

	#take(length: number): Uint8Array {
		const start = this.#at;
		this.#at += length;
		if (this.#at > this.#bytes.length) throw new RangeError('rows are cut short');
		return this.#bytes.subarray(start, this.#at);
	}
}
