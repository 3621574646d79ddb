// Who started it was killed with SIGKILL: the terminal is given back, and a demo ends itself.
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../support/agents.ts';
import { DemoScratch } from '../support/demo-scratch.ts';
import { isRunning, killProcesses, livingProcesses } from '../support/process-tree.ts';
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
		await until('ended', () => !isRunning(client));
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
	const { demo, scratch } = await playingDemo();
	demo.kill('SIGKILL');
	await once(demo, 'exit');
	await until('gone', () => scratch.processes.length === 0);
	expect(scratch.left).toEqual([]);
});

test('what is left of a demo that was killed with all its processes goes with the next one', async () => {
	const { demo, scratch } = await playingDemo();
	const ended = once(demo, 'exit');
	await killProcesses(() => scratch.processes);
	await ended;
	expect(scratch.left).toHaveLength(1);
	// Somebody's folder that only looks like one.
	mkdirSync(join(scratch.temp, 'weir-demo-notes'));
	await once(scratch.play(), 'exit');
	expect(scratch.left).toEqual(['weir-demo-notes']);
	expect(scratch.processes).toEqual([]);
});

async function playingDemo() {
	const scratch = new DemoScratch();
	const demo = scratch.play();
	let said = '';
	demo.stdout.setEncoding('utf8').on('data', (text: string) => {
		said += text;
	});
	await until('agents run', () => {
		if (demo.exitCode !== null) throw new Error(`the demo ended: ${said}`);
		return said.split('agent.started').length > 2;
	});
	return { demo, scratch };
}
