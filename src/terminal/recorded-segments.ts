// The segments of recordings as they lie on the disk, each with the place that its checkpoint names.
import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type CheckpointPlace, placeOf } from './checkpoint.ts';
import { RecordKind, segmentNumber } from './recording-format.ts';

export interface RecordedSegment {
	readonly number: number;
	readonly path: string;
	readonly identity: string;
	readonly place: CheckpointPlace;
}

const placesKept = 4096;

export class RecordedSegments {
	readonly #places = new Map<string, CheckpointPlace>();

	/**
	 * Those of a directory with a readable checkpoint, oldest first. Throws where it cannot be read.
	 */
	list(directory: string): RecordedSegment[] {
		return readdirSync(directory)
			.map((name) => ({ name, number: segmentNumber(name) }))
			.filter(({ number }) => number !== null)
			.sort((one, other) => Number(one.number) - Number(other.number))
			.flatMap(({ name, number }) => {
				const path = join(directory, name);
				const identity = identityOf(path);
				const place = this.#place(path, identity);
				return place ? [{ number: Number(number), path, identity, place }] : [];
			});
	}

	#place(path: string, identity: string): CheckpointPlace | null {
		const known = this.#places.get(identity);
		if (known) return known;
		const place = readPlace(path);
		if (place) this.#places.set(identity, place);
		if (this.#places.size > placesKept) this.#places.clear();
		return place;
	}
}

/** What a segment holds from a byte on. */
export function readSegment(path: string, from = 0): Uint8Array {
	const file = openSync(path, 'r');
	try {
		const bytes = Buffer.allocUnsafe(Math.max(0, fstatSync(file).size - from));
		let length = 0;
		for (let read = -1; read !== 0 && length < bytes.length; length += read)
			read = readSync(file, bytes, length, bytes.length - length, from + length);
		return bytes.subarray(0, length);
	} finally {
		closeSync(file);
	}
}

export function sizeOf(path: string): number {
	return statSync(path).size;
}

/** When a segment began. */
export function timeOf(path: string): number {
	const head = Buffer.alloc(17);
	const file = openSync(path, 'r');
	readSync(file, head);
	closeSync(file);
	return Number(head.readBigUInt64LE(9));
}

/** A name may be used again for another recording. */
function identityOf(path: string): string {
	const { ino, birthtimeMs } = statSync(path);
	return `${path} ${ino} ${birthtimeMs}`;
}

function readPlace(path: string): CheckpointPlace | null {
	const head = Buffer.alloc(64);
	const file = openSync(path, 'r');
	const length = readSync(file, head);
	closeSync(file);
	// The record's header is before the checkpoint; the checksum is tested when it is replayed.
	if (length < 17 + 20 || head.readUInt8(8) !== RecordKind.checkpoint) return null;
	return placeOf(head.subarray(17));
}
