// Making the files of a gate worktree those of a tree, whatever an earlier run left there. Every step
// may be cut short: what is laid out is known only once all is, and the next call begins anew.
import type { Dirent } from 'node:fs';
import { lstat, mkdir, readdir, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { nameText, onDisk } from '../lib/name-bytes.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { readIfThere } from '../lib/read-if-there.ts';
import { replaceFile } from '../lib/replace-file.ts';
import { bringObjects } from './bring-objects.ts';
import { conversions, copiedConfig } from './copied-config.ts';
import { copyIndex } from './copy-index.ts';
import { EarlierTry } from './earlier-try.ts';
import { excludePaths, forgetExcluded } from './excludes.ts';
import { openUp, removeTree } from './files.ts';
import {
	type GateWorktree,
	type LaidTree,
	laidFile,
	requireUnmounted,
} from './gate-worktree.ts';
import { git, gitList, gitText } from './git.ts';
import { gitlinkMode } from './gitlinks.ts';
import { layGitDir } from './lay-git-dir.ts';
import { makeCommit, weirIdentity } from './merge-tree.ts';
import { readRef } from './refs.ts';
import { openTreeStore, type TreeStore } from './tree-store.ts';

export interface TreePlan {
	/** A tree of the user's repository or of the tree store. */
	readonly tree: string;
	/** A commit of the user's repository: what HEAD there stands on. */
	readonly parent: string;
	/** Whether what git ignores, and what was linked or copied in, stays from the run before. */
	readonly keepIgnored: boolean;
	/** Names by which programs there find commits, such as `refs/heads/main`. */
	readonly refs?: Readonly<Record<string, string>>;
}

/**
 * Lays the tree out: every file of it, and nothing else but what `keepIgnored` keeps. No filter runs.
 * What ran there before has ended: that is the caller's part. Refuses with `tree.unknown`,
 * `gate.mounted`, and `gate.failed` where files can neither be written nor removed.
 */
export async function layTree(
	gate: GateWorktree,
	plan: TreePlan,
): Promise<Outcome<LaidTree>> {
	const free = await requireUnmounted(gate);
	if (!free.ok) return free;
	const store = await openTreeStore(gate.repository);
	if ((await readRef(store.place, `${plan.tree}^{tree}`)) === null)
		return refuse('tree.unknown', `there is no tree ${plan.tree}`);
	let why: unknown;
	for (const mend of mendings) {
		try {
			await mend(gate);
			return ok(await lay(gate, store, plan));
		} catch (error) {
			why = error;
		}
	}
	const said = why instanceof Error ? why.message : String(why);
	return refuse(
		'gate.failed',
		`no tree can be laid out in ${gate.path}: ${said}`,
		`rm -rf ${gate.path}`,
	);
}

/** What is tried before each try, the dearest last. */
const mendings: readonly ((gate: GateWorktree) => Promise<void>)[] = [
	async () => undefined,
	({ path }) => openUp(path),
	async ({ path, stateDir }) => {
		await removeTree(path);
		await rm(stateDir, { recursive: true, force: true });
	},
];

async function lay(
	gate: GateWorktree,
	store: TreeStore,
	plan: TreePlan,
): Promise<LaidTree> {
	const { path, place, stateDir } = gate;
	await mkdir(stateDir, { recursive: true, mode: 0o700 });
	await rm(laidFile(gate), { force: true });
	const config = await copiedConfig(gate.repository, copied);
	const { objects } = store;
	await layGitDir(place.gitDir, gate.repository, {
		objects,
		refs: {},
		bare: false,
		config,
	});
	await mkdir(join(place.gitDir, 'info'), { recursive: true });
	await replaceFile(join(place.gitDir, 'info/exclude'), await usersExcludes(gate));
	if (!plan.keepIgnored) await forgetExcluded(gate);
	const commit = await commitOf(gate, store, plan);
	await makeFolder(path);
	// Both take git about as long as the disk lets it.
	const drafting = draftGitDir(gate, store, plan, { commit, config });
	const writing = writeTree(gate, plan.tree).then(() => clearOthers(gate, plan));
	await allOf([drafting, writing]);
	await giveGitDir(gate);
	const laid = { tree: plan.tree, commit, parent: plan.parent };
	await replaceFile(laidFile(gate), JSON.stringify(laid));
	return laid;
}

const copied = new RegExp(`^(user\\.(name|email)|i18n\\..*|${conversions})$`);

async function usersExcludes({ repository }: GateWorktree): Promise<string> {
	return (await readIfThere(join(repository.commonDir, 'info/exclude'))) ?? '';
}

/** With the time of its parent, so that it is the same commit each time. */
async function commitOf(
	{ repository }: GateWorktree,
	store: TreeStore,
	{ tree, parent }: TreePlan,
): Promise<string> {
	const ask = () =>
		gitText(repository.place, ['log', '-1', '--format=%ct', parent, '--']);
	const time = `@${await repository.readings.answers.of(`time ${parent}`, ask)} +0000`;
	return makeCommit(store, {
		tree,
		parents: [parent],
		message: 'What stood in the worktree, as weir laid it out\n',
		env: { ...weirIdentity, GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time },
	});
}

async function makeFolder(path: string): Promise<void> {
	const there = await lstat(path).catch(() => null);
	if (there !== null && !there.isDirectory()) await rm(path, { force: true });
	await mkdir(path, { recursive: true, mode: 0o700 });
}

/** Writes what differs from what stands there, and what stands there differently than weir left it. */
async function writeTree(gate: GateWorktree, tree: string): Promise<void> {
	const { place, stateDir } = gate;
	const earlier = new EarlierTry(join(stateDir, 'laying.pid'), place.gitDir);
	await earlier.end();
	await rm(join(place.gitDir, 'index.lock'), { force: true });
	try {
		await git(place, ['read-tree', '--reset', '-u', tree], {
			timeoutMs: 600_000,
			config: ['checkout.workers=2'],
			onSpawn: (pid) => earlier.note(pid),
		});
	} finally {
		await earlier.noted();
	}
	await earlier.forget();
}

async function clearOthers(gate: GateWorktree, plan: TreePlan): Promise<void> {
	// Twice forced, it takes repositories as well.
	const args = ['clean', '-ffdq', ...(plan.keepIgnored ? [] : ['-x'])];
	const cleaning = git(gate.place, args, { timeoutMs: 600_000 });
	await allOf([cleaning, clearUnseen(gate, plan)]);
}

/** What git does not see: pipes, sockets, devices and git directories in folders of the tree. */
async function clearUnseen(
	{ path, place }: GateWorktree,
	{ tree, keepIgnored }: TreePlan,
): Promise<void> {
	const format = '--format=%(objectmode) %(path)';
	const listed = await gitList(place, ['ls-tree', '-r', '-d', '-z', format, tree]);
	const folders = listed.map((entry) => ({
		folder: entry.slice(gitlinkMode.length + 1),
		linked: entry.startsWith(`${gitlinkMode} `),
	}));
	const all = [{ folder: '', linked: false }, ...folders];
	// Side by side, and no more of them than the pool of threads reads at once.
	for (let at = 0; at < all.length; at += 4) {
		const some = all.slice(at, at + 4);
		const clear = ({ folder, linked }: (typeof all)[number]) =>
			clearFolder(path, folder, (entry) =>
				linked ? !keepIgnored : isUnseen(entry, folder),
			);
		await Promise.all(some.map(clear));
	}
}

function isUnseen(entry: Dirent<Buffer>, folder: string): boolean {
	if (entry.name.toString() === '.git') return folder !== '';
	return !entry.isFile() && !entry.isDirectory() && !entry.isSymbolicLink();
}

async function clearFolder(
	top: string,
	folder: string,
	unwanted: (entry: Dirent<Buffer>) => boolean,
): Promise<void> {
	const path = join(top, folder);
	const listed = await readdir(onDisk(path), { withFileTypes: true, encoding: 'buffer' });
	const some = listed.filter(unwanted);
	if (some.length === 0) return;
	// Never through a link, however it came there.
	const real = nameText(await realpath(onDisk(path), 'buffer'));
	if (real !== join(await realpath(top), folder))
		throw new Error(`${path} leads elsewhere`);
	for (const { name } of some) await removeTree(join(path, nameText(name)));
}

/** What runs there gets history and index, and neither refs, hooks nor settings of the user's. */
async function draftGitDir(
	gate: GateWorktree,
	store: TreeStore,
	plan: TreePlan,
	{ commit, config }: { readonly commit: string; readonly config: string },
): Promise<void> {
	const { repository } = gate;
	const draft = draftOf(gate);
	await removeTree(draft);
	await layGitDir(draft, repository, {
		objects: { borrowed: [join(repository.commonDir, 'objects')] },
		refs: plan.refs ?? {},
		bare: false,
		head: commit,
		config: `${config}${quiet}`,
	});
	await mkdir(join(draft, 'info'));
	// The store lies where no sandbox lets anybody read, so what is new comes along.
	const own = { ...gate.place, objects: join(draft, 'objects') };
	await bringObjects(store.place, own, { tip: commit, known: plan.parent });
}

async function giveGitDir(gate: GateWorktree): Promise<void> {
	const draft = draftOf(gate);
	await copyIndex(join(gate.place.gitDir, 'index'), join(draft, 'index'));
	await removeTree(gate.privateDir);
	await rename(draft, gate.privateDir);
	await excludePaths(gate, []);
}

/** Beside the worktree: on its disk, and where nothing that runs there writes. */
function draftOf({ path }: GateWorktree): string {
	return `${path}.git`;
}

/** Waits for all before it fails: nothing of a try runs on into the next. */
async function allOf(jobs: readonly Promise<unknown>[]): Promise<void> {
	const ended = await Promise.allSettled(jobs);
	for (const one of ended) if (one.status === 'rejected') throw one.reason;
}

const quiet =
	'[core]\n\thooksPath = /dev/null\n\tfsmonitor = false\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n';
