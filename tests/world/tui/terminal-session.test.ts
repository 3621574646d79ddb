import { existsSync } from 'node:fs';
import { spawn } from 'node-pty';
import { describe, expect, it } from 'vitest';
import { leftBehind, restored } from '../../support/restored-terminal.ts';
import { openProgram, type Program } from '../../support/terminal-driver.ts';

const fixture = new URL('../../fixtures/terminal-taker.ts', import.meta.url).pathname;

describe('a terminal that was taken over', () => {
	for (const way of ['close', 'exit', 'throw', 'reject'])
		it(`is given back by ${way}`, async () => {
			await using program = await taken(way);
			program.type('go');
			await program.waitFor('over');
			expect(leftBehind(program)).toEqual(restored);
		});

	for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const)
		it(`is given back on ${signal}`, async () => {
			await using program = await taken('close');
			process.kill(pidOf(program), signal);
			await program.waitFor('over');
			expect(leftBehind(program)).toEqual(restored);
		});

	it('has raw mode, the alternate screen, and the reports that were asked for', async () => {
		await using program = await taken('close');
		const { modes, alternate, cursor, keys } = program.terminal;
		expect(alternate).toBe(true);
		expect(keys).toEqual({ kitty: 15, otherKeys: 2 });
		expect(cursor.visible).toBe(false);
		expect(modes).toMatchObject({
			bracketedPasteMode: true,
			mouseTrackingMode: 'any',
			applicationKeypadMode: true,
			sendFocusMode: true,
			wraparoundMode: false,
		});
	});

	it('stays when the process is asked to stop', async () => {
		await using program = await taken('close');
		process.kill(pidOf(program), 'SIGTSTP');
		program.resize(90, 25);
		await program.waitFor('size 90x25');
		expect(program.terminal.alternate).toBe(true);
	});

	it('is taken again after a stop that cannot be refused', async () => {
		await using program = await taken('close');
		process.kill(pidOf(program), 'SIGSTOP');
		process.kill(pidOf(program), 'SIGCONT');
		await program.waitFor('continued');
		expect(program.terminal.alternate).toBe(true);
	});

	it('can be lent to another program', async () => {
		await using program = await taken('suspend');
		program.type('go');
		await program.waitFor('back');
		expect(program.terminal.alternate).toBe(true);
		expect(program.bytes().toString()).toContain('\x1b[?1049l\x1b[23;0telsewhere');
	});

	it('does not hold a process that is told to end while nobody reads', async () => {
		const argv = [fixture, 'flood'];
		const pty = spawn(process.execPath, argv, { cols: 80, rows: 24 });
		const ended = new Promise<number>((settle) => {
			pty.onExit(({ exitCode }) => settle(exitCode));
		});
		await new Promise<void>((begun) => {
			const listening = pty.onData((text) => {
				if (!text.includes('xxx')) return;
				listening.dispose();
				pty.pause();
				begun();
			});
		});
		await new Promise((full) => setTimeout(full, 100));
		process.kill(pty.pid, 'SIGTERM');
		const gone = () => !existsSync(`/proc/${pty.pid}/exe`);
		await expect.poll(gone).toBe(true);
		pty.resume();
		expect(await ended).toBe(15);
	});

	it('reports the last size of a burst', async () => {
		await using program = await taken('resizes');
		program.type('go');
		await program.waitFor('size 83x24');
		expect(program.bytes().toString()).not.toContain('size 81x24');
	});
});

// A shell that runs the fixture and then shows the state of the terminal's own line editing.
async function taken(way: string): Promise<Program> {
	const script = 'node "$0" "$1" 2> /dev/null; stty -a; echo over';
	const program = openProgram(['sh', '-c', script, fixture, way], {
		columns: 80,
		rows: 24,
		kittyKeyboard: true,
	});
	await program.waitFor(/taken \d+\./);
	return program;
}

function pidOf(program: Program): number {
	return Number(/taken (\d+)\./.exec(program.screen().join('\n'))?.[1]);
}
