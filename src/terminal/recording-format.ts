// The bytes of a recording. A directory holds segments `NNNNNN.seg`, in order; a segment is records,
// the first of them a checkpoint, so that a replay never starts in the middle of a state. A record:
// u32 crc of all that follows, u32 payload length, u8 kind, u64 wall clock in ms, payload (little
// endian). Never holds input.
import { crc32 } from 'node:zlib';

export const RecordKind = {
	/** What the program printed, redacted. */
	output: 1,
	/** u16 columns, u16 rows. */
	resize: 2,
	/** A packed checkpoint; empty where the emulator could not give one. */
	checkpoint: 3,
	/** u32 bytes of output that were lost before this segment. */
	gap: 4,
} as const;

export type RecordKind = (typeof RecordKind)[keyof typeof RecordKind];

export interface Recorded {
	readonly kind: RecordKind;
	/** Wall clock, in milliseconds since 1970. */
	readonly time: number;
	readonly payload: Uint8Array;
	/** Where the next record begins. */
	readonly end: number;
}

const headerBytes = 17;
const payloadLimit = 64 * 1024 * 1024;
const kinds = new Set<number>(Object.values(RecordKind));

export function encodeRecord(
	kind: RecordKind,
	time: number,
	payload: Uint8Array,
): Uint8Array {
	const record = Buffer.allocUnsafe(headerBytes + payload.length);
	record.writeUInt32LE(payload.length, 4);
	record.writeUInt8(kind, 8);
	record.writeBigUInt64LE(BigInt(Math.max(0, Math.trunc(time))), 9);
	record.set(payload, headerBytes);
	record.writeUInt32LE(crc32(record.subarray(4)), 0);
	return record;
}

/** The whole records from `from` on; ends at the first one that is cut short or damaged. */
export function* readRecords(bytes: Uint8Array, from = 0): Generator<Recorded> {
	const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let at = from; at + headerBytes <= view.length; ) {
		const length = view.readUInt32LE(at + 4);
		const end = at + headerBytes + length;
		if (length > payloadLimit || end > view.length) return;
		if (crc32(view.subarray(at + 4, end)) !== view.readUInt32LE(at)) return;
		const kind = view.readUInt8(at + 8);
		// A kind of a later version is passed over: additions must not end an old reader.
		if (kinds.has(kind))
			yield {
				kind: kind as RecordKind,
				time: Number(view.readBigUInt64LE(at + 9)),
				payload: view.subarray(at + headerBytes, end),
				end,
			};
		at = end;
	}
}

export function encodeSize(columns: number, rows: number): Uint8Array {
	const payload = Buffer.alloc(4);
	payload.writeUInt16LE(columns, 0);
	payload.writeUInt16LE(rows, 2);
	return payload;
}

export function decodeSize(payload: Uint8Array): { columns: number; rows: number } {
	const view = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
	return { columns: view.readUInt16LE(0), rows: view.readUInt16LE(2) };
}

export function encodeCount(count: number): Uint8Array {
	const payload = Buffer.alloc(4);
	payload.writeUInt32LE(Math.min(count, 0xffffffff), 0);
	return payload;
}

export function segmentName(number: number): string {
	return `${String(number).padStart(6, '0')}.seg`;
}

/** The number of a segment, or null for another file. */
export function segmentNumber(name: string): number | null {
	const found = /^(\d{6,9})\.seg$/.exec(name);
	return found ? Number(found[1]) : null;
}
