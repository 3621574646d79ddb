// A file that somebody saves in the very moment in which a landing would write it: it stays, and is told.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MergeJson } from '../support/agents.ts';
import { detach, openCockpit } from '../support/cockpit.ts';
import { commitFiles, gitIn } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
let saves = '';
beforeAll(async () => {
	weir = scratchWeir({
		'a.txt': 'a\n',
		'b c.txt': 'b\n',
		'other.txt': 'o\n',
		'old one': 'o\n',
	});
	const bin = join(weir.folder, 'bin');
	mkdirSync(bin);
	saves = join(weir.folder, 'saves.sh');
	// git as it is, but what `saves` says comes before the checkout follows.
	const follows = `case " $* " in *" read-tree -m -u "*) [ -e ${saves} ] && . ${saves} && rm ${saves};; esac`;
	const real = `PATH=\${PATH#*:} exec git "$@"`;
	writeFileSync(join(bin, 'git'), `#!/bin/sh\n${follows}\n${real}\n`);
	chmodSync(join(bin, 'git'), 0o755);
	const env = { PATH: `${bin}:${weir.env.PATH}` };
	expect(await weir.runWith({ env }, 'up')).toMatchObject({ code: 0 });
	await weir.json('new', 'api', '--', 'sh');
});
afterAll(() => weir.close());

const inBase = (file: string) => readFileSync(join(weir.repo, file), 'utf8');

/** Edits these in the checkout as soon as the base has moved. */
function saveWhileLanding(...files: readonly string[]): void {
	const lines = files.map((file) => `echo mine > '${join(weir.repo, file)}'\n`);
	writeFileSync(saves, lines.join(''));
}

async function landNext(files: Record<string, string>): Promise<void> {
	const { worktree } = await weir.agent('api');
	commitFiles(worktree, files, 'Change them');
}

test('a verb says which file stays, and what takes it as it landed', async () => {
	await landNext({ 'a.txt': 'agent\n', 'other.txt': 'agent\n' });
	saveWhileLanding('a.txt');
	const merged = await weir.run('merge', 'api');
	expect(merged).toMatchObject({ code: 0, stderr: '' });
	expect(inBase('a.txt') + inBase('other.txt')).toBe('mine\nagent\n');
	const [, said] = merged.stdout.trim().split('\n');
	const takes = `git -C ${weir.repo} restore a.txt`;
	expect(said).toBe(
		`a.txt was edited meanwhile and stays as it is; ${takes} takes what landed`,
	);
	gitIn(weir.repo, 'restore', 'a.txt');
	expect(inBase('a.txt')).toBe('agent\n');
	expect(gitIn(weir.repo, 'status', '--porcelain')).toBe('');
});

test('with --json it is a field', async () => {
	await landNext({ 'a.txt': 'more\n', 'b c.txt': 'more\n' });
	saveWhileLanding('a.txt', 'b c.txt');
	const { landings } = await weir.json<MergeJson>('merge', 'api');
	const files = ['a.txt', 'b c.txt'];
	expect(landings[0]).toMatchObject({ kept: { checkout: weir.repo, files } });
	gitIn(weir.repo, 'restore', '.');
	expect(inBase('b c.txt')).toBe('more\n');
});

test('of a file that the base no longer has the command takes it away', async () => {
	const { worktree } = await weir.agent('api');
	gitIn(worktree, 'rm', '-q', 'old one');
	await landNext({ 'a.txt': 'third\n' });
	saveWhileLanding('a.txt', 'old one');
	const merged = await weir.run('merge', 'api');
	expect(merged).toMatchObject({ code: 0, stderr: '' });
	const [, command = ''] =
		/stay as they are; (.*) takes what landed/.exec(merged.stdout) ?? [];
	expect(command).toBe(
		`git -C ${weir.repo} restore a.txt && rm -- '${join(weir.repo, 'old one')}'`,
	);
	expect(inBase('old one')).toBe('mine\n');
	execFileSync('sh', ['-c', command]);
	expect(gitIn(weir.repo, 'status', '--porcelain')).toBe('');
	expect(inBase('a.txt')).toBe('third\n');
});

test('the panes say so where they said that the work was merged', async () => {
	await landNext({ 'a.txt': 'last\n' });
	await using cockpit = await openCockpit(weir, [], { columns: 160, rows: 30 });
	await cockpit.waitFor('? keys');
	saveWhileLanding('a.txt');
	cockpit.key('m');
	await cockpit.waitFor('y merge');
	cockpit.key('y');
	await cockpit.waitFor(
		/merged api into main; a\.txt was edited meanwhile and stays as it is {2}git -C \S+ restore a\.txt/,
	);
	expect(inBase('a.txt')).toBe('mine\n');
	await detach(cockpit);
	gitIn(weir.repo, 'restore', 'a.txt');
});

test('an undo says so as well, by itself and by its opposite on top', async () => {
	saveWhileLanding('a.txt');
	const undone = await weir.run('undo', '--yes');
	expect(undone).toMatchObject({ code: 0, stderr: '' });
	expect(inBase('a.txt')).toBe('mine\n');
	expect(undone.stdout).toBe(
		`undone: merge of api into main\na.txt was edited meanwhile and stays as it is; git -C ${weir.repo} restore a.txt takes what the branch has\n`,
	);
	gitIn(weir.repo, 'restore', 'a.txt');
	expect(inBase('a.txt')).toBe('third\n');
	saveWhileLanding('a.txt');
	const files = ['a.txt'];
	expect(await weir.json('undo', '--revert', '--yes')).toMatchObject({
		kept: { checkout: weir.repo, files },
	});
	expect(inBase('a.txt')).toBe('mine\n');
});
