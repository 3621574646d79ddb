// The first minute in a repository: what the empty screen says, and what a first agent is made of.
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { left, openCockpit } from '../support/cockpit.ts';
import { writeFiles } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
let bin: string;
beforeAll(() => {
	weir = scratchWeir({
		'readme.md': 'scratch\n',
		'package.json': '{"scripts":{"test":"touch ran","lint":"touch ran"}}',
	});
	bin = join(weir.folder, 'bin');
	mkdirSync(bin);
	writeFileSync(
		join(bin, 'claude'),
		'#!/bin/sh\n[ "$1" = --version ] && echo "2.1.330 (Claude Code)" && exit\nexec sleep 1000\n',
	);
	chmodSync(join(bin, 'claude'), 0o755);
});
afterAll(() => weir.close());

test('outside of a repository one sentence says what makes one', async () => {
	const ran = await weir.runWith({ cwd: weir.folder }, 'list');
	expect(ran.code).toBe(3);
	expect(ran.stderr).toContain('is not in a git repository\n  git init\n');
});

test('the empty screen names what was found and what to press, the card what will be started', async () => {
	writeFiles(weir.repo, { 'readme.md': 'changed\n', 'new.txt': 'new\n' });
	await using cockpit = await openCockpit(weir, [], {
		columns: 100,
		rows: 30,
		env: { PATH: `${bin}:${weir.env.PATH}` },
	});
	await cockpit.waitFor('No agents yet.');
	await cockpit.waitFor('c  start one with claude in a worktree of its own, from main');
	await cockpit.waitFor('found: claude 2.1.330');
	await cockpit.waitFor('checks: test, lint (not run)');
	await cockpit.waitFor('main: 2 files that you');
	cockpit.key('c');
	await cockpit.waitFor('without a command it starts claude');
	expect(existsSync(join(weir.repo, 'ran'))).toBe(false);
	cockpit.key('escape');
	await cockpit.waitFor('found: claude 2.1.330');
	cockpit.key('Q');
	expect(await left(cockpit)).toBe(0);
});

test('the first agent is told apart from the files that it does not have, later ones are not', async () => {
	const env = { PATH: `${bin}:${weir.env.PATH}` };
	const first = await weir.runWith({ env }, 'new', 'first');
	expect(first.stderr).toContain(
		'agents start from the last commit of main; 2 files that you changed since are not in it',
	);
	expect((await weir.agent('first')).kind).toBe('claude');
	const second = await weir.runWith({ env }, 'new', 'second');
	expect(second).toMatchObject({ code: 0, stderr: '' });
});
