// weir in lines, for screen readers: used end to end, and no byte of it moves a cursor.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { start } from '../support/agents.ts';
import { asking } from '../support/asking.ts';
import { left } from '../support/cockpit.ts';
import { gitIn } from '../support/repository.ts';
import { openProgram, type Program } from '../support/terminal-driver.ts';
import { type ScratchWeir, scratchWeir, weirProgram } from '../support/weir.ts';

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir();
});
afterEach(() => weir.close());

const agent = [
	"printf '\\033[31mhello\\033[m from here\\n'",
	'while read -r line; do echo "heard $line"',
	'[ "$line" = work ] && echo done > w.txt && git add . && git commit -qm w && echo ready',
	`[ "$line" = stop ] && printf '\\033]7501;state=blocked:kind=question:msg=Z28gb24=\\007'`,
	'done',
].join('; ');

test('an agent is started, read, typed into, merged, undone and killed at the prompt, and nothing moves the cursor', async () => {
	await using lines = openProgram([process.execPath, weirProgram, '--a11y'], {
		columns: 100,
		rows: 60,
		cwd: weir.repo,
		// What cannot show panes can show lines.
		env: { ...weir.env, TERM: 'dumb' },
	});
	await lines.waitFor('No agents yet. help tells what can be typed.');
	type(lines, `new api -- sh -c '${agent.replaceAll("'", `'\\''`)}'`);
	await weir.shows('api', 'hello from here');
	type(lines, 'read api');
	await lines.waitFor('api, 1 to 1 of 1 line:');
	type(lines, 'send api work');
	await weir.shows('api', 'ready');
	await lines.waitFor('Done.');
	const before = gitIn(weir.repo, 'rev-parse', 'main');
	type(lines, 'merge api');
	await lines.waitFor(/^(weir> )*api landed as/m);
	expect(gitIn(weir.repo, 'ls-tree', '--name-only', 'main')).toContain('w.txt');
	type(lines, 'undo');
	await lines.waitFor('undone: merge of api into main');
	expect(gitIn(weir.repo, 'rev-parse', 'main')).toBe(before);

	type(lines, 'menu');
	await lines.waitFor('Type a number.');
	type(lines, '1');
	await lines.waitFor('3 press keys in it');
	type(lines, '2');
	await lines.waitFor('text for api>');
	type(lines, 'stop');
	await lines.waitFor('1 api asks: go on. 1 of 1.');
	expect(lines.bytes().includes(7)).toBe(true);
	type(lines, 'next');
	await lines.waitFor(/^(weir> )*1 api asks for less than a minute: go on\./m);
	type(lines, 'kill api');
	await lines.waitFor('api killed; its worktree stays');
	type(lines, 'status');
	await lines.waitFor('1 api is interrupted for');
	type(lines, 'quit');
	expect(await left(lines)).toBe(0);
	expect(lines.bytes().includes(0x1b)).toBe(false);
});

test('settings that were broken before it was opened are told', async () => {
	const file = join(weir.repo, '.weir', 'config.yaml');
	mkdirSync(dirname(file));
	writeFileSync(file, 'layout: [\n');
	await weir.run('up');
	await using lines = openProgram([process.execPath, weirProgram, '--a11y'], {
		columns: 160,
		rows: 60,
		cwd: weir.repo,
		env: weir.env,
	});
	await lines.waitFor('weir config check; nothing in that file counts.');
	type(lines, 'quit');
	expect(await left(lines)).toBe(0);
});

test('what an agent printed is read from its end up to its first line', async () => {
	await weir.json('new', 'long', '--', 'sh', '-c', 'seq 1 2000; exec cat');
	await weir.shows('long', '2000');
	await using lines = openProgram([process.execPath, weirProgram, '--a11y'], {
		columns: 100,
		rows: 60,
		cwd: weir.repo,
		env: { ...weir.env, TERM: 'dumb' },
	});
	await lines.waitFor('1 agent, none needs you.');
	type(lines, 'read long 3');
	await lines.waitFor('long, 1998 to 2000 of 2,000 lines:\n1998\n1999\n2000');
	type(lines, 'older');
	await lines.waitFor('long, 1995 to 1997 of 2,000 lines:\n1995\n1996\n1997');
	type(lines, 'read long 1990');
	await lines.waitFor('2000\nweir>');
	type(lines, 'older');
	await lines.waitFor('long, 1 to 10 of 2,000 lines:\n1\n2');
	type(lines, 'older');
	await lines.waitFor('That was the first line of long.');
	type(lines, 'quit');
	expect(await left(lines)).toBe(0);
});

test('a question is said with its answers, and answered by the number of one', async () => {
	await using lines = openProgram([process.execPath, weirProgram, '--a11y'], {
		columns: 120,
		rows: 60,
		cwd: weir.repo,
		env: { ...weir.env, TERM: 'dumb' },
	});
	await lines.waitFor('No agents yet.');
	await start(weir, 'api', asking('Keep the v1 route?', ['keep', 'drop']));
	await lines.waitFor('1 api asks: Keep the v1 route? 1 of 1. Answers: keep, drop');
	type(lines, 'inbox');
	await lines.waitFor('2 answer api: drop');
	expect(lines.screen().join('\n')).toContain(
		'api asks, for less than a minute: Keep the v1 route?',
	);
	type(lines, '2');
	await weir.shows('api', 'heard: drop');
	type(lines, 'inbox');
	await lines.waitFor('Nobody needs you.');
	type(lines, 'quit');
	expect(await left(lines)).toBe(0);
});

function type(lines: Program, line: string): void {
	lines.type(`${line}\r`);
}
