// What an agent's git directory knows beside its commits: where its HEAD is, what is staged, which
// merge, rebase, cherry-pick, revert or bisection is under way. A snapshot keeps it as a commit:
//
//   files/<name>      files of the git directory, byte for byte: HEAD, index, MERGE_HEAD, rebase-merge/...
//   stage-<n>/<path>  what the index holds, so that its objects are kept with it
//
// Its parents are the commits that those files name. No git runs in the agent's directory: a git
// directory of weir's own borrows the agent's objects.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeBelow } from './files.ts';
import { type GitPlace, git, gitList, gitText, runGit } from './git.ts';
import { layGitDir } from './lay-git-dir.ts';
import { makeCommit, weirIdentity } from './merge-tree.ts';
import { readPrivateRef } from './private-clone.ts';
import { fetchObjects } from './publish.ts';
import { mostIndexBytes, readStateFiles } from './state-files.ts';
import type { Worktree } from './worktree.ts';

export interface CloneState {
	readonly commit: string;
	/** The agent's branch then, and what it named: not the snapshot's tip where HEAD was elsewhere. */
	readonly branch: string;
	readonly own: string | null;
}

export interface KeptState {
	/** Null where the agent stands on its branch, has staged nothing and is in the middle of nothing. */
	readonly state: CloneState | null;
	/** What could not be kept, by the names of its files. */
	readonly lost: readonly string[];
}

/** Takes the state over into the user's repository, which has `tip` already; no ref names it yet. */
export async function keepCloneState(
	worktree: Worktree,
	tip: string,
): Promise<KeptState> {
	const { privateDir, branch } = worktree;
	const { files, lost } = await readStateFiles(privateDir);
	const draft = await mkdtemp(join(worktree.stateDir, 'state-'));
	try {
		const place = await layDraft(worktree, draft, files);
		const staged = await stagedIn(place, tip);
		if (staged === null && isAtRest(files, branch)) return { state: null, lost };
		const own = await readPrivateRef(privateDir, `refs/heads/${branch}`);
		const commit = await commitState(place, files, { tip, own, staged });
		const fetched = await fetchObjects(worktree, [commit], join(draft, 'own'));
		if (fetched.ok) return { state: { commit, branch, own }, lost };
		return { state: null, lost: [...files.keys()] };
	} finally {
		await rm(draft, { recursive: true, force: true });
	}
}

/** Lays the state into the git directory of a worktree made anew at `tip`. Idempotent. */
export async function giveCloneState(
	worktree: Worktree,
	state: CloneState,
	tip: string,
): Promise<void> {
	const { privateDir, repository } = worktree;
	const write = (name: string, content: string | Buffer) =>
		writeBelow(privateDir, name, content);
	// Another agent may have its branch by now.
	const then = `refs/heads/${state.branch}`;
	const now = `refs/heads/${worktree.branch}`;
	if (state.own !== null) await write(now, `${state.own}\n`);
	const args = ['ls-tree', '-r', '-z', `${state.commit}:files`];
	for (const entry of await gitList(repository.place, args)) {
		const [, object, name] = /^\d+ blob ([0-9a-f]+)\t([\s\S]+)$/.exec(entry) ?? [];
		if (!object || !name) throw new Error(`git ls-tree said ${JSON.stringify(entry)}`);
		const content = await git(repository.place, ['cat-file', 'blob', object], {
			maxBytes: mostIndexBytes,
		});
		const ref = refNamedIn(content);
		if (ref === then) {
			await write(name, content.toString('utf8').replace(then, now));
			continue;
		}
		// What the branch named then, whatever the user's branch of that name is now.
		if (name === 'HEAD' && ref !== null) await write(ref, `${tip}\n`);
		await write(name, content);
	}
}

/** A git directory of weir's own with a copy of the agent's index, which also takes new objects. */
async function layDraft(
	worktree: Worktree,
	draft: string,
	files: ReadonlyMap<string, Buffer>,
): Promise<GitPlace> {
	const { repository, privateDir } = worktree;
	const objects = join(draft, 'own');
	await mkdir(join(objects, 'info'), { recursive: true });
	const borrowed = [privateDir, repository.commonDir].map((dir) =>
		join(dir, 'objects\n'),
	);
	await writeFile(join(objects, 'info/alternates'), borrowed.join(''));
	await layGitDir(draft, repository, { objects, refs: {}, bare: true });
	for (const [name, content] of files) {
		if (/^(shared)?index/.test(name)) await writeFile(join(draft, name), content);
	}
	return { gitDir: draft, index: join(draft, 'index') };
}

/**
 * The entries of the index as `update-index --index-info` takes them, or null where it holds just
 * `tip`. One that git cannot read holds nothing that could come back.
 */
async function stagedIn(place: GitPlace, tip: string): Promise<readonly string[] | null> {
	const same = await runGit(place, ['diff-index', '--cached', '--quiet', tip, '--']);
	if (same.code !== 1) return null;
	return (await gitList(place, ['ls-files', '--stage', '-z'])).map((entry) =>
		entry.replace(/^(\d+ [0-9a-f]+) ([0-3])\t/, '$1\tstage-$2/'),
	);
}

/** Files that may stay when nothing is under way. */
const ofRest: ReadonlySet<string> = new Set(['HEAD', 'ORIG_HEAD']);

function isAtRest(files: ReadonlyMap<string, Buffer>, branch: string): boolean {
	const head = files.get('HEAD')?.toString('utf8').trimEnd();
	const others = [...files.keys()].filter(
		(name) => !ofRest.has(name) && !/^(shared)?index/.test(name),
	);
	return others.length === 0 && head === `ref: refs/heads/${branch}`;
}

interface About {
	readonly tip: string;
	readonly own: string | null;
	readonly staged: readonly string[] | null;
}

async function commitState(
	place: GitPlace,
	files: ReadonlyMap<string, Buffer>,
	{ tip, own, staged }: About,
): Promise<string> {
	// An index that has nothing staged, or that git cannot read, is made anew from the tip.
	const kept = [...files].filter(
		([name]) => staged !== null || !/^(shared)?index/.test(name),
	);
	const folder = join(place.gitDir, 'files');
	await mkdir(folder);
	const paths = kept.map((_, at) => join(folder, String(at)));
	for (const [at, [, content]] of kept.entries())
		await writeFile(paths[at] ?? '', content);
	const ids = await gitText(
		place,
		['hash-object', '-w', '--no-filters', '--stdin-paths'],
		{
			input: paths.map((path) => `${path}\n`).join(''),
		},
	);
	const entries = ids.split('\n').map((id, at) => `100644 ${id}\tfiles/${kept[at]?.[0]}`);
	const built = { ...place, index: join(place.gitDir, 'built') };
	await git(built, ['update-index', '--add', '-z', '--index-info'], {
		input: [...entries, ...(staged ?? [])].map((entry) => `${entry}\0`).join(''),
	});
	const tree = await gitText(built, ['write-tree']);
	const named = await commitsNamedIn(
		place,
		kept.map(([, content]) => content),
		own,
	);
	return makeCommit(
		{ place },
		{
			tree,
			parents: [...new Set([tip, ...named])],
			message: 'weir: state of the git directory\n',
			env: weirIdentity,
		},
	);
}

const mostNamed = 1000;

/** Commits that state files speak of, by whole or shortened ids, so that they stay with them. */
async function commitsNamedIn(
	place: GitPlace,
	contents: readonly Buffer[],
	own: string | null,
): Promise<string[]> {
	const texts = contents.filter(({ length }) => length < 64 * 1024);
	const words = texts.flatMap(
		(content) => content.toString('latin1').match(/\b[0-9a-f]{7,64}\b/g) ?? [],
	);
	const asked = [...new Set([...(own === null ? [] : [own]), ...words])].slice(
		0,
		mostNamed,
	);
	if (asked.length === 0) return [];
	const said = await gitText(place, ['cat-file', '--batch-check'], {
		input: asked.map((word) => `${word}^{commit}\n`).join(''),
	});
	return said
		.split('\n')
		.flatMap((line) => /^([0-9a-f]{40,64}) commit /.exec(line)?.[1] ?? []);
}

/** The ref that a small file consists of, as HEAD and `rebase-merge/head-name` do. */
function refNamedIn(content: Buffer): string | null {
	if (content.length > 1024) return null;
	return /^(?:ref: )?(refs\/\S+)\n?$/.exec(content.toString('utf8'))?.[1] ?? null;
}
