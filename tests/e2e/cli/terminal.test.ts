// Verbs at a terminal: questions, pager, progress, keys. The panes themselves are tested elsewhere.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../support/agents.ts';
import { openProgram, type Program } from '../../support/terminal-driver.ts';
import { type ScratchWeir, scratchWeir, weirProgram } from '../../support/weir.ts';

let weir: ScratchWeir;
let worktree: string;
beforeAll(async () => {
	weir = scratchWeir();
	await weir.json('new', 'api', '--', 'sh');
	({ worktree } = await weir.agent('api'));
});
afterAll(() => weir.close());

function openWeir(args: readonly string[], options: object = {}): Program {
	const argv = [process.execPath, weirProgram, ...args];
	return openProgram(argv, { cwd: weir.repo, env: weir.env, ...options });
}

test('a loss is named and confirmed by y alone: Enter, and the end of input, are no', async () => {
	writeFileSync(join(worktree, 'unsaved.txt'), 'unsaved\n');
	for (const answer of ['enter', 'ctrl+d', 'ctrl+c']) {
		await using asked = openWeir(['remove', 'api']);
		await asked.waitFor('Remove api? A snapshot is kept. y/N');
		asked.key(answer);
		expect((await asked.exit).code).not.toBe(0);
		expect(existsSync(join(worktree, 'unsaved.txt'))).toBe(true);
	}
	await using sure = openWeir(['remove', 'api']);
	await sure.waitFor('1 uncommitted: unsaved.txt');
	await sure.waitFor('y/N');
	// Longer than progress waits before it is drawn: not over a question.
	await sure.waitIdle(1500, 10_000);
	await sure.waitFor('y/N');
	sure.type('y');
	sure.key('enter');
	expect((await sure.exit).code).toBe(0);
	expect(existsSync(worktree)).toBe(false);
	await weir.json('restore', 'api');
});

test('an undo shows the step and what becomes of it, and waits for y', async () => {
	await weir.json('respawn', 'api');
	await weir.json('kill', 'api');
	await using asked = openWeir(['undo']);
	await asked.waitFor('kill of api: its program starts again in its worktree');
	asked.key('enter');
	await asked.waitFor('the kill of api was not taken back');
	expect((await asked.exit).code).toBe(3);
	await using sure = openWeir(['undo']);
	await sure.waitFor('y/N');
	sure.type('y');
	sure.key('enter');
	await sure.waitFor('undone: kill of api');
	expect((await sure.exit).code).toBe(0);
	await weir.json('kill', 'api');
	await using unasked = openWeir(['undo', '--yes']);
	await unasked.waitFor('undone: kill of api');
	expect((await unasked.exit).code).toBe(0);
});

test('a diff goes to the pager', async () => {
	const env = { ...weir.env, PAGER: 'sed s/^/paged:/' };
	await using diff = openWeir(['diff', 'api'], { env });
	await diff.waitFor('paged:+unsaved');
	expect((await diff.exit).code).toBe(0);
});

test('what takes longer than a second says what it does, and leaves a clean line', async () => {
	mkdirSync(join(weir.repo, '.weir'), { recursive: true });
	writeFileSync(
		join(weir.repo, '.weir', 'config.local.yaml'),
		'worktree:\n  setup: touch begun; while ! test -e go-on; do sleep 0.05; done\n',
	);
	await weir.json('trust', '--yes');
	await using made = openWeir(['new', 'slow', '--', 'sh']);
	await made.waitFor(/new slow.*, \d+ s/);
	const { worktree: slow } = await weir.agent('slow');
	// Where the worktree itself takes longer than a second, that is told before there is one.
	await until('the set-up begins', () => existsSync(join(slow, 'begun')));
	writeFileSync(join(slow, 'go-on'), '');
	expect((await made.exit).code).toBe(0);
	const [first, ...others] = made.screen().filter((line) => line.trim() !== '');
	expect(first).toMatch(/^slow {2}weir\/slow/);
	expect(others.join('')).not.toContain('new slow');
});

test('the keys are echoed by name until ctrl+d', async () => {
	await using echo = openWeir(['keymap', 'echo']);
	await echo.waitFor('ctrl+d ends');
	echo.key('up', 'ctrl+space');
	await echo.waitFor('ctrl+space  00  the leader');
	expect(echo.screen().some((line) => line.startsWith('up '))).toBe(true);
	echo.key('ctrl+d');
	expect((await echo.exit).code).toBe(0);
});

test('a terminal that is too small, or cannot move its cursor, is told so', async () => {
	await using dumb = openWeir([], { env: { ...weir.env, TERM: 'dumb' } });
	expect((await dumb.exit).code).toBe(3);
	expect(dumb.screen().join(' ')).toContain('weir: ');
	await using small = openWeir([], { columns: 20, rows: 5 });
	await small.waitFor(/40x15/);
});
