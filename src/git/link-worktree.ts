// The record of a linked worktree in the user's repository, as gitrepository-layout(5) has it. Laid by hand,
// whole or not at all: `git worktree add` starts two programs, stumbles over another that is half done, and
// so thirty of them would be made one after the other.
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { errorCode } from '../lib/error-words.ts';
import { draftOf } from '../lib/replace-file.ts';
import { git } from './git.ts';
import { adminDirOf } from './owner.ts';
import type { Repository } from './repository.ts';

export interface Link {
	readonly path: string;
	/** Short name of the branch, which exists. */
	readonly branch: string;
	/** Why it is locked. */
	readonly reason: string;
	/** Where weir may keep drafts: a folder of the repository's disk. */
	readonly drafts: string;
}

/** Links a worktree without files and answers its git directory. Nothing links that path yet. */
export async function addLink(repository: Repository, link: Link): Promise<string> {
	const own = await ownFormats(repository);
	return own ? addByGit(repository, link) : addByHand(repository, link);
}

/** Whether refs or settings of worktrees lie elsewhere than in these files. */
async function ownFormats({ readings }: Repository): Promise<boolean> {
	const entries = await readings.config.get();
	return entries.some((entry) =>
		/^extensions\.(refstorage|worktreeconfig)(\n|$)/.test(entry),
	);
}

async function addByHand(
	{ commonDir }: Repository,
	{ path, branch, reason, drafts }: Link,
): Promise<string> {
	const folder = join(commonDir, 'worktrees');
	await mkdir(path, { recursive: true });
	await mkdir(folder, { recursive: true });
	const draft = draftOf(join(drafts, 'link'));
	await mkdir(draft);
	try {
		const write = (name: string, line: string) =>
			writeFile(join(draft, name), `${line}\n`);
		await write('HEAD', `ref: refs/heads/${branch}`);
		await write('commondir', '../..');
		await write('gitdir', join(path, '.git'));
		await write('locked', reason);
		return await give(draft, join(folder, basename(path)));
	} catch (error) {
		await rm(draft, { recursive: true, force: true });
		throw error;
	}
}

/** A name that is taken gets a number behind it, as git does. */
async function give(draft: string, wanted: string): Promise<string> {
	for (let number = 0; ; number += 1) {
		const place = number === 0 ? wanted : `${wanted}${number}`;
		try {
			await rename(draft, place);
			return place;
		} catch (error) {
			const code = errorCode(error);
			if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
		}
	}
}

async function addByGit(
	{ commonDir, lanes, place }: Repository,
	{ path, branch, reason }: Link,
): Promise<string> {
	const args = ['worktree', 'add', '--quiet', '--no-checkout', '--lock'];
	args.push('--reason', reason, path, branch);
	await lanes.links.run(() => git(place, args));
	const gitDir = await adminDirOf(commonDir, path);
	if (gitDir === null) throw new Error(`git made no worktree at ${path}`);
	return gitDir;
}
