// What stands in an agent's worktree at this moment, as a tree. Its new objects go to weir's own store,
// so that a file that is saved ten thousand times leaves nothing in the user's repository.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { stampOf } from './file-stamps.ts';
import { GitFailure, type GitPlace, gitText } from './git.ts';
import { nameSome } from './gitlinks.ts';
import { treeOf } from './merge-tree.ts';
import { readRef } from './refs.ts';
import { openTreeStore, unflushed } from './tree-store.ts';
import { type Look, lookAt, recordFiles, withIndex } from './uncommitted.ts';
import { indexOf, isFilled, type Worktree } from './worktree.ts';

/**
 * The tree of the files that are tracked at `tip`, or not ignored, as `treeWithUncommitted` has it; no
 * ref and no index of anybody's is touched. Refuses with `tree.unreadable` (names the files),
 * `tree.failed` where git could not take it all, mostly because files moved while it read, and
 * `worktree.missing`: a later try may go well.
 */
export async function treeOnDisk(
	worktree: Worktree,
	tip: string,
): Promise<Outcome<string>> {
	if (!existsSync(join(worktree.path, '.git'))) {
		return refuse('worktree.missing', `the worktree of ${worktree.agent} is not there`);
	}
	if (!isFilled(worktree)) return ok(await treeOf(worktree.repository, tip));
	const { objects } = await openTreeStore(worktree.repository);
	const neutral = [...(worktree.place.neutral ?? []), unflushed];
	const place = { ...worktree.place, objects, neutral };
	const take = (scratch: GitPlace, commit: string) => takeTree(worktree, scratch, commit);
	try {
		return await withIndex(worktree, tip, take, { by: place, look: 'disk' });
	} catch (error) {
		if (!(error instanceof GitFailure)) throw error;
		// Should a kept index be what is damaged, the next look makes another.
		for (const look of ['disk', 'index'] as const)
			await rm(indexOf(worktree, tip, look), { force: true });
		const why = error.stderr.trim().split('\n').at(-1) ?? '';
		return refuse('tree.failed', `git could not read ${worktree.path}: ${why}`);
	}
}

async function takeTree(
	worktree: Worktree,
	place: GitPlace,
	tip: string,
): Promise<Outcome<string>> {
	const { repository, path } = worktree;
	const look = await lookAt(place);
	const { files, closed } = look;
	const record = () => recordTree(worktree, place, look);
	if (closed.length > 0 || files.length > mostStamped) return record();
	if (files.length === 0) return ok(await treeOf(repository, tip));
	const stamp = await stampOf([
		...['config', 'info/attributes'].map((name) => join(repository.commonDir, name)),
		...files.map((file) => join(path, file.path)),
	]);
	if (stamp === null) return record();
	// Files that stand as they did are the same tree.
	const question = `tree of ${tip} with ${stamp}`;
	const known = await repository.readings.answers.of(
		question,
		record,
		({ ok: went }) => went,
	);
	const stands = known.ok && (await readRef(place, `${known.value}^{tree}`)) !== null;
	return stands ? known : record();
}

/** Of more of them a look takes longer than the rest. */
const mostStamped = 2000;

async function recordTree(
	worktree: Worktree,
	place: GitPlace,
	{ files, closed }: Look,
): Promise<Outcome<string>> {
	const { unreadable } = await recordFiles(worktree, place, files);
	const missed = [...closed, ...unreadable];
	if (missed.length === 0) return ok(await gitText(place, ['write-tree']));
	return refuse(
		'tree.unreadable',
		`${nameSome(missed)} cannot be read in ${worktree.path}`,
		`chmod -R u+rX ${join(worktree.path, missed[0] ?? '')}`,
	);
}
