// What is typed into agents and what they print, and a shell beside one.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, start, until } from '../support/agents.ts';
import { isRunning } from '../support/process-tree.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeAll(() => {
	weir = scratchWeir({ 'src/a.txt': 'one\n' });
});
afterAll(() => weir.close());

test('the screen has its history', async () => {
	await start(weir, 'long', ['sh', '-c', 'seq 1 500; exec sleep 1000']);
	await weir.shows('long', '500');
	const plain = (await weir.run('screen', 'long')).stdout.split('\n');
	expect(plain).not.toContain('1');
	const whole = (await weir.run('screen', 'long', '--history')).stdout.split('\n');
	const numbers = whole.filter((line) => /^\d+$/.test(line)).map(Number);
	expect(numbers).toEqual(Array.from({ length: 500 }, (_, at) => at + 1));
});

test('what is sent while an agent starts is typed once it runs', async () => {
	const made = weir.run('new', 'listener', '--', 'cat');
	for (;;) {
		const sent = await weir.run('send', 'listener', 'hello there', '--json');
		if (sent.code === 0) break;
		expect(sent.stdout).toContain('agent.unknown');
	}
	expect((await made).code).toBe(0);
	await weir.shows('listener', 'hello there');
	expect((await weir.run('keys', 'listener', 'ctrl+d')).code).toBe(0);
	await weir.json('wait', 'listener', '--until', 'done', '--timeout', '60');
});

test('a prompt for a plain program is a comment that runs nothing', async () => {
	const { worktree } = await start(
		...([weir, 'shy', ['bash', '--norc']] as const),
		...['--prompt', 'rm -rf src; $(touch ran)\ntouch ran-too'],
	);
	await weir.shows('shy', '# rm -rf src; $(touch ran) touch ran-too');
	await weir.run('send', 'shy', 'echo $((40 + 2)) follows');
	await weir.shows('shy', '42 follows');
	expect(existsSync(join(worktree, 'ran'))).toBe(false);
	expect(existsSync(join(worktree, 'ran-too'))).toBe(false);
	expect(existsSync(join(worktree, 'src/a.txt'))).toBe(true);
});

test('a shell beside an agent stands in its worktree and speaks for nobody', async () => {
	const { worktree, pid } = await start(weir, 'host');
	const said = join(weir.folder, 'shell-said');
	await ask(weir, 'shell', {
		agent: 'host',
		argv: ['sh', '-c', `(pwd; echo "token:$WEIR_TOKEN") >${said}; exec sleep 1000`],
		env: weir.env,
		columns: 80,
		rows: 24,
	});
	await until('the shell spoke', () => existsSync(said) && linesOf(said).length === 2);
	expect(linesOf(said)).toEqual([worktree, 'token:']);
	await weir.json('kill', 'host');
	expect(isRunning(pid)).toBe(false);
});

const linesOf = (path: string) => readFileSync(path, 'utf8').trim().split('\n');
