// Making the files of a gate worktree those of a tree, whatever an earlier run left there. Every step
// may be cut short: what is laid out is known only once all is, and the next call begins anew.
import { existsSync } from 'node:fs';
import { lstat, mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { allOf } from '../lib/all-of.ts';
import { nameBytes } from '../lib/name-bytes.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { readIfThere } from '../lib/read-if-there.ts';
import { replaceFile } from '../lib/replace-file.ts';
import { bringAgain } from './bring-again.ts';
import { bringObjects } from './bring-objects.ts';
import { type ChangedPath, changedPaths } from './changes.ts';
import { clearOthers } from './clear-others.ts';
import { conversions, copiedConfig } from './copied-config.ts';
import { copyIndex } from './copy-index.ts';
import { EarlierTry } from './earlier-try.ts';
import { excludePaths, forgetExcluded } from './excludes.ts';
import { openUp, removeFile, removeTree } from './files.ts';
import { GateGround } from './gate-ground.ts';
import {
	type GateWorktree,
	type LaidTree,
	laidFile,
	laidTree,
	requireUnmounted,
} from './gate-worktree.ts';
import { type GitOptions, git, gitText } from './git.ts';
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
	/** What is known to stand there; without it all of it is written and read. */
	readonly ground?: GateGround;
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
	const [there, config] = await Promise.all([
		readRef(store.place, `${plan.tree}^{tree}`),
		copiedConfig(gate.repository, copied),
	]);
	if (there === null) return refuse('tree.unknown', `there is no tree ${plan.tree}`);
	const { ground = new GateGround() } = plan;
	let why: unknown;
	for (const mend of mendings) {
		const from = ground.tree;
		// What stands there is known again once somebody has looked.
		ground.tree = null;
		if (from === null && mend === stepOn) continue;
		try {
			await mend(gate);
			return ok(await lay(gate, store, { ...plan, ground, config }, from));
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

type Mending = (gate: GateWorktree) => Promise<void>;

/** Only what differs from the tree that stands there is written. */
const stepOn: Mending = async () => undefined;

/** What is tried before each try, the dearest last. */
const mendings: readonly Mending[] = [
	stepOn,
	async () => undefined,
	({ path }) => openUp(path),
	async ({ path, stateDir }) => {
		await removeTree(path);
		await rm(stateDir, { recursive: true, force: true });
	},
];

type GroundPlan = TreePlan & { readonly ground: GateGround; readonly config: string };

async function lay(
	gate: GateWorktree,
	store: TreeStore,
	plan: GroundPlan,
	from: string | null,
): Promise<LaidTree> {
	const { path, place, stateDir } = gate;
	await mkdir(stateDir, { recursive: true, mode: 0o700 });
	const before = await laidTree(gate);
	await rm(laidFile(gate), { force: true });
	const { objects } = store;
	const { config } = plan;
	await layGitDir(place.gitDir, gate.repository, {
		objects,
		refs: {},
		bare: false,
		config,
	});
	await mkdir(join(place.gitDir, 'info'), { recursive: true });
	const sameExcludes = await exclude(gate);
	if (!plan.keepIgnored) await forgetExcluded(gate);
	const commit = await commitOf(gate, store, plan, before);
	await makeFolder(path);
	// Both take git about as long as the disk lets it.
	const drafting = draftGitDir(gate, store, plan, commit);
	const writing = async () => {
		const { sameRules } = await writeTree(gate, plan.tree, from);
		// Where a look has found no other files, only other rules make some.
		const looked = from !== null && plan.keepIgnored && sameExcludes && sameRules;
		await clearOthers(gate, { ...plan, looked });
	};
	await allOf([drafting, writing()]);
	await giveGitDir(gate);
	const laid = { tree: plan.tree, commit, parent: plan.parent };
	await replaceFile(laidFile(gate), JSON.stringify(laid));
	return laid;
}

const copied = new RegExp(`^(user\\.(name|email)|i18n\\..*|${conversions})$`);

/** What the user's repository excludes; answers whether it is what it was before. */
async function exclude({ repository, place }: GateWorktree): Promise<boolean> {
	const file = join(place.gitDir, 'info/exclude');
	const before = await readIfThere(file);
	const now = (await readIfThere(join(repository.commonDir, 'info/exclude'))) ?? '';
	await replaceFile(file, now);
	return before === now;
}

/** With the time of its parent, so that it is the same commit each time. */
async function commitOf(
	gate: GateWorktree,
	store: TreeStore,
	{ tree, parent }: TreePlan,
	before: LaidTree | null,
): Promise<string> {
	const isSame = before?.tree === tree && before.parent === parent;
	// Its objects are at hand, whatever the store has dropped since.
	if (isSame && existsSync(broughtFor(gate, before.commit))) return before.commit;
	const { repository } = gate;
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

interface Written {
	/** No file of the tree says otherwise than before what git ignores. */
	readonly sameRules: boolean;
}

/**
 * Writes what differs from the tree `from`, which stands there; without one, whatever stands there
 * differently than weir left it as well.
 */
async function writeTree(
	gate: GateWorktree,
	tree: string,
	from: string | null,
): Promise<Written> {
	if (from === tree) return { sameRules: true };
	const { place, stateDir } = gate;
	const earlier = new EarlierTry(join(stateDir, 'laying.pid'), place.gitDir);
	await earlier.end();
	await rm(join(place.gitDir, 'index.lock'), { force: true });
	const options: GitOptions = {
		timeoutMs: 600_000,
		config: ['checkout.workers=2'],
		onSpawn: (pid) => earlier.note(pid),
	};
	let written: Written = { sameRules: false };
	try {
		if (from === null) await git(place, ['read-tree', '--reset', '-u', tree], options);
		else written = await stepTo(gate, from, tree, options);
	} finally {
		await earlier.noted();
	}
	await earlier.forget();
	return written;
}

/** A tenth of what reading all of a large tree takes. Throws where a submodule differs. */
async function stepTo(
	{ path: top, place }: GateWorktree,
	from: string,
	tree: string,
	options: GitOptions,
): Promise<Written> {
	const changes = await changedPaths({ place }, from, tree);
	const modes = changes.flatMap(({ from: old, to }) => [old?.mode, to?.mode]);
	if (modes.includes(gitlinkMode)) throw new Error('a submodule differs');
	const sameRules = !changes.some(({ path }) => basename(path) === '.gitignore');
	if (changes.length === 0) return { sameRules };
	const none = '0'.repeat(tree.length);
	const entry = ({ path, to }: ChangedPath) =>
		to === null ? `0 ${none}\t${path}\0` : `${to.mode} ${to.object}\t${path}\0`;
	// What goes stands in the way of what comes, where a folder becomes a file.
	const [gone, here] = [true, false].map((goes) =>
		changes.filter(({ to }) => (to === null) === goes),
	);
	const update = ['update-index', '--add', '--replace', '-z', '--index-info'];
	const input = [...(gone ?? []), ...(here ?? [])].map(entry).join('');
	await git(place, update, { ...options, input: nameBytes(input) });
	for (const { path } of gone ?? []) await removeFile(top, path);
	const files = (here ?? []).map(({ path }) => `${path}\0`).join('');
	const write = ['checkout-index', '--force', '--index', '-z', '--stdin'];
	await git(place, write, { ...options, input: nameBytes(files) });
	return { sameRules };
}

/** What runs there gets history and index, and neither refs, hooks nor settings of the user's. */
async function draftGitDir(
	gate: GateWorktree,
	store: TreeStore,
	plan: GroundPlan,
	commit: string,
): Promise<void> {
	const { repository } = gate;
	const draft = draftOf(gate);
	await removeTree(draft);
	await layGitDir(draft, repository, {
		objects: { borrowed: [join(repository.commonDir, 'objects')] },
		refs: plan.refs ?? {},
		bare: false,
		head: commit,
		config: `${plan.config}${quiet}`,
	});
	await mkdir(join(draft, 'info'));
	// The store lies where no sandbox lets anybody read, so what is new comes along.
	const own = { ...gate.place, objects: join(draft, 'objects') };
	await bringAgain({
		kept: broughtFor(gate, commit),
		pack: join(draft, 'objects/pack'),
		bring: () => bringObjects(store.place, own, { tip: commit, known: plan.parent }),
	});
}

/** What a gate's git directory was given when this commit was laid out last. */
function broughtFor({ stateDir }: GateWorktree, commit: string): string {
	return join(stateDir, `brought-${commit}`);
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

const quiet =
	'[core]\n\thooksPath = /dev/null\n\tfsmonitor = false\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n';
