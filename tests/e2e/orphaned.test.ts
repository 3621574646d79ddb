// Who started it was killed with SIGKILL: the terminal is given back, and a demo ends itself.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../support/agents.ts';
import { livingProcesses, processesMarked } from '../support/process-tree.ts';
import { makeScratch } from '../support/scratch.ts';
import { openProgram } from '../support/terminal-driver.ts';
import { scratchWeir, weirProgram } from '../support/weir.ts';

test('a client whose wrapper on an older Node is killed gives the terminal back and ends', async () => {
	const weir = scratchWeir();
	try {
		// Says of this Node that it is an older one; its child is a Node of its own.
		const older = join(weir.folder, 'older.mjs');
		const versions = `{ ...process.versions, node: '20.0.0' }`;
		writeFileSync(
			older,
			`Object.defineProperty(process, 'versions', { value: ${versions} });\n`,
		);
		const words = [process.execPath, '--import', older, weirProgram].join(' ');
		await using shell = openProgram(['sh', '-c', `${words}; cat`], {
			cwd: weir.repo,
			env: weir.env,
		});
		await shell.waitFor('No agents yet');
		const below = (pid: number) =>
			livingProcesses().find(({ parent }) => parent === pid)?.pid ?? 0;
		const wrapper = below(shell.pid);
		const client = below(wrapper);
		process.kill(wrapper, 'SIGKILL');
		await until('ended', () => !livingProcesses().some(({ pid }) => pid === client));
		await shell.waitFor(
			({ alternate, modes }) => !alternate && !modes.bracketedPasteMode,
		);
		// Cooked again: the line is echoed as it is typed, and read once it is ended.
		shell.type('typed\r');
		expect(shell.terminal.alternate).toBe(false);
		await shell.waitFor(/^typed\ntyped$/m);
	} finally {
		await weir.close();
	}
});

test('a demo whose player is killed ends what runs and clears its ground', async () => {
	const folder = makeScratch();
	const temp = join(folder, 'tmp');
	mkdirSync(temp);
	const demo = spawn(process.execPath, [weirProgram, 'demo', '--headless', '--json'], {
		cwd: folder,
		env: {
			PATH: process.env.PATH,
			HOME: folder,
			TMPDIR: temp,
			SCRATCH_OF_TEST: folder,
		},
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	let said = '';
	demo.stdout.setEncoding('utf8').on('data', (text: string) => {
		said += text;
	});
	await until('agents run', () => said.split('agent.started').length > 2);
	demo.kill('SIGKILL');
	await once(demo, 'exit');
	await until('gone', () => processesMarked('SCRATCH_OF_TEST', folder).length === 0);
	expect(readdirSync(temp)).toEqual([]);
});
