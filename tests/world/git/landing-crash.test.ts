// A landing that dies between the base and its checkout.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { finishMoves } from '../../../src/git/branch-move.ts';
import { type LandingPlan, land } from '../../../src/git/landing.ts';
import { openLander, planLanding } from '../../support/landing.ts';
import {
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

/**
 * Lands in a process that dies by SIGKILL at the moment git is asked to update the checkout, that
 * is after the base has moved: a git on its PATH kills it there.
 */
async function landAndDie(top: string, landing: LandingPlan): Promise<void> {
	const folder = scratchFolder();
	const real = gitIn(top, '--exec-path');
	const shim = join(folder, 'git');
	writeFileSync(
		shim,
		`#!/bin/sh\ncase "$* " in *" read-tree -m -u "*) kill -9 $PPID; exit 1;; esac\nexec "${real}/git" "$@"\n`,
	);
	chmodSync(shim, 0o755);
	const source = (name: string) => JSON.stringify(join(process.cwd(), 'src/git', name));
	const script = join(folder, 'land.ts');
	writeFileSync(
		script,
		`import { openRepository } from ${source('repository.ts')};
import { land } from ${source('landing.ts')};
const opened = await openRepository(${JSON.stringify(top)});
if (opened.ok) await land(opened.value, ${JSON.stringify(landing)});
process.exit(7);
`,
	);
	const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
	const child = spawn(process.execPath, [script], { env, stdio: 'inherit' });
	const [code, signal] = await once(child, 'exit');
	expect([code, signal]).toEqual([null, 'SIGKILL']);
}

const interruptions: Record<string, (top: string) => void> = {
	'before any file was written': () => undefined,
	'with some files written, one of them half': (top) => {
		writeFiles(top, { 'src/b.txt': 'agent\n', 'a.txt': lines(1, 5), 'gone.txt': null });
	},
	'with all files written': (top) => {
		writeFiles(top, {
			'a.txt': lines(1, 20),
			'src/b.txt': 'agent\n',
			'deep/new.txt': 'n\n',
			'gone.txt': null,
		});
	},
};

for (const [name, interrupt] of Object.entries(interruptions)) {
	test(`a landing killed after the base moved, ${name}, is rolled forward`, async () => {
		const top = makeRepository({
			'a.txt': 'a\n',
			'src/b.txt': 'b\n',
			'gone.txt': 'g\n',
			'own.txt': 'o\n',
		});
		const repository = await open(top);
		const worktree = await makeWorktree(repository, 'api');
		commitFiles(worktree.path, {
			'a.txt': lines(1, 20),
			'src/b.txt': 'agent\n',
			'gone.txt': null,
			'deep/new.txt': 'n\n',
		});
		writeFiles(top, { 'own.txt': 'edited\n' });
		const landing = await planLanding(worktree, 'l1');
		await landAndDie(top, landing);
		expect(gitIn(top, 'rev-parse', 'main')).not.toBe(landing.onto);
		// Until it is finished, nobody can commit the reverse of the landing by accident.
		expect(() => gitIn(top, 'commit', '--quiet', '-am', 'oops')).toThrow('index.lock');
		interrupt(top);
		const landed = valueOf(await land(await open(top), landing));
		expect(landed.kept).toEqual([]);
		expect(gitIn(top, 'rev-parse', 'main')).toBe(landed.new);
		expect(gitIn(top, 'status', '--porcelain')).toBe(' M own.txt');
		expect(readFileSync(join(top, 'own.txt'), 'utf8')).toBe('edited\n');
		expect(
			readdirSync(join(top, '.git')).filter((file) => /lock|weir-/.test(file)),
		).toEqual([]);
		expect(readdirSync(join(top, '.git/weir/moves'))).toEqual([]);
	});
}

test('what the user edited between a crash and its repair is kept and named', async () => {
	const { top, worktree } = await openLander();
	commitFiles(worktree.path, { 'a.txt': 'agent\n', 'src/b.txt': 'agent\n' });
	const landing = await planLanding(worktree, 'l1');
	await landAndDie(top, landing);
	writeFiles(top, { 'a.txt': 'mine\n' });
	const landed = valueOf(await land(await open(top), landing));
	expect(landed.kept).toEqual(['a.txt']);
	expect(readFileSync(join(top, 'a.txt'), 'utf8')).toBe('mine\n');
	expect(gitIn(top, 'status', '--porcelain')).toBe(' M a.txt');
});

test('a crash before the base moved leaves the checkout as it was', async () => {
	const { top, worktree } = await openLander();
	commitFiles(worktree.path, { 'a.txt': 'agent\n' });
	const landing = await planLanding(worktree, 'l1');
	await landAndDie(top, landing);
	// As if the power had gone one step earlier.
	gitIn(top, 'update-ref', 'refs/heads/main', landing.onto);
	gitIn(top, 'update-ref', '-d', 'refs/weir/landed/l1');
	valueOf(await finishMoves(await open(top)));
	expect(gitIn(top, 'status', '--porcelain')).toBe('');
	expect(existsSync(join(top, '.git/index.lock'))).toBe(false);
	valueOf(await land(await open(top), landing));
	expect(readFileSync(join(top, 'a.txt'), 'utf8')).toBe('agent\n');
});
