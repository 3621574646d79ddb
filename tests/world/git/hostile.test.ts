// No call of weir's runs a program that a repository's or an agent's configuration names.
import { execFileSync } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildCandidate } from '../../../src/git/candidate.ts';
import { diffStats, diffText } from '../../../src/git/diff.ts';
import { listCommits, mainStatus } from '../../../src/git/porcelain.ts';
import { publish } from '../../../src/git/publish.ts';
import { removeWorktree } from '../../../src/git/remove-worktree.ts';
import { restoreSnapshot, takeSnapshot } from '../../../src/git/snapshot.ts';
import { bringBase } from '../../../src/git/sync.ts';
import { undoLanding } from '../../../src/git/undo.ts';
import type { Worktree } from '../../../src/git/worktree.ts';
import { landWorktree } from '../../support/landing.ts';
import {
	codeOf,
	commitFiles,
	gitIn,
	lines,
	makeRepository,
	makeWorktree,
	open,
	scratchFolder,
	valueOf,
	writeFiles,
} from '../../support/repository.ts';

/** A command that leaves a mark where it ran, and the way to ask for it. */
function makeTrap(): { command: string; sprung: () => boolean } {
	const folder = scratchFolder();
	const mark = join(folder, 'sprung');
	const command = join(folder, 'trap.sh');
	writeFileSync(command, `#!/bin/sh\necho "$0 $*" >> '${mark}'\ncat\n`);
	chmodSync(command, 0o755);
	return { command, sprung: () => existsSync(mark) };
}

/** Every setting of git that starts a program on the paths weir takes. */
function armed(command: string): [string, string][] {
	return [
		['core.fsmonitor', command],
		['core.sshCommand', command],
		['core.pager', command],
		['core.editor', command],
		['core.alternateRefsCommand', command],
		['filter.evil.clean', command],
		['filter.evil.smudge', command],
		['filter.evil.process', command],
		['filter.evil.required', 'true'],
		['diff.external', command],
		['diff.evil.textconv', command],
		['diff.evil.command', command],
		['merge.evil.driver', `${command} %A`],
		['gpg.program', command],
		['commit.gpgSign', 'true'],
		['uploadpack.packObjectsHook', command],
		['extensions.partialClone', 'evil'],
		['remote.evil.promisor', 'true'],
		['remote.evil.url', `ext::${command}`],
		['trailer.weir.command', command],
	];
}

function arm(gitDir: string, command: string, skip: RegExp | null = null): void {
	for (const [key, value] of armed(command)) {
		if (skip?.test(key)) continue;
		gitIn('/', '--git-dir', gitDir, 'config', key, value);
	}
	const hooks = join(gitDir, 'hooks');
	mkdirSync(hooks, { recursive: true });
	for (const hook of [
		'post-checkout',
		'reference-transaction',
		'pre-commit',
		'post-index-change',
		'post-merge',
	]) {
		rmSync(join(hooks, hook), { force: true });
		symlinkSync(command, join(hooks, hook));
	}
}

/** Every call that touches an agent's worktree or its clone. */
async function callEverything(top: string, worktree: Worktree): Promise<void> {
	const { repository } = worktree;
	const { tip } = valueOf(await publish(worktree));
	const main = gitIn(top, 'rev-parse', 'main');
	await diffStats(worktree, main, tip);
	expect((await diffText(worktree, main, tip, false)).text).toContain('agent');
	valueOf(await takeSnapshot(worktree, 's1'));
	valueOf(await restoreSnapshot(worktree, 's1'));
	valueOf(await landWorktree(worktree, 'l1', { uncommitted: ['plain.txt'] }));
	valueOf(await undoLanding(repository, { id: 'u1', landing: 'l1', base: 'main' }));
	await listCommits(repository, main, tip);
	await mainStatus(repository);
	valueOf(await bringBase(worktree, 'main', null));
	await removeWorktree(worktree, true);
}

test("the agent's own configuration, hooks and attributes run nothing", async () => {
	const trap = makeTrap();
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	commitFiles(worktree.path, {
		'.gitattributes': '* filter=evil diff=evil merge=evil\n',
		'a.txt': 'agent\n',
	});
	writeFiles(worktree.path, { 'plain.txt': 'agent too\n', 'src/b.txt': 'agent three\n' });
	arm(worktree.privateDir, trap.command);
	await callEverything(top, worktree);
	expect(trap.sprung()).toBe(false);
});

test('the same traps catch a git that is not careful', async () => {
	const trap = makeTrap();
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	arm(worktree.privateDir, trap.command, /^(extensions|remote)/);
	gitIn(worktree.path, 'status');
	expect(trap.sprung()).toBe(true);
});

test("a submodule of the agent's with a configuration of its own runs nothing", async () => {
	const trap = makeTrap();
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	const inner = join(worktree.path, 'inner');
	mkdirSync(inner);
	gitIn(inner, 'init', '--quiet');
	for (const [key, value] of [
		['user.name', 'a'],
		['user.email', 'a'],
	]) {
		gitIn(inner, 'config', key ?? '', value ?? '');
	}
	commitFiles(inner, { 'x.txt': 'x\n' });
	writeFiles(worktree.path, {
		'.gitmodules': '[submodule "inner"]\n\tpath = inner\n\turl = ./x\n\tignore = none\n',
	});
	commitFiles(worktree.path, { 'a.txt': 'agent\n' });
	writeFiles(inner, { 'x.txt': 'changed\n' });
	writeFiles(worktree.path, { 'plain.txt': 'agent too\n' });
	arm(join(inner, '.git'), trap.command);
	await callEverything(top, worktree);
	expect(trap.sprung()).toBe(false);
});

test("filters and monitors of the user's repository are not run either", async () => {
	const trap = makeTrap();
	const top = makeRepository({ 'a.txt': lines(1, 20), 'src/b.txt': 'b\n' });
	// What an agent's own commits obey by contract, and what makes a partial clone, is left out.
	arm(join(top, '.git'), trap.command, /^(extensions|remote|gpg|commit)\./);
	const repository = await open(top);
	const worktree = await makeWorktree(repository, 'api');
	commitFiles(worktree.path, { 'a.txt': 'agent\n' });
	writeFiles(worktree.path, {
		'plain.txt': 'agent too\n',
		'.gitattributes': '* diff=evil merge=evil\n',
	});
	await callEverything(top, worktree);
	expect(trap.sprung()).toBe(false);
});

test("files that need a filter of the user's are refused, not written raw", async () => {
	const trap = makeTrap();
	const top = makeRepository({
		'.gitattributes': '*.big filter=evil\n',
		'x.big': 'pointer\n',
	});
	gitIn(top, 'config', 'filter.evil.clean', 'cat');
	gitIn(top, 'config', 'filter.evil.smudge', trap.command);
	const repository = await open(top);
	const worktree = await makeWorktree(repository, 'api');
	writeFiles(worktree.path, { 'y.big': 'raw\n', 'small.txt': 's\n' });
	const plan = { id: 'c1', uncommitted: null, message: 'x' };
	expect(codeOf(await buildCandidate(worktree, plan))).toBe('candidate.filtered');
	valueOf(await buildCandidate(worktree, { ...plan, uncommitted: ['small.txt'] }));
	commitFiles(worktree.path, { 'y.big': 'raw\n' });
	expect(codeOf(await landWorktree(worktree, 'l1'))).toBe('base.filtered');
	expect(trap.sprung()).toBe(false);
});

test("variables of the caller's environment do not reach git", async () => {
	const top = makeRepository();
	const elsewhere = makeRepository();
	const set = {
		GIT_DIR: join(elsewhere, '.git'),
		GIT_INDEX_FILE: '/nonexistent',
		GIT_CONFIG_COUNT: '1',
		GIT_CONFIG_KEY_0: 'core.bare',
		GIT_CONFIG_VALUE_0: 'true',
		GIT_AUTHOR_NAME: 'Somebody',
	};
	Object.assign(process.env, set);
	onTestFinished(() => {
		for (const name of Object.keys(set)) delete process.env[name];
	});
	const repository = await open(top);
	expect(repository.root).toBe(top);
	const worktree = await makeWorktree(repository, 'api');
	writeFiles(worktree.path, { 'x.txt': 'x\n' });
	const plan = { id: 'c1', uncommitted: null, message: 'x' };
	const candidate = valueOf(await buildCandidate(worktree, plan));
	expect(gitIn(top, 'log', '-1', '--format=%an', candidate.commit)).toBe('Person');
});

test('broken objects of an agent are not taken over', async () => {
	const top = makeRepository();
	const worktree = await makeWorktree(await open(top), 'api');
	const at = worktree.path;
	const blob = gitIn(at, 'hash-object', '-w', 'a.txt');
	const input = `100644 blob ${blob}\t.git\n`;
	const tree = execFileSync('git', ['mktree'], {
		cwd: at,
		input,
		encoding: 'utf8',
	}).trim();
	const commit = gitIn(at, 'commit-tree', '-m', 'bad', '-p', 'HEAD', tree);
	gitIn(at, 'update-ref', 'HEAD', commit);
	expect(codeOf(await publish(worktree))).toBe('publish.bad-objects');
	expect(gitIn(top, 'rev-parse', 'weir/api')).toBe(gitIn(top, 'rev-parse', 'main'));
	writeFileSync(join(worktree.privateDir, 'HEAD'), 'ref: refs/../../../etc/passwd\n');
	expect(codeOf(await publish(worktree))).toBe('worktree.unreadable-head');
});
