// The built program in a real terminal, used as a person would.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bash } from '../support/bash.ts';
import { answer as answerSeen } from '../support/cockpit.ts';
import { gitIn } from '../support/repository.ts';
import { requires } from '../support/requires.ts';
import { openProgram, type Program } from '../support/terminal-driver.ts';
import { type ScratchWeir, scratchWeir, weirProgram } from '../support/weir.ts';

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir();
});
afterEach(() => weir.close());

function openTui(columns = 120, rows = 36, ...args: string[]): Program {
	return openProgram([process.execPath, weirProgram, ...args], {
		columns,
		rows,
		cwd: weir.repo,
		env: weir.env,
	});
}

const shell = ['--', ...bash] as const;

async function quit(tui: Program): Promise<void> {
	tui.key('Q');
	await tui.waitFor('leave weir?');
	await answerSeen(tui, 'd');
	expect((await tui.exit).code).toBe(0);
}

/** Answers a dialog about a loss once it listens. */
async function answer(tui: Program, key: string, dialog: string): Promise<void> {
	await answerSeen(tui, key);
	await tui.waitFor((screen) => !screen.lines().join('\n').includes(dialog));
}

describe('an agent', () => {
	test('is started by c, typed into, killed, respawned, and goes on when the TUI is left', async () => {
		await using tui = openTui();
		await tui.waitFor('No agents yet.');
		tui.key('c');
		await tui.waitFor('new agent');
		tui.type('api');
		tui.key('tab');
		tui.type('bash --norc --noprofile');
		tui.key('enter');
		await tui.waitFor(/1 api .*─{9}/);
		await tui.waitFor(/bash-.*[#$]/);

		tui.key('i');
		await tui.waitFor('TYPE > api');
		tui.type('echo $((6 * 7))-$(basename "$PWD"); echo change > new.txt');
		tui.key('enter');
		await tui.waitFor('42-api');
		tui.key('ctrl+space', 'escape');
		await tui.waitFor(' NAV ');
		await tui.waitFor('1 uncommitted');

		const { pid } = await weir.agent('api');
		tui.key('x');
		await tui.waitFor(/kill api\?/);
		await tui.waitFor('new.txt');
		await answer(tui, 'y', 'kill api?');
		await tui.waitFor('killed api');
		expect((await weir.agent('api')).state).toBe('interrupted');
		tui.key('R');
		await tui.waitFor('started api again');
		const again = await weir.agent('api');
		expect(again.generation).toBe(2);
		expect(again.pid).not.toBe(pid);

		await quit(tui);
		expect((await weir.agent('api')).pid).toBe(again.pid);
		expect(weir.processes()).toContain(again.pid);
	});

	test('is merged by m and y, and u takes the merge back', async () => {
		await weir.run('new', 'api', ...shell);
		await weir.run(
			'send',
			'api',
			'echo two > src/b.txt; git add -A; git commit -qm "Add b"',
		);
		await using tui = openTui();
		await tui.waitFor(/\+1 /);
		tui.key('m');
		await tui.waitFor('merge api into main?');
		await tui.waitFor('Add b');
		tui.key('y');
		await tui.waitFor('merged api into main');
		expect(gitIn(weir.repo, 'show', 'main:src/b.txt')).toContain('two');
		await tui.waitFor('u undo merge of api into main');
		tui.key('u');
		await tui.waitFor(/main goes back to [0-9a-f]{10}/);
		tui.key('u');
		await tui.waitFor('took back the merge of api');
		expect(gitIn(weir.repo, 'ls-tree', '-r', '--name-only', 'main')).not.toContain(
			'b.txt',
		);
		await quit(tui);
	});

	test('that conflicts is not merged; its files are named and it can be handed over', async () => {
		await weir.run('new', 'api', ...shell);
		await weir.run('send', 'api', 'echo theirs > src/a.txt; git commit -qam "Change a"');
		writeFileSync(join(weir.repo, 'src/a.txt'), 'ours\n');
		gitIn(weir.repo, 'commit', '--quiet', '-am', 'Change a otherwise');
		await using tui = openTui();
		await tui.waitFor('+1 -1');
		tui.key('m');
		await tui.waitFor('it conflicts with main');
		await tui.waitFor('src/a.txt');
		tui.key('y');
		await tui.waitFor('f hands it to the agent');
		tui.key('f');
		await tui.waitFor('api has the conflict in src/a.txt now');
		const { worktree } = await weir.agent('api');
		expect(readFileSync(join(worktree, 'src/a.txt'), 'utf8')).toContain('<<<<<<<');
		await quit(tui);
	});

	test('that others built on is reverted after it says so, and no other step in its place', async () => {
		for (const name of ['web', 'api']) await weir.run('new', name, ...shell);
		await weir.run('kill', 'web');
		await weir.run(
			'send',
			'api',
			'echo two > src/b.txt; git add .; git commit -qm "Add b"',
		);
		await weir.run('send', 'api', 'echo comm""itted');
		await weir.shows('api', 'committed');
		await weir.run('merge', 'api', '--committed');
		gitIn(weir.repo, 'commit', '--quiet', '--allow-empty', '-m', 'Build on it');
		await using tui = openTui();
		await tui.waitFor('u undo merge of api into main');
		tui.key('u');
		await tui.waitFor('kill of web');
		tui.key('u');
		await tui.waitFor('undo by a revert?');
		await answer(tui, 'y', 'undo by a revert?');
		await tui.waitFor('reverted the merge of api into main');
		expect(gitIn(weir.repo, 'log', '--format=%s', 'main')).toContain('Build on it');
		expect(gitIn(weir.repo, 'ls-tree', '-r', '--name-only', 'main')).not.toContain(
			'b.txt',
		);
		expect((await weir.agent('web')).pid).toBe(null);
		await quit(tui);
	});

	test('is removed by X after it says what would be lost, and u brings it back', async () => {
		await weir.run('new', 'api', ...shell);
		await weir.run('send', 'api', 'echo keep > kept.txt');
		await weir.shows('api', 'keep');
		await using tui = openTui();
		await tui.waitFor('1 uncommitted');
		tui.key('X');
		await tui.waitFor('remove api?');
		await tui.waitFor('kept.txt');
		tui.key('enter');
		await answer(tui, 'y', 'remove api?');
		await tui.waitFor('removed api');
		await tui.waitFor('No agents yet.');
		tui.key('u');
		await tui.waitFor('its worktree comes back');
		tui.key('u');
		await tui.waitFor('took back the removal of api');
		const { worktree } = await weir.agent('api');
		expect(readFileSync(join(worktree, 'kept.txt'), 'utf8')).toBe('keep\n');
		tui.key('Q');
		expect((await tui.exit).code).toBe(0);
	});
});

describe('the screen', () => {
	test('shows vim, follows a resize, and gives the terminal back', async (context) => {
		requires(context, 'vim');
		await weir.run('new', 'edit', '--', 'vim', '-u', 'NONE', '-n', 'readme.md');
		await using tui = openTui(100, 30);
		await tui.waitFor('scratch');
		await tui.waitFor(
			(screen) => screen.lines().filter((line) => line.startsWith('│~')).length === 23,
		);
		tui.resize(80, 24);
		await tui.waitFor(
			(screen) => screen.lines().filter((line) => line.startsWith('│~')).length === 17,
		);
		await tui.waitFor((screen) => screen.lines()[23]?.endsWith('keys') === true);
		tui.resize(38, 12);
		await tui.waitFor('need 40x15');
		// Nothing is seen of what a key would do.
		tui.key(':');
		tui.resize(100, 30);
		await tui.waitFor('1 edit ');
		await tui.waitFor('? keys');
		await quit(tui);
		expect(tui.terminal.alternate).toBe(false);
		expect(tui.terminal.cursor.visible).toBe(true);
	});

	test('keeps the history of a pane, scrolled without jumping', async () => {
		await weir.run('new', 'api', ...shell);
		await weir.run('send', 'api', 'seq 1000 1300');
		await weir.shows('api', '1300');
		await using tui = openTui(80, 24);
		await tui.waitFor('1300');
		const topLine = () => tui.screen().find((line) => /^│1\d\d\d/.test(line));
		// Each page moves once, and the title knows of it before the lines are read.
		for (let page = 0; page < 3; page += 1) {
			const before = topLine();
			tui.key('pageup');
			await tui.waitFor(() => topLine() !== before);
		}
		await tui.waitFor(/history, \d+ above/);
		const top = topLine();
		await weir.run('send', 'api', 'echo more; seq 5');
		await tui.waitFor(/\d+ new/);
		expect(topLine()).toBe(top);
		tui.key('escape');
		await tui.waitFor('more');
		await quit(tui);
	});

	test('says when the supervisor is gone, and goes on with the next one', async () => {
		await weir.run('new', 'api', ...shell);
		await using tui = openTui();
		await tui.waitFor('1 api ');
		const { supervisor } = await weir.status();
		if (!supervisor) throw new Error('there is no supervisor');
		process.kill(supervisor.pid, 'SIGKILL');
		await tui.waitFor('the supervisor is back');
		tui.key('i');
		await tui.waitFor('TYPE > api');
		tui.type('echo still-$((1 + 1))');
		tui.key('enter');
		await tui.waitFor('still-2');
		tui.key('ctrl+space', 'escape');
		await tui.waitFor(' NAV ');
		expect((await weir.status()).supervisor?.pid).not.toBe(supervisor.pid);
		await quit(tui);
	});

	test('is left when somebody stops the supervisor', async () => {
		await weir.run('new', 'api', ...shell);
		await using tui = openTui();
		await tui.waitFor('1 api ');
		await weir.run('down', '--now');
		expect((await tui.exit).code).toBe(0);
		expect(tui.screen().join('\n')).toContain('the supervisor was stopped');
	});
});

describe('a terminal that cannot show it', () => {
	test.each([
		[20, 5, 'xterm-256color', 'need 40x15'],
		[80, 24, 'dumb', 'dumb'],
	])(
		'%dx%d %s is refused before anything is changed',
		async (columns, rows, term, why) => {
			await using tui = openProgram([process.execPath, weirProgram], {
				columns,
				rows,
				cwd: weir.repo,
				env: { ...weir.env, TERM: term },
			});
			expect((await tui.exit).code).toBe(3);
			expect(tui.screen().join('')).toContain(why);
			expect(tui.terminal.alternate).toBe(false);
			expect(weir.processes()).toEqual([]);
		},
	);

	test('no terminal at all is refused', async () => {
		const ran = await weir.run();
		expect(ran.code).toBe(3);
		expect(ran.stderr).toMatch(/^weir: .*terminal/);
	});
});
