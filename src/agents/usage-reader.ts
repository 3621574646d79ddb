// Reads the records of one agent as they grow: each reply once, by its id. After a restart files are read
// from their beginning, for the ids that they hold; what the journal has counted of them counts no more.
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { addTokens, beyondTokens, noTokens, type Tokens } from '../domain/cost/tokens.ts';
import type { Mark, Spent, Usage } from '../domain/cost/usage.ts';
import { errorCode } from '../lib/error-words.ts';
import { LineFollower } from '../lib/line-follower.ts';
import { localDay } from '../lib/local-day.ts';
import type {
	RateLimit,
	Reply,
	UsageContext,
	UsageFolder,
	UsageLines,
	UsageRecords,
} from './usage.ts';

/** A reply is no longer; what else stands in records may be. */
const longestLine = 4 * 1024 * 1024;
const mostFiles = 2000;
const mostIds = 50_000;
const longestId = 200;

/** What was read and not taken yet. */
export interface Seen {
	readonly spent: readonly Spent[];
	readonly marks: readonly Mark[];
}

interface Followed {
	readonly follower: LineFollower;
	lines: UsageLines;
	/** Up to there the journal has it. */
	counted: number;
	/** Only what came later counts behind that. */
	after: string;
	size: number;
}

/** A reply that the journal does not have by its place; by its id it may. */
interface Fresh {
	readonly reply: Reply;
	readonly at: string;
	/** Behind it. */
	readonly mark: Mark;
}

export class UsageReader {
	readonly #records: UsageRecords;
	readonly #usage: Pick<Usage, 'marks' | 'since'>;
	readonly #files = new Map<string, Followed>();
	readonly #known = new Map<string, Tokens>();
	#spent = new Map<string, Spent>();
	#marks = new Map<string, Mark>();
	#limit: RateLimit | null = null;
	#lastReply = '';

	/** `usage` is what the journal has. */
	constructor(records: UsageRecords, usage: Pick<Usage, 'marks' | 'since'>) {
		this.#records = records;
		this.#usage = usage;
	}

	/** Its service gives it nothing before then, as the last line on it says; null where a reply came since. */
	get limit(): RateLimit | null {
		return this.#limit !== null && this.#limit.at >= this.#lastReply ? this.#limit : null;
	}

	/** Reads what was written since the last time; answers the folders in which more may come. */
	async read(context: UsageContext, now: number): Promise<readonly string[]> {
		const folders = new Set<string>();
		const fresh: Fresh[] = [];
		for (const folder of this.#records.folders(context)) {
			const found = await filesIn(folder);
			for (const one of found.folders) folders.add(one);
			for (const path of found.files)
				await this.#follow(path, context, { now, fresh }).catch((error: unknown) => {
					// It went away, or is not ours to read: what was read of it counts.
					if (errorCode(error) === undefined) throw error;
				});
		}
		// What the journal has is known by now, whichever file brings it along once more.
		for (const { reply, at, mark } of fresh)
			if (this.#count(reply, at, true)) this.#marks.set(mark.file, mark);
		return [...folders];
	}

	/** What was read and not taken before; null where that is nothing. */
	take(): Seen | null {
		if (this.#spent.size === 0) return null;
		const seen = { spent: [...this.#spent.values()], marks: [...this.#marks.values()] };
		this.#spent = new Map();
		this.#marks = new Map();
		return seen;
	}

	/** It could not be recorded: the next one to take has it as well. */
	giveBack({ spent, marks }: Seen): void {
		for (const one of spent) this.#add(one);
		// What was read since is further.
		this.#marks = new Map([
			...marks.map((mark) => [mark.file, mark] as const),
			...this.#marks,
		]);
	}

	/** Tells what may count in `fresh`, in the order of the lines. */
	async #follow(
		path: string,
		context: UsageContext,
		{ now, fresh }: { readonly now: number; readonly fresh: Fresh[] },
	): Promise<void> {
		const known = this.#files.get(path);
		if (known?.lines.foreign) return;
		const size = await sizeOf(path, known ? null : this.#usage.since);
		if (size === null || size === known?.size) return;
		const followed = known ?? this.#begin(path, context, size);
		followed.size = size;
		const begin = () => {
			followed.lines = this.#records.lines(context);
			// What follows in its place is counted by the ids that are known.
			if (known) followed.counted = 0;
		};
		for await (const line of followed.follower.lines(begin)) {
			const reply = followed.lines.read(line.text);
			if (followed.lines.foreign) return;
			this.#hear(followed.lines.limit ?? null);
			if (!reply) continue;
			const at = timeOf(reply, now);
			if (at > this.#lastReply) this.#lastReply = at;
			if (line.end <= followed.counted || at <= followed.after)
				this.#count(reply, at, false);
			else fresh.push({ reply, at, mark: { file: path, at: line.end, last: at } });
		}
	}

	#hear(limit: RateLimit | null): void {
		if (limit !== null && limit.at >= (this.#limit?.at ?? '')) this.#limit = limit;
	}

	#begin(path: string, context: UsageContext, size: number): Followed {
		const mark = this.#usage.marks.find(({ file }) => file === path);
		const shorter = mark !== undefined && size < mark.at;
		const followed: Followed = {
			follower: new LineFollower(path, longestLine),
			lines: this.#records.lines(context),
			counted: mark && !shorter ? mark.at : 0,
			after: shorter ? mark.last : mark ? '' : this.#usage.since,
			size: 0,
		};
		this.#files.set(path, followed);
		return followed;
	}

	/** A later line on the same reply may know more of it. Answers whether anything was added. */
	#count({ id, model, tokens }: Reply, at: string, counts: boolean): boolean {
		const key = id.slice(0, longestId);
		const before = this.#known.get(key);
		const more = before ? beyondTokens(tokens, before) : tokens;
		if (before && Object.values(more).every((count) => count === 0)) return false;
		this.#known.set(key, before ? addTokens(before, more) : tokens);
		const [oldest] = this.#known.keys();
		if (this.#known.size > mostIds && oldest !== undefined) this.#known.delete(oldest);
		if (!counts) return false;
		this.#add({ day: localDay(at), model, replies: before ? 0 : 1, tokens: more });
		return true;
	}

	#add(more: Spent): void {
		const key = `${more.day} ${more.model}`;
		const { replies, tokens } = this.#spent.get(key) ?? {
			replies: 0,
			tokens: noTokens,
		};
		this.#spent.set(key, {
			...more,
			replies: replies + more.replies,
			tokens: addTokens(tokens, more.tokens),
		});
	}
}

/** Nothing came from the future. */
function timeOf({ at }: Reply, now: number): string {
	const latest = new Date(now).toISOString();
	return at === null || at > latest ? latest : at;
}

/** Null where it is gone, or was written for the last time before. */
async function sizeOf(path: string, since: string | null): Promise<number | null> {
	try {
		const { size, mtimeMs } = await stat(path);
		return since !== null && mtimeMs < Date.parse(since) ? null : size;
	} catch (error) {
		if (errorCode(error) === undefined) throw error;
		return null;
	}
}

async function filesIn(folder: UsageFolder): Promise<{
	readonly files: readonly string[];
	readonly folders: readonly string[];
}> {
	const files: string[] = [];
	const folders: string[] = [];
	const walk = async (path: string, depth: number): Promise<void> => {
		const entries = await readdir(path, { withFileTypes: true }).catch(
			(error: unknown) => {
				// Not there yet, or not to be read.
				if (errorCode(error) === undefined) throw error;
				return null;
			},
		);
		if (entries === null) return;
		folders.push(path);
		for (const entry of entries) {
			if (files.length >= mostFiles || folders.length >= mostFiles) return;
			const below = join(path, entry.name);
			// No link is followed: records lie where they are looked for.
			if (entry.isDirectory() && depth > 0) await walk(below, depth - 1);
			else if (entry.isFile() && folder.holds(relative(folder.path, below)))
				files.push(below);
		}
	};
	await walk(folder.path, folder.depth);
	return { files, folders };
}
