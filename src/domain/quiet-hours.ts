// Hours of the day in which nobody is to be told of anything that can wait, by the clock on the wall.

const written = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;
const dayMinutes = 24 * 60;

export function isQuietRange(text: string): boolean {
	return written.test(text);
}

/** Whether `minute` of the day is quiet, and in how many minutes that changes; null never. */
export function quietAt(
	range: string | null,
	minute: number,
): { readonly quiet: boolean; readonly changesIn: number | null } {
	const found = range === null ? null : written.exec(range);
	if (!found) return { quiet: false, changesIn: null };
	const [from = 0, fromMinute = 0, to = 0, toMinute = 0] = found.slice(1).map(Number);
	const begin = from * 60 + fromMinute;
	const end = to * 60 + toMinute;
	// From a time to the same time is no time at all.
	if (begin === end) return { quiet: false, changesIn: null };
	const quiet = until(begin, minute) + until(minute, end) === until(begin, end);
	const inside = quiet && minute !== end;
	return { quiet: inside, changesIn: until(minute, inside ? end : begin) || dayMinutes };
}

/** Minutes from one time of the day to the next time that it is the other. */
function until(from: number, to: number): number {
	return (to - from + dayMinutes) % dayMinutes;
}
