// weir's own agent on a terminal, as a person sees and uses it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Scene } from '../../support/model-api.ts';
import { openOwnAgent } from '../../support/own-agent.ts';
import { openProgram } from '../../support/terminal-driver.ts';

async function openScreen(scenes: readonly Scene[], ...args: readonly string[]) {
	const agent = await openOwnAgent(scenes);
	const argv = agent.argv(...args);
	const options = { columns: 80, rows: 24, cwd: agent.folder, env: agent.env };
	const screen = openProgram(argv, options);
	onTestFinished(() => screen[Symbol.asyncDispose]());
	await screen.waitFor(/alt\+enter: new line/);
	return { agent, screen };
}

/** Longer than somebody pauses who types. */
const restMs = 600;

test('what is typed on is no yes, and y is', async () => {
	const made = { tool: 'write', input: { path: 'made.txt', content: 'one\n' } };
	const { agent, screen } = await openScreen([
		{ prompt: 'MAKE', turns: [{ calls: [made] }, { say: 'It is **made**.' }] },
	]);
	screen.type('MAKE it\u001b\rplease\r');
	await screen.waitFor(/May I\? Write made\.txt/);
	expect(screen.screen().join('\n')).toMatch(/1 \+ one/);
	for (const letter of ' yay') {
		screen.type(letter);
		await sleep(restMs / 10);
	}
	await sleep(restMs);
	expect(existsSync(join(agent.folder, 'made.txt'))).toBe(false);
	screen.type('y');
	await screen.waitFor(/It is made\./);
	expect(readFileSync(join(agent.folder, 'made.txt'), 'utf8')).toBe('one\n');
	expect(agent.api.requests[0]?.said).toEqual(['MAKE it\nplease']);
});

test('all of a long change can be seen before it is allowed', async () => {
	const content = Array.from({ length: 60 }, (_, index) => `line ${index};\n`).join('');
	const made = { tool: 'write', input: { path: 'made.txt', content } };
	const { agent, screen } = await openScreen([
		{ prompt: 'MAKE', turns: [{ calls: [made] }, { say: 'It is made.' }] },
	]);
	screen.type('MAKE\r');
	await screen.waitFor(/v see all of it, 12 lines at a time {3}w the whole 60 lines/);
	expect(screen.screen().join('\n')).not.toContain('line 14;');
	screen.type('v');
	await screen.waitFor(/line 0;[^]*line 11;[^]*the whole 48 lines/);
	screen.type('v');
	await screen.waitFor(/line 12;[^]*line 23;[^]*the whole 36 lines/);
	screen.type('w');
	// With nothing left to see its key is gone.
	await screen.waitFor(/line 59;[^]*esc ends the turn *\n\S* Waiting for your word/);
	expect(existsSync(join(agent.folder, 'made.txt'))).toBe(false);
	await sleep(restMs);
	screen.type('y');
	await screen.waitFor(/It is made\./);
	expect(readFileSync(join(agent.folder, 'made.txt'), 'utf8')).toBe(content);
});

test('no line of a command is hidden from who is to allow it, nor what its characters do', async () => {
	const harmless = Array.from({ length: 12 }, (_, index) => `echo ${index}`).join('\n');
	const command = `${harmless}\nrm -r all \u202e# \u001b[2J`;
	const { screen } = await openScreen([
		{ prompt: 'RUN', turns: [{ calls: [{ tool: 'run', input: { command } }] }] },
	]);
	screen.type('RUN\r');
	await screen.waitFor(/v see all of it, 12 lines/);
	screen.type('v');
	await screen.waitFor(/echo 11 *\n.*rm -r all/);
	expect(screen.screen().join('\n')).toContain('rm -r all \\u{202e}# \\u{1b}[2J');
	await sleep(restMs);
	screen.type('n');
	await screen.waitFor(/the user said no/);
});

test('a long paste reaches the model whole', async () => {
	const lines = Array.from(
		{ length: 5000 },
		(_, index) => `\tline ${index} of what I have`,
	);
	const { agent, screen } = await openScreen([
		{ prompt: 'READ', turns: [{ say: 'I have read it.' }] },
	]);
	screen.type('READ ');
	screen.paste(lines.join('\n'));
	await screen.waitFor(/❯ READ \[5,000 lines pasted\]/);
	screen.type(' and tell\r');
	await screen.waitFor(/4,980 more lines[^]*I have read it\./);
	expect(agent.api.requests[0]?.said).toEqual([`READ ${lines.join('\n')} and tell`]);
});

test('esc ends a turn, and another one can be said', async () => {
	const { agent, screen } = await openScreen([
		{ prompt: 'HANG', turns: [{ say: 'It begins and does not end', hangs: true }] },
		{ prompt: 'OTHER', turns: [{ say: 'something else' }] },
	]);
	screen.type('HANG\r');
	await screen.waitFor(/It begins/);
	screen.type('OTHER');
	await screen.waitFor(/❯ OTHER/);
	screen.type('\u001b');
	await screen.waitFor(/interrupted; say what to do instead/);
	// What was begun to be typed is still there.
	screen.type('\r');
	await screen.waitFor(/something else/);
	expect(agent.entries().map(({ kind }) => kind)).toContain('cancelled');
	screen.type('\u0004');
	await screen.waitFor(/to go on: weir agent --resume/);
});

test('what a command prints at once stands in lines, a table in columns, and the cost below the box', async () => {
	const command = "printf 'one\\ntwo\\nthr'; printf 'ee\\n'";
	const calls = [{ tool: 'run', input: { command } }];
	const { agent, screen } = await openScreen(
		[
			{
				prompt: 'PRINT',
				turns: [
					{ calls, usage: { input: 100_000 } },
					{ say: '| a | b |\n|---|---|\n| 1 | 2 |' },
				],
			},
		],
		...['--permission-mode', 'all', 'PRINT'],
	);
	await screen.waitFor(/│ one *\n *│ two *\n *│ three *\n/);
	await screen.waitFor(/a │ b *\n *──┼── *\n *1 │ 2/);
	await screen.waitFor(/claude-sonnet-5-5 · asks nothing · .*\$0\.20/);
	expect(agent.api.count()).toBe(2);
});

test('it says when a busy API is asked again', async () => {
	const { agent, screen } = await openScreen([
		{
			prompt: 'WAIT',
			turns: [{ fail: 429, times: 1, retryAfter: 2 }, { say: 'at last' }],
		},
	]);
	screen.type('WAIT\r');
	await screen.waitFor(/Rate limited \(429\), again in [12] s/);
	await screen.waitFor(/at last/);
	expect(agent.api.count()).toBe(2);
});

test('no sequence of a model or a command reaches the terminal', async () => {
	const evil = '\u001b]2;pwned\u0007\u001b[41mred\u001b[0m\u202e';
	const command = `printf '\\033]2;pwned\\007\\033[41mout\\033[0m\\n'`;
	const { screen } = await openScreen(
		[
			{
				prompt: 'EVIL',
				turns: [
					{ calls: [{ tool: 'run', input: { command } }], saying: evil },
					{ say: evil },
				],
			},
		],
		...['--permission-mode', 'all', `EVIL${evil}`],
	);
	await screen.waitFor(/out[^]*red[^]*❯/);
	expect(screen.bytes().toString()).not.toContain('\u001b]2;pwned');
	expect(screen.bytes().toString()).not.toContain('\u001b[41m');
	expect(screen.bytes().toString()).not.toContain('\u202e');
});
