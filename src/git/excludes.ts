// What was seeded or linked into a worktree is nobody's change: it is excluded from the agent's
// view (its info/exclude) and from weir's (an excludes file of weir's own).
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readIfThere, replaceFile } from './files.ts';
import { runGit } from './git.ts';
import type { Repository } from './repository.ts';
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
	const everywhere = await globalExcludes(worktree.repository);
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

async function globalExcludes(repository: Repository): Promise<string> {
	const args = ['config', '--type=path', '--get', 'core.excludesFile'];
	const result = await runGit(repository.place, args);
	const configured = result.stdout.toString('utf8').trim();
	const home = process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
	const path = result.code === 0 && configured ? configured : join(home, 'git/ignore');
	return (await readIfThere(path)) ?? '';
}

/** A path as a pattern that matches itself only. */
function escaped(path: string): string {
	return path.replace(/[\\*?[\]!#]/g, '\\$&').replace(/ $/, '\\ ');
}

function withEnd(text: string): string {
	return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
