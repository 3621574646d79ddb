// Scratch repositories, made with the git that a user has, and worktrees of agents in them.
import { execFileSync } from 'node:child_process';
import {
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	realpathSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createWorktree } from '../../src/git/create-worktree.ts';
import { fillWorktree } from '../../src/git/fill.ts';
import { removeWorktree } from '../../src/git/remove-worktree.ts';
import { openRepository, type Repository } from '../../src/git/repository.ts';
import { readSnapshot, restoreSnapshot } from '../../src/git/snapshot.ts';
import type { Worktree } from '../../src/git/worktree.ts';
import type { Outcome } from '../../src/lib/outcome.ts';

/** A folder that goes when the test has ended. */
export function scratchFolder(): string {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'weir-git-')));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
	return folder;
}

/** Runs git as a person would, in a folder; throws with what git said when it fails. */
export function gitIn(folder: string, ...args: string[]): string {
	return execFileSync('git', args, {
		cwd: folder,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
		env: personEnv,
	}).trimEnd();
}

/** A person's environment without a configuration of their own. */
export const personEnv: Record<string, string> = {
	PATH: process.env['PATH'] ?? '/usr/bin:/bin',
	HOME: '/nonexistent',
	LC_ALL: 'C',
	GIT_CONFIG_NOSYSTEM: '1',
};

/** Writes files, with their folders; null removes one. */
export function writeFiles(top: string, files: Record<string, string | null>): void {
	for (const [path, content] of Object.entries(files)) {
		if (content === null) rmSync(join(top, path));
		else {
			mkdirSync(dirname(join(top, path)), { recursive: true });
			writeFileSync(join(top, path), content);
		}
	}
}

/** Writes files and commits everything; gives the commit. */
export function commitFiles(
	top: string,
	files: Record<string, string | null>,
	message = 'change',
): string {
	writeFiles(top, files);
	gitIn(top, 'add', '--all');
	gitIn(top, 'commit', '--quiet', '--allow-empty', '-m', message);
	return gitIn(top, 'rev-parse', 'HEAD');
}

export const lines = (from: number, to: number): string =>
	Array.from({ length: to - from + 1 }, (_, at) => `line ${from + at}\n`).join('');

/** A repository on branch main with one commit and an identity that only it knows. */
export function makeRepository(
	files: Record<string, string> = { 'a.txt': lines(1, 20), 'src/b.txt': 'b\n' },
	...initArgs: string[]
): string {
	const top = join(scratchFolder(), 'repository');
	mkdirSync(top);
	gitIn(top, 'init', '--quiet', '-b', 'main', ...initArgs);
	gitIn(top, 'config', 'user.name', 'Person');
	gitIn(top, 'config', 'user.email', 'person@example.org');
	commitFiles(top, files, 'first');
	return top;
}

/** The value of an outcome that has to be ok. */
export function valueOf<T>(outcome: Outcome<T>): T {
	if (outcome.ok) return outcome.value;
	throw new Error(`refused: ${outcome.refusal.code}: ${outcome.refusal.message}`);
}

/** The code of an outcome that has to be a refusal. */
export function codeOf(outcome: Outcome<unknown>): string {
	return outcome.ok ? 'ok' : outcome.refusal.code;
}

export async function open(top: string): Promise<Repository> {
	return valueOf(await openRepository(top));
}

/** Creates and fills a worktree for an agent, beside the repository. */
export async function makeWorktree(
	repository: Repository,
	agent: string,
	base = 'main',
): Promise<Worktree> {
	const worktree = valueOf(
		await createWorktree(repository, planFor(repository, agent, base)),
	);
	await fillWorktree(worktree);
	return worktree;
}

export function planFor(repository: Repository, agent: string, commit = 'main') {
	return {
		agent,
		branch: `weir/${agent}`,
		prefix: 'weir/',
		root: join(dirname(repository.root ?? repository.commonDir), 'worktrees'),
		commit,
	};
}

/** Everything below a folder but `.git`: path to kind, permissions and content. */
export function readTree(top: string, folder = ''): Map<string, string> {
	const tree = new Map<string, string>();
	for (const name of readdirSync(join(top, folder))) {
		if (name === '.git') continue;
		const path = folder === '' ? name : `${folder}/${name}`;
		const entry = lstatSync(join(top, path));
		if (entry.isDirectory()) {
			for (const [inner, said] of readTree(top, path)) tree.set(inner, said);
		} else if (entry.isSymbolicLink()) {
			tree.set(path, `link ${readlinkSync(join(top, path))}`);
		} else {
			const mode = (entry.mode & 0o777).toString(8);
			tree.set(path, `${mode} ${readFileSync(join(top, path)).toString('base64')}`);
		}
	}
	return tree;
}

/** Takes the worktree away with its branch, and brings it back from the snapshot. */
export async function removeAndRestore(
	worktree: Worktree,
	id: string,
): Promise<Worktree> {
	const { repository, agent } = worktree;
	await removeWorktree(worktree, true);
	const snapshot = await readSnapshot(repository, agent, id);
	const plan = planFor(repository, agent, snapshot?.tip ?? '');
	const again = valueOf(await createWorktree(repository, plan));
	await fillWorktree(again);
	valueOf(await restoreSnapshot(again, id));
	return again;
}
