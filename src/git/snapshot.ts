// A snapshot is a commit whose tree is the worktree byte for byte: tracked and untracked files, raw,
// with no line-end conversion and no filter. Its parents are every commit that only the agent's
// clone may hold: its HEAD, its other branches, its stashes, and what it has staged or is in the middle
// of.

import { chmod, lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { onDisk } from '../lib/name-bytes.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { changedPaths } from './changes.ts';
import { type CloneState, giveCloneState, keepCloneState } from './clone-state.ts';
import { removeFile } from './files.ts';
import { type GitPlace, git, gitText } from './git.ts';
import { gitlinkMode } from './gitlinks.ts';
import { makeCommit, treeOf, weirIdentity } from './merge-tree.ts';
import { addNested, type Nested } from './nested.ts';
import { readPrivateHead } from './private-clone.ts';
import { giveRefs, readOwnRefs } from './private-refs.ts';
import { provablyLanded } from './prune.ts';
import { fetchObjects } from './publish.ts';
import { makeRawPlace } from './raw-place.ts';
import { changeRefs, readRef } from './refs.ts';
import type { Repository } from './repository.ts';
import { filledGitlinks, lookAt, recordFiles, withIndex } from './uncommitted.ts';
import { isFilled, type Worktree } from './worktree.ts';

export interface Snapshot {
	readonly id: string;
	readonly ref: string;
	readonly commit: string;
	/** The commit the agent stood on. */
	readonly tip: string;
	/** Files that differ from `tip`. */
	readonly files: number;
	/** Refs of the agent's clone by name, so that they come back too. */
	readonly refs: Readonly<Record<string, string>>;
	/** Files with rarer permissions than git knows, as octal text. */
	readonly modes: Readonly<Record<string, string>>;
	/** What is staged and under way; null where that is nothing. */
	readonly state: CloneState | null;
	/** Nested repositories: their files are kept, their history is not. */
	readonly nested: readonly string[];
	/**
	 * Files, also of the agent's git directory, and its refs, that could not be read and are not in
	 * the snapshot.
	 */
	readonly unreadable: readonly string[];
}

export function snapshotRef(agent: string, id: string): string {
	return `refs/weir/snapshots/${agent}/${id}`;
}

/**
 * Takes a snapshot, whatever state the agent's index is in. Idempotent: an id that exists gives
 * the first snapshot. Works with a re-pointed `.git`. Ignored files are not kept; see
 * `listIgnored`. Refuses with `snapshot.no-tip` where the agent's clone names no commit at all.
 */
export async function takeSnapshot(
	worktree: Worktree,
	id: string,
): Promise<Outcome<Snapshot>> {
	const { repository } = worktree;
	const ref = snapshotRef(worktree.agent, id);
	const known = await readSnapshot(repository, worktree.agent, id);
	if (known !== null) return ok(known);
	const commits = await privateCommits(worktree);
	if (!commits.ok) return commits;
	const { tip, refs, ...left } = commits.value;
	const taken = await filesOf(worktree, tip);
	const { state, lost } = await keepCloneState(worktree, tip);
	const { tree, ...rest } = taken;
	const ofClone = [...left.lost, ...lost].map((name) => `.git: ${name}`);
	const unreadable = [...rest.unreadable, ...ofClone];
	const about = { ...rest, unreadable, state };
	const parents = [...new Set([tip, ...Object.values(refs), state?.commit ?? tip])];
	const commit = await makeCommit(repository, {
		tree,
		parents,
		message: `weir snapshot ${id} of ${worktree.agent}\n\n${JSON.stringify({ tip, refs, ...about })}\n`,
		env: weirIdentity,
	});
	const made = await repository.lanes.refs.run(() =>
		changeRefs(repository.place, [{ ref, from: null, to: commit }], 'weir: snapshot'),
	);
	if (made.ok) return ok({ id, ref, commit, tip, refs, ...about });
	const other = await readSnapshot(repository, worktree.agent, id);
	return other === null ? made : ok(other);
}

/** A snapshot on record, or null. */
export async function readSnapshot(
	repository: Repository,
	agent: string,
	id: string,
): Promise<Snapshot | null> {
	const ref = snapshotRef(agent, id);
	const commit = await readRef(repository.place, ref);
	if (commit === null) return null;
	const text = await gitText(repository.place, ['cat-file', 'commit', commit]);
	const line = text.split('\n').findLast((part) => part.startsWith('{'));
	if (line === undefined) throw new Error(`${ref} is not a snapshot of weir`);
	// Written by `takeSnapshot` above.
	const said = JSON.parse(line) as Omit<Snapshot, 'id' | 'ref' | 'commit' | 'state'> &
		Partial<Pick<Snapshot, 'state'>>;
	return { ...said, state: said.state ?? null, id, ref, commit };
}

/** The snapshot of this id, whichever agent's worktree it was taken of; ids are unique. */
export async function findSnapshot(
	repository: Repository,
	id: string,
): Promise<Snapshot | null> {
	const args = ['for-each-ref', '--format=%(refname)', snapshotRef('*', id)];
	const [ref] = (await gitText(repository.place, args)).split('\n').filter(Boolean);
	const agent = ref?.split('/').at(-2);
	return agent === undefined ? null : readSnapshot(repository, agent, id);
}

export interface KnownSnapshot extends Pick<Snapshot, 'id' | 'commit'> {
	/** What git called the agent. */
	readonly agent: string;
	/** When it was taken, in milliseconds of wall clock. */
	readonly takenAt: number;
}

/** Every snapshot there is. */
export async function listAllSnapshots(repository: Repository): Promise<KnownSnapshot[]> {
	const format = '%(refname) %(objectname) %(committerdate:unix)';
	const args = ['for-each-ref', `--format=${format}`, 'refs/weir/snapshots/'];
	const lines = (await gitText(repository.place, args)).split('\n').filter(Boolean);
	return lines.map((line) => {
		const [ref = '', commit = '', seconds] = line.split(' ');
		const [agent = '', id = ''] = ref.split('/').slice(-2);
		return { agent, id, commit, takenAt: Number(seconds) * 1000 };
	});
}

/** Whether every byte of a snapshot is provably in the base: nothing is lost when it goes. */
export async function isSnapshotInBase(
	repository: Repository,
	{ agent, id }: Pick<KnownSnapshot, 'agent' | 'id'>,
	base: string,
): Promise<boolean> {
	const snapshot = await readSnapshot(repository, agent, id);
	// What was staged or under way is in no commit of the base.
	if (snapshot === null || snapshot.state !== null) return false;
	const commits = [snapshot.commit, snapshot.tip, ...Object.values(snapshot.refs)];
	for (const commit of new Set(commits)) {
		if ((await provablyLanded(repository, base, commit)) === null) return false;
	}
	return true;
}

/** Forgets a snapshot. Idempotent. */
export async function dropSnapshot(
	repository: Repository,
	agent: string,
	id: string,
): Promise<void> {
	await repository.lanes.refs.run(async () => {
		const ref = snapshotRef(agent, id);
		const from = await readRef(repository.place, ref);
		if (from === null) return;
		const gone = await changeRefs(repository.place, [{ ref, from, to: null }], 'drop');
		if (!gone.ok) throw new Error(gone.refusal.message);
	});
}

/**
 * Makes the files of a worktree those of a snapshot, byte for byte: what differs is written, what
 * the snapshot does not have is removed, ignored files stay. Branches, tags and stashes that the
 * agent's clone lacks come back too, and so does what was staged or under way. Idempotent. For a
 * worktree that was removed: create it anew at `snapshot.tip`, fill it, then restore. Refuses with
 * `snapshot.unknown`. The agent must not be running.
 */
export async function restoreSnapshot(
	worktree: Worktree,
	id: string,
): Promise<Outcome<Snapshot>> {
	const { repository } = worktree;
	const snapshot = await findSnapshot(repository, id);
	if (snapshot === null) {
		return refuse('snapshot.unknown', `there is no snapshot ${id} of ${worktree.agent}`);
	}
	const raw = await makeRawPlace(worktree);
	const rewrite = async (scratch: GitPlace) => {
		const seen = await lookAt(scratch);
		await recordFiles(worktree, scratch, seen.files);
		await addNested(worktree, scratch, seen.nested);
		const now = await gitText(scratch, ['write-tree']);
		const wanted = await treeOf(repository, snapshot.commit);
		const changes = await changedPaths(repository, now, wanted);
		for (const { path, from, to } of changes) {
			const folder = from?.mode === gitlinkMode;
			if (to === null && !folder) await removeFile(worktree.path, path);
		}
		await git(scratch, ['read-tree', wanted]);
		const write = changes.filter(({ to }) => to !== null && to.mode !== gitlinkMode);
		const input = write.map(({ path }) => `${path}\0`).join('');
		const args = ['checkout-index', '-f', '-z', '--stdin'];
		if (write.length > 0) await git(scratch, args, { input, timeoutMs: 600_000 });
	};
	await withIndex(worktree, snapshot.tip, rewrite, { by: raw, look: 'raw' });
	for (const [path, mode] of Object.entries(snapshot.modes)) {
		const file = onDisk(join(worktree.path, path));
		const there = await lstat(file).catch(() => null);
		if (there?.isFile()) await chmod(file, Number.parseInt(mode, 8));
	}
	await giveRefs(worktree, snapshot.refs);
	if (snapshot.state) await giveCloneState(worktree, snapshot.state, snapshot.tip);
	return ok(snapshot);
}

interface Files extends Pick<Snapshot, 'files' | 'nested' | 'unreadable' | 'modes'> {
	readonly tree: string;
}

async function filesOf(worktree: Worktree, tip: string): Promise<Files> {
	if (!isFilled(worktree)) {
		const tree = await treeOf(worktree.repository, tip);
		return { tree, files: 0, nested: [], unreadable: [], modes: {} };
	}
	const raw = await makeRawPlace(worktree);
	const record = async (scratch: GitPlace, commit: string) => {
		const seen = await lookAt(scratch);
		const { unreadable } = await recordFiles(worktree, scratch, seen.files);
		const folders = [...seen.nested, ...(await filledGitlinks(worktree, commit))];
		const nested: Nested = await addNested(worktree, scratch, folders);
		const modes = await rareModes(worktree, [
			...seen.files.map((file) => file.path),
			...nested.files,
		]);
		return {
			tree: await gitText(scratch, ['write-tree']),
			files: seen.files.length + nested.files.length,
			nested: nested.folders,
			unreadable,
			modes,
		};
	};
	return withIndex(worktree, tip, record, { by: raw, look: 'raw' });
}

interface PrivateCommits {
	readonly tip: string;
	readonly refs: Readonly<Record<string, string>>;
	/** What git could not read of them: HEAD, or names of refs. */
	readonly lost: readonly string[];
}

/** The agent's HEAD and every ref that the user's repository does not have, brought over. */
async function privateCommits(worktree: Worktree): Promise<Outcome<PrivateCommits>> {
	const { repository, privateDir, branch } = worktree;
	const published = await readRef(repository.place, `refs/heads/${branch}`);
	const head = await readPrivateHead(privateDir, branch);
	const refs = await readOwnRefs(worktree);
	const tip = head.ok ? head.value.commit : published;
	if (tip === null) {
		return refuse(
			'snapshot.no-tip',
			`the clone of ${worktree.agent} names no commit`,
			`git -C ${worktree.path} log`,
		);
	}
	const all = [...new Set([tip, ...Object.values(refs)])];
	const fetched = await fetchObjects(worktree, all);
	if (fetched.ok) return ok({ tip, refs, lost: [] });
	// A damaged clone must not keep the files from being saved.
	const lost = Object.keys(refs);
	const alone = head.ok && (await fetchObjects(worktree, [tip])).ok;
	if (alone) return ok({ tip, refs: {}, lost });
	if (published === null) return fetched;
	return ok({ tip: published, refs: {}, lost: ['HEAD', ...lost] });
}

const ordinary = new Set([0o644, 0o755, 0o664, 0o775]);

async function rareModes(
	worktree: Worktree,
	paths: readonly string[],
): Promise<Record<string, string>> {
	const modes: Record<string, string> = {};
	for (const path of paths) {
		const entry = await lstat(onDisk(join(worktree.path, path))).catch(() => null);
		const mode = (entry?.mode ?? 0) & 0o777;
		if (entry?.isFile() && !ordinary.has(mode)) modes[path] = mode.toString(8);
	}
	return modes;
}
