// When to tell the human that agents need them, given what the inbox holds over time. A state is told
// once when it is entered, and a second time only where it waits for long; what resolves itself at once
// is not told; what comes often is told together. An alarm waits for none of that. Whoever holds a clock asks again at `wakeAt`.
import { isFlood } from './flood.ts';
import type { AgentId } from './ids.ts';
import type { InboxItem, ItemKind } from './inbox.ts';

/** A prompt that goes by itself, as one that a policy answers, has gone by then. */
const holdMs = 1500;
/** Told once more after it waited for so long. */
const againMs = 15 * 60_000;
/** More entries than this in so long a time are one that flaps. */
const steadyEntries = 3;
const flapMs = 5 * 60_000;
/** Between two notices, and how many an hour. */
const apartMs = 2 * 60_000;
const hourMs = 60 * 60_000;
const noticesAnHour = 10;
/** What must not wait has a budget of its own. */
const alarmMs = 60_000;
const alarmsAMinute = 2;

/** What an agent needs: the same agent in the same state is one entry, whatever it asks. */
interface Entry {
	/** Null of an alarm, which is about a branch. */
	readonly agent: AgentId | null;
	readonly branch: string | null;
	readonly kind: ItemKind;
	readonly tier: number;
	/** The oldest question of it, as milliseconds of wall clock, like all times here. */
	readonly since: number;
	readonly text: string;
	readonly seen: number;
	/** It outlived the hold. */
	readonly ripe: boolean;
	readonly told: number;
	readonly toldAt: number;
}

export interface Attention {
	readonly entries: Readonly<Record<string, Entry>>;
	/** When each outlived the hold of late. */
	readonly came: Readonly<Record<string, readonly number[]>>;
	/** Those of which it was told that they come and go: they are not told again until they are steady. */
	readonly flapping: readonly string[];
	/** When notices were given in the last hour, and alarms in the last minute. */
	readonly notices: readonly number[];
	readonly alarms: readonly number[];
	readonly flood: boolean;
	/** That it began was told, or a notice just before it: no other one comes until it is over. */
	readonly floodTold: boolean;
}

export interface Needed {
	/** Null of an alarm, which is about a branch. */
	readonly agent: AgentId | null;
	readonly branch: string | null;
	readonly kind: ItemKind;
	readonly text: string;
	/** It comes and goes. */
	readonly flaps: boolean;
}

export interface Notice {
	readonly urgent: boolean;
	/** What has not been told before, or long ago; the longest wait first. */
	readonly news: readonly Needed[];
	/** How many agents wait for the human now, and since when the first of them does. */
	readonly waiting: number;
	readonly oldest: number;
}

export interface Moment {
	readonly items: readonly InboxItem[];
	/** Wall clock in milliseconds. */
	readonly now: number;
	/** The human looks at weir: all that can be told is seen. */
	readonly looking: boolean;
	/** Nothing that can wait is told; it is told later. */
	readonly quiet: boolean;
}

export interface Attended {
	readonly attention: Attention;
	readonly notice: Notice | null;
	/** When to ask again although nothing has changed; null for not before something has. */
	readonly wakeAt: number | null;
}

const nothing: Attention = {
	entries: {},
	came: {},
	flapping: [],
	notices: [],
	alarms: [],
	flood: false,
	floodTold: false,
};

/** What is there already when somebody begins to attend was told by whoever did before. */
export function beginAttention({ items, now }: Pick<Moment, 'items' | 'now'>): Attention {
	const entries = Object.fromEntries(
		[...needsIn(items)].map(([key, need]) => {
			const told = { seen: need.since, ripe: true, told: 1, toldAt: need.since };
			return [key, { ...need, ...told }];
		}),
	);
	const flood = isFlood(false, items, isoOf(now));
	return { ...nothing, entries, flood, floodTold: flood };
}

export function attend(before: Attention, moment: Moment): Attended {
	const attention = recollect(before, moment);
	const due = Object.entries(attention.entries).filter(([, entry]) =>
		isDue(entry, moment.now),
	);
	if (moment.looking) return settled(tell(attention, keysOf(due), moment.now), moment);
	const alarms = due.filter(([, { tier }]) => tier === 1);
	if (alarms.length > 0 && attention.alarms.length < alarmsAMinute)
		return announce(attention, alarms, moment, true);
	const rest = due.filter(([, { tier }]) => tier > 1);
	const held = moment.quiet || attention.floodTold || nextNotice(attention) > moment.now;
	if (rest.length === 0 || held) return settled(attention, moment);
	return announce(attention, rest, moment, false);
}

/** What the inbox holds by now, laid over what is remembered. */
function recollect(before: Attention, { items, now }: Moment): Attention {
	const came: Record<string, readonly number[]> = {};
	for (const [key, times] of Object.entries(before.came)) {
		const late = times.filter((at) => at > now - flapMs);
		if (late.length > 0) came[key] = late;
	}
	const entries: Record<string, Entry> = {};
	for (const [key, need] of needsIn(items)) {
		const known = before.entries[key];
		const seen = known?.seen ?? now;
		const ripe = need.tier === 1 || now - seen >= holdMs;
		if (ripe && !known?.ripe) came[key] = [...(came[key] ?? []), now];
		const silenced = !known && came[key] && before.flapping.includes(key);
		const told = silenced ? { told: 1, toldAt: now } : { told: 0, toldAt: 0 };
		entries[key] = { ...told, ...known, ...need, seen, ripe };
	}
	const notices = before.notices.filter((at) => at > now - hourMs);
	const flood = isFlood(before.flood, items, isoOf(now));
	return {
		entries,
		came,
		flapping: before.flapping.filter((key) => came[key]),
		notices,
		alarms: before.alarms.filter((at) => at > now - alarmMs),
		flood,
		floodTold: flood && (before.floodTold || (notices.at(-1) ?? 0) > now - apartMs),
	};
}

/** One for each alarm, and for each agent and kind of those that keep an agent from going on. */
function needsIn(items: readonly InboxItem[]) {
	const needs = new Map<
		string,
		Pick<Entry, 'agent' | 'branch' | 'kind' | 'tier' | 'since' | 'text'>
	>();
	for (const { id, agent, branch, kind, tier, since: at, text, snoozed } of items) {
		if (snoozed !== null || tier > 2) continue;
		const key = agent === null ? id : `${agent} ${kind}`;
		const since = Date.parse(at);
		const known = needs.get(key);
		if (!known || since < known.since)
			needs.set(key, { agent, branch, kind, tier, since, text });
	}
	return needs;
}

function isDue({ ripe, told, toldAt }: Entry, now: number): boolean {
	return ripe && (told === 0 || (told === 1 && now >= toldAt + againMs));
}

function announce(
	attention: Attention,
	due: readonly (readonly [string, Entry])[],
	moment: Moment,
	urgent: boolean,
): Attended {
	const { now } = moment;
	const waits = Object.values(attention.entries).filter(({ ripe }) => ripe);
	const news = due
		.toSorted(([, one], [, other]) => one.since - other.since)
		.map(([key, { agent, branch, kind, text }]) => {
			return { agent, branch, kind, text, flaps: flaps(attention, key) };
		});
	const notice: Notice = {
		urgent,
		news,
		waiting: new Set(waits.flatMap(({ agent }) => agent ?? [])).size,
		oldest: Math.min(...waits.map(({ since }) => since)),
	};
	const keys = keysOf(due);
	const flapping = keys.filter((key) => flaps(attention, key));
	const told = tell(
		{ ...attention, flapping: [...new Set([...attention.flapping, ...flapping])] },
		keys,
		now,
	);
	const after = urgent
		? { ...told, alarms: [...told.alarms, now] }
		: { ...told, notices: [...told.notices, now], floodTold: told.flood };
	return { ...settled(after, moment), notice };
}

function flaps({ came }: Attention, key: string): boolean {
	return (came[key]?.length ?? 0) > steadyEntries;
}

function tell(attention: Attention, keys: readonly string[], now: number): Attention {
	const entries = { ...attention.entries };
	for (const key of keys) {
		const entry = entries[key];
		if (entry) entries[key] = { ...entry, told: entry.told + 1, toldAt: now };
	}
	return { ...attention, entries };
}

function keysOf(due: readonly (readonly [string, Entry])[]): string[] {
	return due.map(([key]) => key);
}

function settled(attention: Attention, moment: Moment): Attended {
	const times = Object.values(attention.entries).flatMap((entry) =>
		wakesFor(entry, attention, moment),
	);
	// A flood begins and ends by what happens.
	const wakeAt = times.length === 0 ? null : Math.min(...times);
	return { attention, notice: null, wakeAt };
}

function wakesFor(entry: Entry, attention: Attention, { now, quiet }: Moment): number[] {
	const { ripe, seen, told, toldAt, tier } = entry;
	if (!ripe) return [seen + holdMs];
	if (told > 1) return [];
	if (!isDue(entry, now)) return [toldAt + againMs];
	// Who keeps the hours wakes it when they end.
	if (tier > 1) return quiet || attention.floodTold ? [] : [nextNotice(attention)];
	return [(attention.alarms[0] ?? now) + alarmMs];
}

/** When the next notice may be given. */
function nextNotice({ notices }: Attention): number {
	const spaced = (notices.at(-1) ?? -Infinity) + apartMs;
	const full = notices.length >= noticesAnHour;
	return full ? Math.max(spaced, (notices[0] ?? 0) + hourMs) : spaced;
}

function isoOf(now: number): string {
	return new Date(now).toISOString();
}
