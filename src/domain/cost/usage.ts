// What an agent has used, as the records of its CLI tell it: by day and model, and up to where its files
// were counted. The journal has the sums and the places together, so that no reply is counted twice.
import { plainText } from '../../lib/plain-text.ts';
import { addTokens, noTokens, type Tokens } from './tokens.ts';

export interface Spent {
	/** By the clock on the wall, `2026-11-22`. */
	readonly day: string;
	readonly model: string;
	readonly replies: number;
	readonly tokens: Tokens;
}

/** How far a file was counted. */
export interface Mark {
	readonly file: string;
	readonly at: number;
	/** When its last counted reply came. */
	readonly last: string;
}

export interface Usage {
	readonly spent: readonly Spent[];
	readonly marks: readonly Mark[];
	/** In a file without a mark only what came after this is its own. */
	readonly since: string;
	/** When something was last seen; null where nothing was. */
	readonly seen: string | null;
	/** How long its programs ran, paused time apart, and since when the present one does. */
	readonly ranMs: number;
	readonly runsSince: string | null;
}

const longestModel = 100;
const mostModels = 20;
const mostRows = 800;
const mostMarks = 200;
/** Where the names of models are made up without end. */
const otherModels = 'other models';

/** Of an agent that came to be then. */
export function noUsage(since: string): Usage {
	return { spent: [], marks: [], since, seen: null, ranMs: 0, runsSince: null };
}

/** More was used, and files were counted up to there. */
export function withSeen(
	usage: Usage,
	more: { readonly spent: readonly Spent[]; readonly marks: readonly Mark[] },
	at: string,
): Usage {
	const spent = more.spent.reduce(withSpent, usage.spent);
	return { ...usage, ...withMarks(usage, more.marks), spent, seen: at };
}

function withSpent(rows: readonly Spent[], more: Spent): readonly Spent[] {
	const named = plainText(more.model, longestModel);
	const known = new Set(rows.map(({ model }) => model));
	const model = known.has(named) || known.size < mostModels ? named : otherModels;
	const at = rows.findIndex((row) => row.day === more.day && row.model === model);
	const row = rows[at] ?? { day: more.day, model, replies: 0, tokens: noTokens };
	const sum = {
		...row,
		replies: row.replies + more.replies,
		tokens: addTokens(row.tokens, more.tokens),
	};
	return at < 0 ? bounded([...rows, sum]) : rows.with(at, sum);
}

/** Of years, the first days are told as one with the next day of the same model. */
function bounded(rows: readonly Spent[]): readonly Spent[] {
	const [oldest, ...rest] = rows;
	if (!oldest || rows.length <= mostRows) return rows;
	const next = rest.findIndex(({ model }) => model === oldest.model);
	const into = rest[next];
	if (!into) return rows;
	const replies = into.replies + oldest.replies;
	return rest.with(next, {
		...into,
		replies,
		tokens: addTokens(into.tokens, oldest.tokens),
	});
}

/** Those that moved last stay; of a file whose mark goes, what was counted is left out by its time. */
function withMarks(
	{ marks, since }: Usage,
	moved: readonly Mark[],
): Pick<Usage, 'marks' | 'since'> {
	const names = new Set(moved.map(({ file }) => file));
	const all = [...marks.filter(({ file }) => !names.has(file)), ...moved];
	const dropped = all.slice(0, Math.max(0, all.length - mostMarks));
	const latest = dropped
		.map(({ last }) => last)
		.reduce((one, other) => (one > other ? one : other), since);
	return { marks: all.slice(dropped.length), since: latest };
}

/** The clock of its program runs from now on, or stands still. */
export function withClock(
	usage: Usage,
	{ runs, at }: { readonly runs: boolean; readonly at: string },
): Usage {
	const { runsSince, ranMs } = usage;
	if ((runsSince !== null) === runs) return usage;
	return runs
		? { ...usage, runsSince: at }
		: { ...usage, runsSince: null, ranMs: ranMs + between(runsSince, at) };
}

/** How long its programs have run by now. */
export function ranUntil({ ranMs, runsSince }: Usage, now: string): number {
	return ranMs + between(runsSince, now);
}

function between(since: string | null, at: string): number {
	return since === null ? 0 : Math.max(0, Date.parse(at) - Date.parse(since));
}
