// A headless demo whose reader leaves early: `weir demo --headless --json | head`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { processesMarked } from '../support/process-tree.ts';
import { makeScratch } from '../support/scratch.ts';
import { weirProgram } from '../support/weir.ts';

test('a demo nobody listens to any more ends without a failure and leaves nothing', async () => {
	const folder = makeScratch();
	const temp = join(folder, 'tmp');
	mkdirSync(temp);
	const demo = spawn(
		process.execPath,
		[weirProgram, 'demo', '--headless', '--json', '--agents', '2'],
		{
			cwd: folder,
			env: {
				PATH: process.env.PATH,
				HOME: folder,
				TMPDIR: temp,
				SCRATCH_OF_TEST: folder,
			},
			stdio: ['ignore', 'pipe', 'ignore'],
		},
	);
	const ended = once(demo, 'exit');
	await once(demo.stdout, 'data');
	demo.stdout.destroy();
	expect(await ended).toEqual([0, null]);
	expect(readdirSync(temp)).toEqual([]);
	expect(processesMarked('SCRATCH_OF_TEST', folder)).toEqual([]);
});
