// What was seeded or linked into a worktree is nobody's change: it is excluded from the agent's
// view (its info/exclude) and from weir's (an excludes file of weir's own).
import { join } from 'node:path';
import { readIfThere } from '../lib/read-if-there.ts';
import { replaceFile } from './files.ts';
import { excludeFileOf, type Worktree } from './worktree.ts';

/**
 * Excludes `paths` (relative to the worktree), beside those excluded before and what the user
 * excludes everywhere. Idempotent.
 */
export async function excludePaths(
	worktree: Worktree,
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

/** What was seeded or linked so far. */
export async function excludedPaths(worktree: Worktree): Promise<string[]> {
	// Written above, at once and whole.
	return JSON.parse((await readIfThere(listFile(worktree))) ?? '[]') as string[];
}

function listFile(worktree: Worktree): string {
	return join(worktree.stateDir, 'seeded.json');
}

/** A path as a pattern that matches itself only. */
function escaped(path: string): string {
	return path.replace(/[\\*?[\]!#]/g, '\\$&').replace(/ $/, '\\ ');
}

function withEnd(text: string): string {
	return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
