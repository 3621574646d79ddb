// What a conflict that a person resolves stands on: files that git filters, and the set-up of worktrees.
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { eventsOf, idle, refusal, start } from '../support/agents.ts';
import { commitFiles, gitIn } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
afterEach(() => weir.close());

async function conflicted(files: Readonly<Record<string, string>>): Promise<string> {
	const { worktree } = await start(weir, 'api', idle);
	commitFiles(worktree, { ...files, 'a.txt': 'agent\n' }, 'Say agent');
	commitFiles(weir.repo, { 'a.txt': 'base\n' }, 'Say base');
	return worktree;
}

test('a file that a filter has to change is refused before anything is made, with a way that works', async () => {
	weir = scratchWeir({
		...{ 'a.txt': 'one\n', 'x.big': 'one\n', '.gitattributes': '*.big filter=big\n' },
	});
	gitIn(weir.repo, 'config', 'filter.big.clean', 'cat');
	gitIn(weir.repo, 'config', 'filter.big.smudge', 'cat');
	const worktree = await conflicted({ 'x.big': 'two\n' });
	for (const way of [['--resolve'], ['--integrate', '--', ...idle]]) {
		const no = await refusal(weir, 'merge', 'api', ...way);
		expect(no).toMatchObject({
			code: 'conflict.filtered',
			message: expect.stringContaining('x.big must go through a git filter'),
		});
		expect(no.allow).toContain(
			`weir shell api -- git pull --no-rebase ${weir.repo} main`,
		);
	}
	expect((await weir.status()).agents.map(({ name }) => name)).toEqual(['api']);
	expect(await eventsOf(weir, 'agent.created')).toHaveLength(1);
	// What it says leads to the conflict.
	gitIn(worktree, 'config', 'pull.rebase', 'false');
	expect(() => gitIn(worktree, 'pull', '--no-rebase', weir.repo, 'main')).toThrow(
		/CONFLICT|conflict|Command failed/,
	);
	expect(gitIn(worktree, 'status', '--porcelain', 'a.txt')).toBe('UU a.txt');
});

test('whoever resolves by hand is told how the set-up is run that did not', async () => {
	weir = scratchWeir({
		'a.txt': 'one\n',
		'.weir/config.yaml': 'worktree:\n  setup: touch set-up\n',
	});
	await weir.json('trust', '--yes');
	await conflicted({});
	const program = join(weir.folder, 'editor');
	writeFileSync(program, '#!/bin/sh\nfor file in "$@"; do echo both > "$file"; done\n');
	chmodSync(program, 0o755);
	const ran = await weir.runWith(
		{ env: { VISUAL: '', EDITOR: program } },
		...['merge', 'api', '--resolve'],
	);
	expect(ran.stderr).toContain(
		"no set-up runs there; if you need it: weir shell api-hand -- sh -c 'touch set-up'",
	);
	expect(ran).toMatchObject({ code: 0 });
});
