// What git takes for gates and for landings, in a repository of 30,000 files: the tree of what stands in a
// worktree, a tree laid out for a gate, conflicts predicted, thirty branches landed. Alone:
// node bench/landing.ts [--quick] [--json].
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConflictMatrix, type MatrixBranch } from '../src/git/conflict-matrix.ts';
import { createWorktree } from '../src/git/create-worktree.ts';
import { fillWorktree } from '../src/git/fill.ts';
import { GateGround } from '../src/git/gate-ground.ts';
import { gateWorktreeAt } from '../src/git/gate-worktree.ts';
import { landChain } from '../src/git/landing.ts';
import { layTree } from '../src/git/lay-tree.ts';
import { changedSince } from '../src/git/look-after-run.ts';
import { buildChain, type ChainWish } from '../src/git/merge-chain.ts';
import { openRepository, type Repository } from '../src/git/repository.ts';
import { treeOnDisk } from '../src/git/tree-on-disk.ts';
import type { Worktree } from '../src/git/worktree.ts';
import type { Outcome } from '../src/lib/outcome.ts';
import { makeLargeRepository } from './large-repository.ts';
import { alignColumns, figure } from './report.ts';
import { percentile } from './statistics.ts';
import { openWorld, type World } from './world.ts';

interface LandingRow {
	readonly what: string;
	readonly ms: number;
	/** Null where nothing is asked of it. */
	readonly bar: number | null;
}

interface Ground {
	readonly repository: Repository;
	/** Folder of all worktrees. */
	readonly root: string;
	readonly base: string;
	readonly rounds: number;
}

const branches = 30;
const filesInEach = 20;

export async function measureLanding(
	world: World,
	quick: boolean,
): Promise<LandingRow[]> {
	const top = makeLargeRepository(world);
	const repository = valueOf(await openRepository(top));
	const base = gitIn(top, 'rev-parse', 'main');
	const ground = {
		repository,
		root: world.fresh('worktrees'),
		base,
		rounds: quick ? 5 : 20,
	};
	return [
		...(await measureTrees(ground)),
		...(await measureMatrix(ground, quick)),
		...(await measureChain(ground)),
	];
}

/** An agent's files as a tree, and laid out for a gate. */
async function measureTrees(ground: Ground): Promise<LandingRow[]> {
	const { repository, root, base, rounds } = ground;
	const plan = { agent: 'api', branch: 'weir/api', prefix: 'weir/', root, commit: base };
	const worktree = valueOf(await createWorktree(repository, plan));
	await fillWorktree(worktree);
	const gate = gateWorktreeAt(repository, root, '1');
	const known = new GateGround();
	const lay = (tree: string, keepIgnored = true) =>
		layTree(gate, { tree, parent: base, keepIgnored, ground: known });
	const [first] = await timed(() => lay(`${base}^{tree}`, false));
	const looks: number[] = [];
	const lays: number[] = [];
	const checks: number[] = [];
	for (let round = 0; round <= rounds; round += 1) {
		edit(worktree, round);
		const [look, tree] = await timed(() => treeOnDisk(worktree, base));
		const [laying] = await timed(() => lay(tree));
		const [check] = await timed(() => changedSince(gate, known));
		known.tree = tree;
		// The first look makes the index of all that follow.
		if (round === 0) continue;
		looks.push(look);
		lays.push(laying);
		checks.push(check);
	}
	return [
		{
			what: 'the tree of a worktree, 5 files edited since',
			ms: percentile(looks, 0.5),
			bar: 60,
		},
		{ what: 'a tree laid out for a gate, the first', ms: first, bar: null },
		{ what: 'the next, 5 files differ', ms: percentile(lays, 0.5), bar: null },
		{ what: 'what a gate changed: nothing', ms: percentile(checks, 0.5), bar: null },
	];
}

function edit({ path }: Worktree, round: number): void {
	for (let file = 0; file < 5; file += 1) {
		const name = `d${(round * 7 + file * 31) % 300}/f${file}`;
		writeFileSync(join(path, name), `round ${round}\n`);
	}
}

async function measureMatrix(ground: Ground, quick: boolean): Promise<LandingRow[]> {
	const { repository, base } = ground;
	const rows: LandingRow[] = [];
	for (const [count, bar] of [
		[30, 500],
		[100, 5000],
	] as const) {
		const all = makeBranches(ground, `m${count}`, count, 0);
		const whole: number[] = [];
		const moved: number[] = [];
		for (let round = 0; round < (quick ? 1 : 5); round += 1) {
			const matrix = new ConflictMatrix(repository);
			const predict = (some: readonly MatrixBranch[]) => async () => ({
				ok: true as const,
				value: await matrix.predict(base, some),
			});
			whole.push((await timed(predict(all)))[0]);
			const heads = makeBranches(ground, `m${count}`, 1, round + 1);
			moved.push((await timed(predict([...heads, ...all.slice(1)])))[0]);
		}
		rows.push({
			what: `conflicts of ${count} branches predicted`,
			ms: percentile(whole, 0.5),
			bar,
		});
		rows.push({ what: 'one of them moved', ms: percentile(moved, 0.5), bar: null });
	}
	return rows;
}

/** Thirty branches land on the branch that is checked out. */
async function measureChain(ground: Ground): Promise<LandingRow[]> {
	const { repository } = ground;
	const builds: number[] = [];
	const landings: number[] = [];
	for (let round = 0; round < 3; round += 1) {
		const onto = gitIn(repository.commonDir, 'rev-parse', 'main');
		const made = makeBranches({ ...ground, base: onto }, `c${round}`, branches, 0);
		const wishes = made.map(({ name, tip, before }): ChainWish => {
			const text = { message: `Land ${name}`, author: null, coAuthors: [], trailers: [] };
			return {
				id: name,
				candidate: tip,
				before,
				strategy: 'squash',
				sign: false,
				...text,
			};
		});
		const [build, { links }] = await timed(() => buildChain(repository, onto, wishes));
		if (links.length !== branches)
			throw new Error(`${links.length} of ${branches} merge`);
		const [landing] = await timed(() => landChain(repository, 'main', links));
		builds.push(build);
		landings.push(landing);
	}
	const [build, landing] = [percentile(builds, 0.5), percentile(landings, 0.5)];
	const what = `${branches} branches of ${filesInEach} files`;
	return [
		{ what: `${what} chained`, ms: build, bar: null },
		{ what: 'the chain landed, its checkout following', ms: landing, bar: null },
		{ what: 'both', ms: build + landing, bar: 1000 },
	];
}

/** Branches of one commit each, that touch files of no other. */
function makeBranches(
	{ repository, base }: Ground,
	prefix: string,
	count: number,
	round: number,
): MatrixBranch[] {
	const names = Array.from({ length: count }, (_, at) => `${prefix}-${at}`);
	const parts = names.flatMap((name, branch) => [
		`commit refs/heads/${name}\n`,
		'committer bench <bench@example.invalid> 1700000001 +0000\n',
		`data ${name.length}\n${name}\nfrom ${base}\n`,
		...Array.from({ length: filesInEach }, (_, file) => {
			const path = `d${(branch * 3 + (file % 3)) % 300}/f${(branch + file * 4) % 100}`;
			const text = `${name} ${file} ${round}\n`;
			return `M 100644 inline ${path}\ndata ${text.length}\n${text}\n`;
		}),
	]);
	const argv = ['-C', repository.commonDir, 'fast-import', '--quiet', '--force'];
	execFileSync('git', argv, { input: parts.join('') });
	const refs = names.map((name) => `refs/heads/${name}`);
	const tips = gitIn(repository.commonDir, 'rev-parse', ...refs).split('\n');
	return names.map((name, at) => ({ name, tip: tips[at] ?? '', before: null }));
}

function gitIn(folder: string, ...argv: readonly string[]): string {
	return execFileSync('git', argv, { cwd: folder, encoding: 'utf8' }).trim();
}

async function timed<T>(job: () => Promise<Outcome<T>>): Promise<[number, T]> {
	const from = performance.now();
	const value = valueOf(await job());
	return [performance.now() - from, value];
}

function valueOf<T>(outcome: Outcome<T>): T {
	if (outcome.ok) return outcome.value;
	throw new Error(outcome.refusal.message);
}

export function landingTable(rows: readonly LandingRow[]): string {
	const lines = rows.map(({ what, ms, bar }) => [
		what,
		figure(ms),
		bar === null ? '' : String(bar),
	]);
	return alignColumns([['', 'ms', 'bar'], ...lines]);
}

if (import.meta.main) {
	using world = openWorld();
	const rows = await measureLanding(world, process.argv.includes('--quick'));
	const json = process.argv.includes('--json');
	console.log(json ? JSON.stringify({ v: 1, landing: rows }) : landingTable(rows));
}
