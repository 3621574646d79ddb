// A segment of a recording played anew: the same emulator with the same bytes and sizes.
import { unpackCheckpoint } from './checkpoint.ts';
import { Emulator, type EmulatorOptions } from './emulator.ts';
import {
	decodeSize,
	type Recorded,
	RecordKind,
	readRecords,
} from './recording-format.ts';

/**
 * The emulator at the end of these bytes, and how many of them it has read. The caller disposes it.
 */
export function playAll(
	bytes: Uint8Array,
	hearing: Pick<EmulatorOptions, 'keep' | 'prompted'> & {
		/** Before its records. */
		readonly begun?: (emulator: Emulator) => void;
		readonly resizing?: () => void;
		readonly resized?: (columns: number) => void;
	} = {},
): { emulator: Emulator; offset: number } {
	const records = readRecords(bytes);
	const first = records.next().value;
	if (!first || first.kind !== RecordKind.checkpoint)
		throw new Error('a segment does not begin with a checkpoint');
	const emulator = Emulator.fromCheckpoint(unpackCheckpoint(first.payload), hearing);
	hearing.begun?.(emulator);
	let offset = first.end;
	for (const record of records) {
		if (record.kind === RecordKind.resize) hearing.resizing?.();
		play(emulator, record);
		if (record.kind === RecordKind.resize) hearing.resized?.(emulator.columns);
		offset = record.end;
	}
	return { emulator, offset };
}

export function play(emulator: Emulator, record: Recorded): void {
	if (record.kind === RecordKind.output) emulator.write(record.payload);
	if (record.kind !== RecordKind.resize) return;
	const { columns, rows } = decodeSize(record.payload);
	emulator.resize(columns, rows);
}
