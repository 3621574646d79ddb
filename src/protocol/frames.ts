// Every socket of weir speaks frames: u32 length, u8 kind, u32 id, payload (little endian).
// The length counts the payload only. Pure: bytes in, frames out; sockets live elsewhere.

/** What a frame carries. JSON kinds are bounded by `controlLimit`, bulk and binary by `bulkLimit`. */
export const FrameKind = {
	request: 1,
	response: 2,
	refusal: 3,
	push: 4,
	bulkRequest: 5,
	bulkResponse: 6,
	rows: 7,
	bytes: 8,
	/** Keys for a pane; see `encodeInput`. Sent only to who said in its greeting that it takes them. */
	input: 9,
	/** The answer to a request that has nothing to tell; without payload. */
	done: 10,
} as const;

export type FrameKind = (typeof FrameKind)[keyof typeof FrameKind];

export interface Frame {
	readonly kind: FrameKind;
	/** Ties a response to its request; a push carries 0, rows carry the pane's number. */
	readonly id: number;
	readonly payload: Uint8Array;
}

export const headerBytes = 9;
const paneBytes = 4;
export const controlLimit = 64 * 1024;
export const bulkLimit = 1024 * 1024;
export const depthLimit = 32;

/** A frame that breaks the rules; it closes the connection it came on and no other. */
export class BadFrame extends Error {}

const kinds = new Set<number>(Object.values(FrameKind));
const bulk = new Set<number>([
	FrameKind.bulkRequest,
	FrameKind.bulkResponse,
	FrameKind.rows,
	FrameKind.bytes,
]);

/** The bytes of one frame. Throws `BadFrame` where the payload is over its limit. */
export function encodeFrame(
	kind: FrameKind,
	id: number,
	payload: Uint8Array,
): Uint8Array {
	checkSize(kind, payload.length);
	const bytes = new Uint8Array(headerBytes + payload.length);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, payload.length, true);
	view.setUint8(4, kind);
	view.setUint32(5, id, true);
	bytes.set(payload, headerBytes);
	return bytes;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The payload of an `input` frame: the pane's number, then what is typed. */
export function encodeInput(pane: number, typed: Uint8Array): Uint8Array {
	const payload = new Uint8Array(paneBytes + typed.length);
	new DataView(payload.buffer).setUint32(0, pane, true);
	payload.set(typed, paneBytes);
	return payload;
}

/** Reads the payload of an `input` frame. Throws `BadFrame` where it is cut short. */
export function decodeInput(payload: Uint8Array): {
	readonly pane: number;
	readonly typed: Uint8Array;
} {
	if (payload.length < paneBytes) throw new BadFrame('input for no pane');
	const view = new DataView(payload.buffer, payload.byteOffset, paneBytes);
	return { pane: view.getUint32(0, true), typed: payload.subarray(paneBytes) };
}

/** The JSON of a frame. Throws `BadFrame` where it is no JSON or nests deeper than `depthLimit`. */
export function decodeJson(frame: Frame): unknown {
	let text: string;
	try {
		text = decoder.decode(frame.payload);
	} catch (cause) {
		throw new BadFrame('a frame is not UTF-8', { cause });
	}
	checkDepth(text);
	try {
		return JSON.parse(text) as unknown;
	} catch (cause) {
		throw new BadFrame('a frame is not JSON', { cause });
	}
}

/** Cuts a stream into frames; keeps at most one unfinished frame. */
export class FrameReader {
	#pending: Uint8Array = new Uint8Array(0);

	/** The frames that `chunk` completes. Payloads are copies when they span chunks, views otherwise. */
	push(chunk: Uint8Array): Frame[] {
		const bytes = this.#pending.length === 0 ? chunk : concat(this.#pending, chunk);
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		const frames: Frame[] = [];
		let at = 0;
		while (bytes.length - at >= headerBytes) {
			const length = view.getUint32(at, true);
			const kind = view.getUint8(at + 4);
			if (!kinds.has(kind)) throw new BadFrame(`unknown frame kind ${kind}`);
			checkSize(kind, length);
			if (bytes.length - at - headerBytes < length) break;
			const start = at + headerBytes;
			frames.push({
				kind: kind as FrameKind,
				id: view.getUint32(at + 5, true),
				payload: bytes.subarray(start, start + length),
			});
			at = start + length;
		}
		this.#pending = at === bytes.length ? new Uint8Array(0) : bytes.slice(at);
		return frames;
	}
}

function checkSize(kind: number, length: number): void {
	const limit = bulk.has(kind) ? bulkLimit : controlLimit;
	if (length > limit) throw new BadFrame(`a frame of ${length} bytes is over ${limit}`);
}

// Counted in the text, before parsing: a parser may recurse as deep as the text nests.
function checkDepth(text: string): void {
	let depth = 0;
	let quoted = false;
	for (let at = 0; at < text.length; at += 1) {
		const char = text.charCodeAt(at);
		if (quoted) {
			if (char === 0x5c) at += 1;
			else if (char === 0x22) quoted = false;
		} else if (char === 0x22) quoted = true;
		else if (char === 0x7b || char === 0x5b) {
			depth += 1;
			if (depth > depthLimit)
				throw new BadFrame(`a frame nests deeper than ${depthLimit}`);
		} else if (char === 0x7d || char === 0x5d) depth -= 1;
	}
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
	const both = new Uint8Array(first.length + second.length);
	both.set(first);
	both.set(second, first.length);
	return both;
}
