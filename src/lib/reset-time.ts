// The time that a sentence names, as in "resets 9:50pm (Asia/Saigon)" or "resets Nov 25, 3pm".

const written =
	/\bresets?\b(?: (?:at|on))?\s+(?:([A-Z][a-z]{2})[a-z]* (\d{1,2})(?:,| at)? )?(\d{1,2})(?::(\d\d))?(?:\s*([ap]m))?(?: \(([\w/+-]{1,40})\))?/;
const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const dayMs = 86_400_000;

/** The next such moment after another one; null where the sentence names none. */
export function resetTime(sentence: string, after: string): string | null {
	const found = written.exec(sentence);
	if (!found) return null;
	const [, month, day, hours, minutes = '0', half, zone] = found;
	const hour = half
		? (Number(hours) % 12) + (half === 'pm' ? 12 : 0)
		: Math.min(23, Number(hours));
	const from = Date.parse(after);
	const clock = wallClock(from, zone);
	if (clock === null) return null;
	const time = (hour * 60 + Math.min(59, Number(minutes))) * 60_000;
	const midnight = clock - (clock % dayMs);
	const named =
		month === undefined ? midnight : dateOf(new Date(clock), month, Number(day));
	if (named === null) return null;
	// By its own clock; a change of summer time in between is not worth more.
	const wait = named + time - clock;
	const late = wait > 0 ? wait : wait + (month === undefined ? dayMs : 0);
	return late > 0 ? new Date(from + late).toISOString() : null;
}

function dateOf(now: Date, month: string, day: number): number | null {
	const at = months.indexOf(month);
	if (at < 0 || at % 3 !== 0) return null;
	const year = now.getUTCFullYear();
	const date = Date.UTC(year, at / 3, day);
	return date < now.getTime() - 180 * dayMs ? Date.UTC(year + 1, at / 3, day) : date;
}

/** What the clock on the wall of a zone shows, as if that were UTC; null where there is no such zone. */
function wallClock(at: number, timeZone: string | undefined): number | null {
	try {
		const shown = new Intl.DateTimeFormat('sv', {
			...(timeZone === undefined ? {} : { timeZone }),
			dateStyle: 'short',
			timeStyle: 'medium',
		}).format(at);
		return Date.parse(`${shown.replace(' ', 'T')}.000Z`);
	} catch (error) {
		if (error instanceof RangeError) return null;
		throw error;
	}
}
