// A CLI that makes a sandbox of its own for its commands, in weir's: started by the ways of Codex.
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { requiresPrevention } from '../support/held.ts';
import { gitIn } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir();
	const folder = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir');
	mkdirSync(folder);
	const kinds = {
		boxes: { like: 'codex', command: ['sh', '-c', 'exec sleep 1000'] },
		open: { like: 'codex', command: ['sh', '-c', 'exec sleep 1000', '--yolo'] },
	};
	writeFileSync(join(folder, 'config.yaml'), `agents: ${JSON.stringify(kinds)}\n`);
});
afterEach(() => weir.close());

test('it finds the folders that its own covers, and git sees nothing of them', async () => {
	await weir.json('new', 'api', '--agent', 'boxes', '--scope', 'src/**');
	const { worktree } = await weir.agent('api');
	for (const name of ['.agents', '.aws', '.codex'])
		expect(existsSync(join(worktree, name))).toBe(true);
	expect(gitIn(worktree, 'status', '--porcelain', '--ignored')).toBe('');
});

test('it is not held by what would let it run no command, and says so', async (context) => {
	await requiresPrevention(context, 'landlock');
	const broken = join(weir.folder, 'bin');
	mkdirSync(broken);
	writeFileSync(join(broken, 'bwrap'), '#!/bin/sh\nexit 1\n');
	chmodSync(join(broken, 'bwrap'), 0o755);
	const env = { PATH: `${broken}:${weir.env.PATH}` };
	for (const kind of ['boxes', 'open'])
		await weir.runWith({ env }, 'new', kind, '--agent', kind, '--scope', 'src/**');
	expect((await weir.agent('open')).guard.prevention).toBe('landlock');
	expect((await weir.agent('boxes')).guard).toMatchObject({
		prevention: 'none',
		reason: expect.stringMatching(/^Codex runs commands in a sandbox of its own, which/),
	});
});
