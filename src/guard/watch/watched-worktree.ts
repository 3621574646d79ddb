// One worktree that is watched: of all that is written in it, what is outside is told, each path once
// until it is said to be in order.
import { lstatSync, type Stats } from 'node:fs';
import { onDisk } from '../../lib/name-bytes.ts';
import { FolderTree } from './folder-tree.ts';
import { Rest } from './rest.ts';
import { Saves } from './saves.ts';
import type { KnownCommit, Rules } from './verdict.ts';
import { Verdicts } from './verdict.ts';
import type { WatchBudget } from './watch-budget.ts';
import type { FromThread, OutsidePath, WatchOrder } from './watch-messages.ts';
import { WholeTree } from './whole-tree.ts';

/** More paths than this are counted: a program can write a million of them. */
const namedAtOnce = 100;
const toldAtMost = 100_000;
/** What came so long after the last telling is told at once, and not after all that was read with it. */
const promptMs = 4;

/** What weir writes when it turns the pointer back. */
const pointerDraft = /^\.git\.weir-[0-9a-f]{12}$/;

/** A file is stamped with the time of the kernel's last tick, which may be so long ago. */
const stampsLagMs = 10;

export interface WatchedParts {
	readonly key: string;
	readonly order: WatchOrder;
	readonly commit: KnownCommit;
	readonly budget: WatchBudget;
	/** One watch tells of all of it. */
	readonly whole: boolean;
	/** How long a save of a file may take. */
	readonly saveMs: number;
	readonly tell: (message: FromThread) => void;
	/** One more write was seen, wherever. */
	readonly onSeen: () => void;
}

export class WatchedWorktree implements Disposable {
	readonly #parts: WatchedParts;
	readonly #tree: FolderTree | WholeTree;
	/** Paths that were told, with the number of the last write on each. */
	readonly #told: Map<string, number>;
	readonly #accepted: ReadonlySet<string>;
	readonly #saves: Saves;
	#verdicts: Verdicts;
	#commit: KnownCommit;
	#waiting: OutsidePath[] = [];
	#more = 0;
	#flushDue = false;
	#lastTold = 0;
	#muted = false;
	#touched = false;
	#doubted = false;
	#justLooked: string | null = null;
	#writes = 0;
	readonly #rest: Rest;
	readonly #since = Date.now() - stampsLagMs;

	constructor(parts: WatchedParts) {
		this.#parts = parts;
		const { order, commit, budget } = parts;
		this.#commit = commit;
		this.#rest = new Rest((say) => parts.tell({ say, key: parts.key }));
		this.#verdicts = new Verdicts(order.rules, commit);
		this.#told = new Map(order.told.map((path) => [path, 0]));
		this.#accepted = new Set(order.accepted);
		this.#saves = new Saves({
			saveMs: parts.saveMs,
			stands: (path) =>
				lstatSync(onDisk(`${order.root}/${path}`), { throwIfNoEntry: false }) !==
				undefined,
			tell: (path) => {
				if (this.#isOutside(path)) this.#tellOf(path, 'created');
			},
		});
		const Tree = parts.whole ? WholeTree : FolderTree;
		this.#tree = new Tree({
			root: order.root,
			descends: (folder) => this.#verdicts.descends(folder),
			isKnownChange: (path) => this.#isKnownChange(path),
			knows: (path) => this.#commit.paths.has(path),
			onWrite: (path, entry, kind) => this.#written(path, entry, kind),
			onFolderGone: (folder) => this.#folderGone(folder),
			onFail: (why) => parts.tell({ say: 'failed', key: parts.key, why }),
			takeWatch: () => budget.take(),
			giveBack: (watches) => budget.giveBack(watches),
		});
	}

	async open(): Promise<void> {
		const folders = await this.#tree.open();
		if (folders > 0) this.#parts.tell({ say: 'watching', key: this.#parts.key, folders });
	}

	judge(rules: Rules, commit: KnownCommit): void {
		this.#verdicts = new Verdicts(rules, commit);
		this.#commit = commit;
		for (const path of this.#told.keys())
			if (!this.#verdicts.isOutside(path)) this.#told.delete(path);
	}

	mute(muted: boolean): void {
		this.#muted = muted;
	}

	/** The number of the last write; the next one is told as the first since. */
	mark(): number {
		this.#flush();
		this.#touched = false;
		this.#doubted = false;
		this.#saves.begin();
		return this.#writes;
	}

	/** New files that may be part of a save, or were since the mark. */
	get passing(): readonly string[] {
		return this.#saves.passing;
	}

	/** What is told already and not among these is in order, unless it was written since. */
	stand(paths: readonly string[], mark: number): void {
		const standing = new Set(paths);
		for (const path of paths) if (!this.#told.has(path)) this.#told.set(path, 0);
		for (const [path, last] of [...this.#told]) {
			if (standing.has(path)) continue;
			this.#told.delete(path);
			if (last > mark) this.#tellOf(path, 'changed');
		}
	}

	[Symbol.dispose](): void {
		this.#tree[Symbol.dispose]();
		this.#saves[Symbol.dispose]();
		this.#rest[Symbol.dispose]();
		this.#waiting = [];
		this.#more = 0;
	}

	/** Told already and not in order yet, or looked at in this very turn. */
	#isKnownChange(path: string): boolean {
		const told = this.#told.has(path);
		if (!told && path !== this.#justLooked) return false;
		this.#note(path);
		if (!told) this.#noteSave(path);
		if (told && !this.#muted) this.#told.set(path, this.#writes);
		return true;
	}

	#remember(path: string): void {
		if (this.#justLooked === null) setImmediate(() => (this.#justLooked = null));
		this.#justLooked = path;
	}

	#written(path: string, entry: Stats | null, kind: 'change' | 'rename'): void {
		this.#note(path);
		if (this.#muted) return;
		if (!this.#isOutside(path)) {
			if (entry) this.#noteSave(path);
			if (kind === 'change') this.#remember(path);
			if (kind === 'change' && entry && entry.nlink > 1) this.#doubt();
			return;
		}
		if (this.#saves.hasRoom(path) && this.#mayBeSave(path, entry))
			return this.#saves.hold(path, entry !== null);
		if (!entry) return this.#tellOf(path, 'deleted');
		const old = this.#commit.paths.has(path) || entry.birthtimeMs < this.#since;
		this.#tellOf(path, old ? 'changed' : 'created');
	}

	#noteSave(path: string): void {
		if (this.#saves.awaits(path) && this.#verdicts.covers(path)) this.#saves.wrote(path);
	}

	/** Where it was not there before, beside a file of the scope. */
	#mayBeSave(path: string, entry: Stats | null): boolean {
		if (entry?.isDirectory() || path === '.git' || this.#told.has(path)) return false;
		if (this.#commit.paths.has(path) || this.#accepted.has(path)) return false;
		return this.#verdicts.isBeside(path);
	}

	#folderGone(folder: string): void {
		this.#note(folder);
		if (this.#muted) return;
		for (const path of this.#commit.paths.below(folder))
			if (this.#isOutside(path)) this.#tellOf(path, 'deleted');
	}

	/** The pointer to the agent's git directory is weir's alone. */
	#isOutside(path: string): boolean {
		if (path === '.git') return true;
		return !pointerDraft.test(path) && this.#verdicts.isOutside(path);
	}

	#note(path: string): void {
		this.#writes += 1;
		this.#parts.onSeen();
		if (path !== '.git' && this.#verdicts.counts(path)) this.#rest.stir();
		if (this.#touched) return;
		this.#touched = true;
		this.#parts.tell({ say: 'touched', key: this.#parts.key });
	}

	#doubt(): void {
		if (this.#doubted) return;
		this.#doubted = true;
		this.#parts.tell({ say: 'doubted', key: this.#parts.key });
	}

	#tellOf(path: string, how: OutsidePath['how']): void {
		const known = this.#told.has(path);
		if (known || this.#told.size < toldAtMost) this.#told.set(path, this.#writes);
		if (known) return;
		if (this.#waiting.length < namedAtOnce) this.#waiting.push({ path, how });
		else this.#more += 1;
		if (performance.now() - this.#lastTold > promptMs) this.#flush();
		else if (!this.#flushDue) {
			this.#flushDue = true;
			setImmediate(() => {
				this.#flushDue = false;
				this.#flush();
			});
		}
	}

	#flush(): void {
		if (this.#waiting.length === 0 && this.#more === 0) return;
		const paths = this.#waiting;
		const more = this.#more;
		this.#waiting = [];
		this.#more = 0;
		this.#lastTold = performance.now();
		this.#parts.tell({ say: 'outside', key: this.#parts.key, paths, more });
	}
}
