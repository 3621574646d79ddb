// What was seeded or linked into a worktree is nobody's change: it is excluded from the agent's
// view (its info/exclude) and from weir's (an excludes file of weir's own).
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere } from '../lib/read-if-there.ts';
import { replaceFile } from '../lib/replace-file.ts';
import type { Repository } from './repository.ts';

/** Where files lie, and where weir and the git in them are told what does not count. */
export interface Excluding {
	readonly repository: Repository;
	readonly path: string;
	readonly stateDir: string;
	/** The git directory that programs in the worktree use. */
	readonly privateDir: string;
}

/**
 * Excludes `paths` (relative to the worktree), beside those excluded before and what the user
 * excludes everywhere. Idempotent.
 */
export async function excludePaths(
	worktree: Excluding,
	paths: readonly string[],
): Promise<void> {
	const users = await readIfThere(join(worktree.repository.commonDir, 'info/exclude'));
	const everywhere = (await readIfThere(worktree.repository.excludesFile)) ?? '';
	const before = await excludedPaths(worktree);
	const all = [...new Set([...before, ...paths])].sort();
	const patterns = all.map((path) => `/${escaped(path)}\n`).join('');
	await replaceFile(listFile(worktree), JSON.stringify(all));
	await replaceFile(excludeFileOf(worktree), `${withEnd(everywhere)}${patterns}`);
	await replaceFile(
		join(worktree.privateDir, 'info/exclude'),
		`${withEnd(users ?? '')}${patterns}`,
	);
}

/** As if nothing had been seeded or linked; `excludePaths` tells git. */
export async function forgetExcluded(worktree: Excluding): Promise<void> {
	await rm(listFile(worktree), { force: true });
}

/** What was seeded or linked so far. */
export async function excludedPaths(worktree: Excluding): Promise<string[]> {
	// Written above, at once and whole.
	return JSON.parse((await readIfThere(listFile(worktree))) ?? '[]') as string[];
}

/** weir's list of what never counts: the user's own excludes, and what was seeded or linked. */
export function excludeFileOf(worktree: Pick<Excluding, 'stateDir'>): string {
	return join(worktree.stateDir, 'exclude');
}

function listFile(worktree: Excluding): string {
	return join(worktree.stateDir, 'seeded.json');
}

/** A path as a pattern that matches itself only. */
function escaped(path: string): string {
	return path.replace(/[\\*?[\]!#]/g, '\\$&').replace(/ $/, '\\ ');
}

function withEnd(text: string): string {
	return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
