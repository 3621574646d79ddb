// A folder that is watched as an agent's worktree is, without git: what the thread says of it.
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { Reference } from '../../src/guard/watch/verdict.ts';
import type {
	OutsidePath,
	WatchingLimits,
	WatchOrder,
} from '../../src/guard/watch/watch-messages.ts';
import { Watching, type WatchNews } from '../../src/guard/watch/watching.ts';
import { nameBytes } from '../../src/lib/name-bytes.ts';

type WatchedFacts = Partial<WatchOrder['rules']> & {
	readonly limits?: WatchingLimits;
	readonly tracked?: readonly string[];
	readonly ignored?: readonly string[];
	readonly accepted?: readonly string[];
};

/** Paths as `git ls-tree` lists them. */
export function referenceOf(
	tracked: readonly string[],
	ignored: readonly string[] = [],
): Reference {
	const sorted = tracked.toSorted((one, other) =>
		Buffer.compare(nameBytes(one), nameBytes(other)),
	);
	return { paths: Buffer.concat(sorted.map((path) => nameBytes(`${path}\0`))), ignored };
}

export class WatchedFolder {
	readonly said: WatchNews[] = [];
	readonly watching: Watching;
	readonly #root: string;
	readonly #facts: WatchedFacts;

	private constructor(root: string, facts: WatchedFacts) {
		this.#root = root;
		this.#facts = facts;
		this.watching = new Watching(facts.limits);
		this.watching.onNews.on((news) => this.said.push(news));
		onTestFinished(() => this.watching[Symbol.asyncDispose]());
	}

	static async open(root: string, facts: WatchedFacts = {}): Promise<WatchedFolder> {
		const folder = new WatchedFolder(root, facts);
		folder.watch('a1');
		await folder.until(() =>
			folder.said.some(({ say }) => say === 'watching' || say === 'failed'),
		);
		return folder;
	}

	watch(key: string, root = this.#root): void {
		const {
			tracked = [],
			ignored = [],
			accepted = [],
			limits: _,
			...rules
		} = this.#facts;
		this.watching.watch(
			key,
			{ root, rules: this.rules(rules), commit: 'c', told: [], accepted },
			referenceOf(tracked, ignored),
		);
	}

	rules(more: Partial<WatchOrder['rules']> = {}): WatchOrder['rules'] {
		return { scope: ['src/**'], ignoreCase: false, noise: ['node_modules/'], ...more };
	}

	get outside(): readonly OutsidePath[] {
		return this.said.flatMap((news) => (news.say === 'outside' ? news.paths : []));
	}

	/** As `changed docs/a`, in the order in which they were told. */
	get told(): readonly string[] {
		return this.outside.map(({ path, how }) => `${how} ${path}`);
	}

	/** All that was written until now has been read. */
	async settled(key = 'a1'): Promise<number> {
		return (await this.watching.mark(key)) ?? -1;
	}

	async until(passes: () => boolean): Promise<void> {
		for (const end = Date.now() + 30_000; !passes(); await sleep(5))
			if (Date.now() > end) throw new Error(`never: ${JSON.stringify(this.said)}`);
	}
}
