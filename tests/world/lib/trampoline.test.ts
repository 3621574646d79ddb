import { spawnSync } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { newMark } from '../../../src/lib/lineage.ts';
import {
	compiledTrampoline,
	guardedArgv,
	heldArgv,
	unheld,
} from '../../../src/lib/trampoline.ts';
import { makeScratch } from '../../support/scratch.ts';
import { openProgram } from '../../support/terminal-driver.ts';

// The one of this source, and the script that an installation runs.
beforeAll(() => {
	const script = new URL('../../../scripts/build-trampoline.mjs', import.meta.url);
	const built = spawnSync(process.execPath, [script.pathname], { encoding: 'utf8' });
	expect([built.status, built.stderr]).toEqual([0, '']);
});

describe.each([
	{ trampoline: 'the compiled trampoline', fallback: false },
	{ trampoline: 'the trampoline in Node', fallback: true },
])('$trampoline', ({ fallback }) => {
	const guarded = (...argv: string[]) => guardedArgv(argv, { fallback });
	const run = (argv: readonly [string, ...string[]], ...inherited: number[]) =>
		spawnSync(argv[0], argv.slice(1), {
			encoding: 'utf8',
			stdio: ['pipe', 'pipe', 'pipe', ...inherited],
		});

	test('is built', ({ skip }) => {
		skip(fallback, 'this one is a script, which nobody builds');
		expect(compiledTrampoline()).not.toBeNull();
	});

	test('keeps the descriptors of its starter from the program', () => {
		const secret = openSync('/etc/hostname', 'r');
		onTestFinished(() => closeSync(secret));
		const list = 'ls -l /proc/$$/fd';
		const shell = ['sh', '-c', `exec 9</etc/hostname; "$@"`, 'sh'] as const;
		const open = run([...shell, 'sh', '-c', list], secret);
		expect(open.stdout.match(/\/etc\/hostname/g)).toHaveLength(2);
		const closed = run([...shell, ...guarded('sh', '-c', list)], secret);
		expect(closed.stdout.match(/ [0-9]+ -> /g)).toEqual([' 0 -> ', ' 1 -> ', ' 2 -> ']);
	});

	test('hands on exit code, words and streams', () => {
		const script = 'cat; printf "[%s]" "$@"; exit 42';
		const [file, ...words] = guarded('sh', '-c', script, 'sh', '', '-x', '--', 'a b');
		const ran = spawnSync(file, words, { encoding: 'utf8', input: 'in' });
		expect(ran.stdout).toBe('in[][-x][--][a b]');
		expect(ran.status).toBe(42);
	});

	test('is the very process that the program then is', () => {
		expect(run(guarded('sh', '-c', 'kill -TERM $$')).signal).toBe('SIGTERM');
		const ran = run(guarded('sh', '-c', 'echo $$'));
		expect(ran.stdout.trim()).toBe(String(ran.pid));
	});

	test('says in one sentence what it cannot start', () => {
		const missing = run(guarded('no-such-program', 'x'));
		expect(missing.status).toBe(127);
		expect(missing.stderr).toBe(
			"weir: cannot start 'no-such-program': No such file or directory\n",
		);
		const path = join(makeScratch(), 'plain');
		writeFileSync(path, 'text');
		const plain = run(guarded(path));
		expect(plain.status).toBe(126);
		expect(plain.stderr).toBe(`weir: cannot start '${path}': Permission denied\n`);
	});

	test('refuses a wrong call', () => {
		const base = guarded().slice(0, -1);
		for (const [words, sentence] of [
			[['--sandbox', '--', 'true'], "weir: exec-guarded has no option '--sandbox'\n"],
			[['--'], 'weir: exec-guarded was given no program to start\n'],
		] as const) {
			const [file = '', ...before] = base;
			const ran = run([file, ...before, ...words]);
			expect([ran.status, ran.stderr]).toEqual([125, sentence]);
		}
	});

	test('starts the program with default signals', () => {
		const deaf = ['env', '--ignore-signal=HUP,PIPE', '--block-signal=USR1'] as const;
		const states = (...argv: string[]) =>
			run([...deaf, ...argv, 'grep', '-E', 'Sig(Blk|Ign)', '/proc/self/status']).stdout;
		const none = '0000000000000000';
		expect(states()).not.toContain(`SigIgn:\t${none}`);
		expect(states(...guarded())).toBe(`SigBlk:\t${none}\nSigIgn:\t${none}\n`);
	});

	test('lets the program and its offspring wear a mark', () => {
		const mark = newMark();
		const look = 'env -i setsid grep "realtime timeout" /proc/self/limits';
		const ran = run(guardedArgv(['sh', '-c', look], { mark, fallback }));
		expect(mark).toMatch(/^\d{19}$/);
		expect(ran.stdout).toContain(` ${mark} `);
	});

	test('Ctrl-C and a new size reach the program in its terminal', async () => {
		const script =
			'trap "echo INT" INT; trap "stty size" WINCH; echo up; while :; do read l; done';
		await using program = openProgram(guarded('bash', '-c', script));
		await program.waitFor('up');
		program.key('ctrl+c');
		await program.waitFor('INT');
		program.resize(71, 19);
		// bash runs the trap after the read that the signal has not ended.
		program.key('enter');
		expect(await program.waitFor('19 71')).toContain('^CINT');
	});

	test('tells the terminal that its input is UTF-8 before the program begins', async () => {
		await using program = openProgram(guarded('sh', '-c', 'stty -a; echo over'));
		const screen = await program.waitFor('over');
		expect(screen.join(' ')).toMatch(/ iutf8/);
	});

	test('comes to the foreground from behind, in a group of its own', async () => {
		const look =
			'read -r pid _ _ _ group session _ front _ </proc/$$/stat; echo $pid=$group=$front/$session';
		// Job control puts the background job in a group that is not in front, and takes a stop of it
		// for an end: it is waited for without.
		const script = 'set -m; "$@" & set +m; while kill -0 $!; do wait; done; echo over';
		const inner = guarded('sh', '-c', look);
		await using program = openProgram(['bash', '-c', script, 'bash', ...inner]);
		const screen = await program.waitFor('over');
		const line = screen.find((row) => row.includes('=')) ?? '';
		const [, pid, group, front, session] = /^(\d+)=(\d+)=(\d+)\/(\d+)/.exec(line) ?? [];
		expect([group, front]).toEqual([pid, pid]);
		expect(session).toBe(String(program.pid));
	});
});

test('what is held is known by its own words', () => {
	const words = ['sh', '-c', 'x', '--', 'y'];
	expect(unheld(heldArgv(words, { box: '/a/box' }))).toEqual(words);
	expect(unheld(words)).toEqual(words);
});
