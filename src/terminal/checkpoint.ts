// A checkpoint as bytes: u8 version, u8 0, u16 columns, u16 rows, u16 ring, u32 trimmed, u32
// scrollback, u32 JSON length (little endian), JSON, then the words of all cells. The numbers come
// first so that a reader finds its way through a recording without unpacking every screen.
import { endianness } from 'node:os';
import { promisify } from 'node:util';
import { deflateRaw, inflateRawSync } from 'node:zlib';
import type { SavedLine, SavedScreen } from './xterm/saved-screen.ts';

export interface Checkpoint {
	readonly screen: SavedScreen;
	/** Lines kept above the screen. */
	readonly ring: number;
	/** Lines above the screen since the start. */
	readonly scrollback: number;
	/** Bytes of the stream since the last stretch began (see `xterm/work`). */
	readonly offset: number;
	readonly modes: unknown;
	readonly keyboard: readonly (readonly number[])[];
}

const version = 1;
const headerBytes = 20;
const unpackedLimit = 256 * 1024 * 1024;
const deflate = promisify(deflateRaw);

export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
	const lines = [...checkpoint.screen.normal.lines, ...checkpoint.screen.other.lines];
	// Cells travel beside the JSON, in order; the JSON holds how many words each line has.
	const json = Buffer.from(
		JSON.stringify(checkpoint, (_, value: unknown) =>
			value instanceof Uint32Array ? value.length : value,
		),
	);
	const words = lines.reduce((sum, line) => sum + line.cells.length, 0);
	// All of it is written below.
	const bytes = Buffer.allocUnsafeSlow(headerBytes + json.length + words * 4);
	const { screen } = checkpoint;
	bytes.writeUInt16LE(version, 0);
	bytes.writeUInt16LE(screen.columns, 2);
	bytes.writeUInt16LE(screen.rows, 4);
	bytes.writeUInt16LE(Math.min(0xffff, checkpoint.ring), 6);
	bytes.writeUInt32LE(screen.trimmed, 8);
	bytes.writeUInt32LE(checkpoint.scrollback, 12);
	bytes.writeUInt32LE(json.length, 16);
	json.copy(bytes, headerBytes);
	let at = headerBytes + json.length;
	for (const { cells } of lines) {
		bytes.set(new Uint8Array(cells.buffer, cells.byteOffset, cells.byteLength), at);
		at += cells.byteLength;
	}
	if (endianness() === 'BE') bytes.subarray(headerBytes + json.length).swap32();
	return bytes;
}

/** Throws where the bytes are no checkpoint of a known version. */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
	const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (view.length < headerBytes || view.readUInt8(0) !== version)
		throw new Error('no checkpoint of a known version');
	const length = view.readUInt32LE(16);
	const json = view.toString('utf8', headerBytes, headerBytes + length);
	// Written by this file and held together by the record's checksum.
	const checkpoint = JSON.parse(json) as Checkpoint;
	let at = headerBytes + length;
	const fill = (line: SavedLine): SavedLine => {
		const cells = new Uint32Array(Number(line.cells));
		for (let index = 0; index < cells.length; index += 1, at += 4)
			cells[index] = view.readUInt32LE(at);
		return { ...line, cells };
	};
	const { screen } = checkpoint;
	const normal = { ...screen.normal, lines: screen.normal.lines.map(fill) };
	const other = { ...screen.other, lines: screen.other.lines.map(fill) };
	return { ...checkpoint, screen: { ...screen, normal, other } };
}

/** For storing: the numbers at the front stay readable, the rest is compressed off this thread. */
export async function packCheckpoint(bytes: Uint8Array): Promise<Uint8Array> {
	const packed = await deflate(bytes.subarray(headerBytes), { level: 1 });
	return Buffer.concat([bytes.subarray(0, headerBytes), packed]);
}

/** What `packCheckpoint` was given. Throws where the bytes are damaged. */
export function unpackCheckpoint(packed: Uint8Array): Uint8Array {
	const rest = inflateRawSync(packed.subarray(headerBytes), {
		maxOutputLength: unpackedLimit,
	});
	return Buffer.concat([packed.subarray(0, headerBytes), rest]);
}

export interface CheckpointPlace {
	readonly columns: number;
	readonly rows: number;
	/** The number of the first line in memory. */
	readonly trimmed: number;
	readonly scrollback: number;
}

/** Where in the history a checkpoint stands, from its first bytes, packed or not. */
export function placeOf(bytes: Uint8Array): CheckpointPlace {
	const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (view.length < headerBytes || view.readUInt8(0) !== version)
		throw new Error('no checkpoint of a known version');
	return {
		columns: view.readUInt16LE(2),
		rows: view.readUInt16LE(4),
		trimmed: view.readUInt32LE(8),
		scrollback: view.readUInt32LE(12),
	};
}
