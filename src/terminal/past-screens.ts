// What a program showed before, moment by moment, also on its alternate screen.
import { unpackCheckpoint } from './checkpoint.ts';
import { Emulator } from './emulator.ts';
import { readSegment, timeOf } from './recorded-segments.ts';
import { readRecords } from './recording-format.ts';
import { play } from './replay.ts';
import {
	isMoment,
	looksDifferent,
	marksOf,
	type PastScreen,
	type ScreenRequest,
} from './screen-steps.ts';

/** Segments that are gone through for another screen. */
const segmentsAtOnce = 8;

/**
 * The nearest moment before or after a time at which the screen looked different; null where nothing
 * is recorded there. `segments` are the files of the recording, oldest first.
 */
export function pastScreen(
	segments: readonly string[],
	{ time, direction }: Omit<ScreenRequest, 'directory'>,
): PastScreen | null {
	const earlier = direction === 'earlier';
	const at = segments.findLastIndex((path) => {
		const since = timeOf(path);
		return earlier ? since < time : since <= time;
	});
	const segment = segments[at];
	if (segment === undefined) return null;
	let shown: readonly number[] = [];
	for (const moment of momentsOf(segment))
		if (moment.time <= time) shown = marksOf(moment.rows);
	let seen: PastScreen | null = null;
	const way = earlier ? segments.slice(0, at + 1).toReversed() : segments.slice(at);
	for (const path of way.slice(0, segmentsAtOnce)) {
		let found: PastScreen | null = null;
		for (const moment of momentsOf(path)) {
			if (earlier ? moment.time >= time : moment.time <= time) continue;
			if (!earlier || !found) seen = moment;
			if (!looksDifferent(shown, marksOf(moment.rows))) continue;
			if (!earlier) return moment;
			found = moment;
		}
		if (found) return found;
	}
	// So much that looks the same is gone through in steps.
	return way.length > segmentsAtOnce ? seen : null;
}

/** The moments of a segment, from its checkpoint on. */
function* momentsOf(path: string): Generator<PastScreen> {
	const records = [...readRecords(readSegment(path))];
	const [first] = records;
	if (!first) return;
	const emulator = Emulator.fromCheckpoint(unpackCheckpoint(first.payload));
	try {
		let last = Number.NEGATIVE_INFINITY;
		for (const [at, record] of records.entries()) {
			const { time } = record;
			play(emulator, record);
			if (at > 0 && !isMoment(time, records[at + 1]?.time ?? null, last)) continue;
			last = time;
			const { columns, changed } = emulator.rows(null);
			yield { time, columns, rows: changed };
		}
	} finally {
		emulator[Symbol.dispose]();
	}
}
