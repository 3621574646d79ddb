// Which branches conflict with the base, and which with each other. An answer belongs to two commits and
// never changes, so a head that moves asks for its own row alone.
import { GitFailure, type GitPlace, gitText } from './git.ts';
import { type LandedBefore, relate } from './landed-before.ts';
import { type MergedPair, mergePairs } from './merge-pairs.ts';
import { makeCommit, weirIdentity } from './merge-tree.ts';
import { withPassingObjects } from './passing-objects.ts';
import type { Repository } from './repository.ts';
import { openTreeStore, type TreeStore } from './tree-store.ts';

export interface MatrixBranch {
	readonly name: string;
	/** The commit that would land. */
	readonly tip: string;
	readonly before: LandedBefore | null;
}

export interface Clash {
	/** Sorted by git; not all where there are very many. */
	readonly files: readonly string[];
	/** How many there are. */
	readonly count: number;
	/** git may have had too many renames to look for them (`merge.renameLimit`): there may be no conflict. */
	readonly withoutRenames: boolean;
}

export interface Prediction {
	/** The branches that conflict with the base as it is, by name. */
	readonly withBase: ReadonlyMap<string, Clash>;
	/** Pairs of branches of which one would conflict once the other has landed. */
	readonly between: readonly (Clash & { readonly names: readonly [string, string] })[];
	/** Branches whose commit the repository does not have, or not any more. */
	readonly unknown: readonly string[];
}

/** Pairs of a hundred branches, and of as many that they were lately. */
const mostKept = 12_000;

export class ConflictMatrix {
	readonly #repository: Repository;
	/** What became of two commits; the one not asked for longest goes first. */
	readonly #known = new Map<string, Known>();

	constructor(repository: Repository) {
		this.#repository = repository;
	}

	/**
	 * Of all branches with the base and with each other. One git merges all with the base, another all
	 * pairs, less what is known. Cancelled, it throws; what it knows by then stays.
	 */
	async predict(
		base: string,
		branches: readonly MatrixBranch[],
		signal?: AbortSignal,
	): Promise<Prediction> {
		const store = await openTreeStore(this.#repository);
		const there = await commitsAmong(store, branches);
		const rows: Row[] = [];
		for (const branch of there) rows.push(await rowOf(this.#repository, base, branch));
		const cells = rows.flatMap((one, at) =>
			rows.slice(at + 1).map((other) => cellOf(base, one, other)),
		);
		// Their trees may be asked for again, those of pairs never.
		await this.#learn(store.place, rows, signal);
		const open = cells.filter(({ key }) => !this.#known.has(key));
		const asked = await this.#landedOn(store, base, open);
		if (asked.length > 0)
			await withPassingObjects(this.#repository, store, (place) =>
				this.#learn(place, asked, signal),
			);
		for (const { key } of [...rows, ...cells]) this.#touch(key);
		const prediction = {
			withBase: new Map(
				rows.flatMap((row) => this.#clashes(row.key).map((clash) => [row.name, clash])),
			),
			between: cells.flatMap(({ key, names }) =>
				this.#clashes(key).map((clash) => ({ names, ...clash })),
			),
			unknown: branches.filter((one) => !there.includes(one)).map(({ name }) => name),
		};
		this.#forget();
		return prediction;
	}

	/** Merges those of which nothing is known. */
	async #learn(
		place: GitPlace,
		asked: readonly Question[],
		signal: AbortSignal | undefined,
	): Promise<void> {
		const open = asked.filter(({ key }) => !this.#known.has(key));
		if (open.length === 0) return;
		const learned: string[] = [];
		const { renamesSkipped } = await mergePairs(
			place,
			open.map(({ commits }) => commits),
			(at, merged) => {
				const key = open[at]?.key ?? '';
				this.#known.set(key, { ...merged, withoutRenames: false });
				learned.push(key);
			},
			signal,
		);
		if (!renamesSkipped) return;
		// git does not say of which.
		for (const key of learned) {
			const known = this.#known.get(key);
			if (known) this.#known.set(key, { ...known, withoutRenames: true });
		}
	}

	/** Pairs of which one landed before, as both are on the base: what landed is in both of them then. */
	async #landedOn(
		store: TreeStore,
		base: string,
		cells: readonly Cell[],
	): Promise<readonly Question[]> {
		const made = new Map<string, string>();
		const land = async (row: Row) => {
			const commit = made.get(row.key) ?? (await this.#commitOf(store, base, row));
			made.set(row.key, commit);
			return commit;
		};
		const questions: Question[] = [];
		for (const { key, commits, onBase, rows } of cells) {
			const both = onBase
				? ([await land(rows[0]), await land(rows[1])] as const)
				: commits;
			questions.push({ key, commits: both });
		}
		return questions;
	}

	/** What a branch becomes on the base; where it conflicts with that, the branch itself. */
	async #commitOf(store: TreeStore, base: string, row: Row): Promise<string> {
		const known = this.#known.get(row.key);
		if (!known || known.conflicts > 0) return row.commits[1];
		try {
			return await commitOn(store, base, known.tree);
		} catch (error) {
			if (!(error instanceof GitFailure)) throw error;
			// The store was pruned: the next prediction merges it anew.
			this.#known.delete(row.key);
			return row.commits[1];
		}
	}

	#clashes(key: string): readonly Clash[] {
		const known = this.#known.get(key);
		if (!known || known.conflicts === 0) return [];
		const { files, conflicts: count, withoutRenames } = known;
		return [{ files, count, withoutRenames }];
	}

	#touch(key: string): void {
		const known = this.#known.get(key);
		if (known) {
			this.#known.delete(key);
			this.#known.set(key, known);
		}
	}

	/** Forgets what nobody asked for lately, beyond a bound. */
	#forget(): void {
		for (const key of this.#known.keys()) {
			if (this.#known.size <= mostKept) return;
			this.#known.delete(key);
		}
	}
}

interface Known extends MergedPair {
	readonly withoutRenames: boolean;
}

interface Question {
	readonly key: string;
	readonly commits: readonly [string, string];
}

/** A branch and the base; its commits are those by which git knows what landed before. */
interface Row extends Question {
	readonly name: string;
	readonly landedBefore: boolean;
}

interface Cell extends Question {
	readonly names: readonly [string, string];
	readonly rows: readonly [Row, Row];
	/** Whether the merge has to be of what both become on the base. */
	readonly onBase: boolean;
}

async function commitsAmong(
	{ place }: TreeStore,
	branches: readonly MatrixBranch[],
): Promise<readonly MatrixBranch[]> {
	if (branches.length === 0) return [];
	const input = branches.map(({ tip }) => `${tip}\n`).join('');
	const said = await gitText(place, ['cat-file', '--batch-check=%(objecttype)'], {
		input,
	});
	const types = said.split('\n');
	return branches.filter((_, at) => types[at] === 'commit');
}

async function rowOf(
	repository: Repository,
	base: string,
	{ name, tip, before }: MatrixBranch,
): Promise<Row> {
	const related = await relate(repository, base, tip, before);
	return {
		name,
		key: `${related.base} ${related.tip}`,
		commits: [related.base, related.tip],
		landedBefore: related.base !== base || related.tip !== tip,
	};
}

function cellOf(base: string, one: Row, other: Row): Cell {
	const onBase = one.landedBefore || other.landedBefore;
	const commits = [one.commits[1], other.commits[1]] as const;
	return {
		names: [one.name, other.name],
		rows: [one, other],
		key: onBase ? `${base}: ${commits.join(' ')}` : commits.join(' '),
		commits,
		onBase,
	};
}

function commitOn(store: TreeStore, base: string, tree: string): Promise<string> {
	const env = {
		...weirIdentity,
		GIT_AUTHOR_DATE: '@0 +0000',
		GIT_COMMITTER_DATE: '@0 +0000',
	};
	return makeCommit(store, { tree, parents: [base], message: 'weir: landed\n', env });
}
