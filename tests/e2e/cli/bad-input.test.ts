// What goes wrong around weir, by the list of the issue: each ends in one sentence and a next step,
// with the documented exit code, and nothing is lost or left.
import { spawnSync } from 'node:child_process';
import {
	chmodSync,
	cpSync,
	existsSync,
	lstatSync,
	mkdirSync,
	openSync,
	readdirSync,
	renameSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gitIn, makeRepository, scratchFolder } from '../../support/repository.ts';
import { noSmallDisk, onSmallDisk } from '../../support/small-disk.ts';
import {
	type Ran,
	type ScratchWeir,
	scratchWeir,
	weirProgram,
} from '../../support/weir.ts';

let weir: ScratchWeir;
beforeAll(() => {
	weir = scratchWeir();
});
afterAll(() => weir.close());

const isSocket = (path: string) => lstatSync(path).isSocket();

/** What is not as it should be: one sentence, one line of what to do, and nothing else. */
function faultsOf(ran: Ran, code: number, ...words: string[]): string[] {
	const faults = words.filter((word) => !ran.stderr.includes(word));
	if (ran.code !== code) faults.push(`ended with ${ran.code}`);
	if (ran.stdout !== '') faults.push(`printed ${ran.stdout}`);
	if (!oneSentence.test(ran.stderr)) faults.push('is no sentence');
	return faults.length === 0 ? [] : [...faults, ran.stderr];
}

const oneSentence = /^weir: [^\n]+\n(?: {2}[^\n]+\n)?$/;

/** A folder with a git that knows its version and none of today's options. */
function oldGit(): string {
	const folder = scratchFolder();
	const script = `#!/bin/sh
[ "$*" = --version ] && echo git version 2.20.4 && exit
echo 'error: unknown option' >&2
exit 129
`;
	writeFileSync(join(folder, 'git'), script, { mode: 0o755 });
	return folder;
}

describe('where there is no usable repository', () => {
	test('a folder that is none', async () => {
		const outside = await weir.runWith({ cwd: weir.folder }, 'list');
		expect(faultsOf(outside, 3, 'is not in a git repository', 'git init')).toEqual([]);
		const missing = await weir.run('list', '--repo', '/nonexistent');
		expect(faultsOf(missing, 3, '/nonexistent')).toEqual([]);
		expect(faultsOf(await weir.runWith({ cwd: weir.folder }), 3, 'git init')).toEqual([]);
	});

	test('one that is named before the verb is found as one named after it', async () => {
		const outside = { cwd: weir.folder };
		for (const words of [
			['--repo', weir.repo, 'list', '--names'],
			[`--repo=${weir.repo}`, 'list', '--names'],
		])
			expect(await weir.runWith(outside, ...words)).toMatchObject({ code: 0 });
	});

	test('other flags before the verb are those of the verb as well', async () => {
		const listed = await weir.run('--json', '--repo', weir.repo, 'list');
		expect(JSON.parse(listed.stdout)).toMatchObject({ v: 1 });
		const ascii = await weir.run('--ascii', 'list');
		expect(faultsOf(ascii, 2, 'no flag --ascii', 'weir help list')).toEqual([]);
		const typo = await weir.run('--ascii', 'lst');
		expect(faultsOf(typo, 2, 'no verb lst; did you mean list?', 'weir help')).toEqual([]);
	});

	test('one without commits', async () => {
		const empty = scratchFolder();
		gitIn(empty, 'init', '--quiet');
		const made = await weir.run('new', 'api', '--repo', empty);
		expect(faultsOf(made, 3, 'no commits', 'git commit --allow-empty')).toEqual([]);
		expect(existsSync(join(empty, '.git', 'weir'))).toBe(false);
	});

	test('git that is missing, and git that is too old', async () => {
		const none = scratchFolder();
		const missing = await weir.runWith({ env: { PATH: none } }, 'up');
		expect(faultsOf(missing, 3, 'git was not found on PATH', 'install git 2.39')).toEqual(
			[],
		);
		writeFileSync(join(none, 'git'), '#!/bin/sh\necho git version 2.20.1\n');
		chmodSync(join(none, 'git'), 0o755);
		const old = await weir.runWith({ env: { PATH: `${none}:/bin:/usr/bin` } }, 'up');
		expect(faultsOf(old, 3, '2.20.1', 'install git 2.39')).toEqual([]);
	});

	test.each([['up'], ['new', 'api'], ['list'], ['demo', '--headless']])(
		'git whose options are as old as itself: %s %s',
		async (...args) => {
			const env = { PATH: `${oldGit()}:/bin:/usr/bin` };
			const old = await weir.runWith({ env }, ...args);
			expect(faultsOf(old, 3, '2.20.4', 'install git 2.39')).toEqual([]);
		},
	);

	test('the doctor tells the age of git by the same question', async () => {
		const env = { PATH: `${oldGit()}:/bin:/usr/bin` };
		const doctor = await weir.runWith({ env }, 'doctor');
		expect(doctor.code).toBe(1);
		expect(doctor.stdout).toMatch(/^bad +git +git is 2\.20\.4; weir needs 2\.39/m);
	});

	test("somebody else's repository", async ({ skip }) => {
		if (process.getuid?.() !== 0) return skip('only root can give a folder away');
		const top = makeRepository();
		spawnSync('chown', ['-R', '12345', top]);
		const up = await weir.run('up', '--repo', top);
		expect(faultsOf(up, 3, 'belongs to another user', 'safe.directory')).toEqual([]);
		expect(existsSync(join(top, '.git', 'weir'))).toBe(false);
	});
});

describe('a repository that was copied or moved', () => {
	test('a copy never speaks to the supervisor of the original', async () => {
		await weir.json('up');
		const copy = join(scratchFolder(), 'copy');
		cpSync(weir.repo, copy, { recursive: true, filter: (path) => !isSocket(path) });
		const listed = await weir.run('list', '--repo', copy);
		expect(faultsOf(listed, 3, 'is a copy of', weir.repo)).toEqual([]);
		const made = await weir.run('new', 'api', '--repo', copy, '--', 'sh');
		expect(faultsOf(made, 3, 'is a copy of')).toEqual([]);
		expect((await weir.run('list', '--names')).stdout).toBe('');
	});

	test('agents of one that moved run on, and nothing is laid where it was', async () => {
		const before = join(weir.folder, 'before');
		const after = join(weir.folder, 'after');
		gitIn(weir.folder, 'clone', '--quiet', weir.repo, before);
		const there = { cwd: after };
		const lives = ['--', 'sh', '-c', 'echo begun; exec sh'];
		const made = await weir.run('new', 'api', 'web', '--repo', before, ...lives);
		expect(made).toMatchObject({ code: 0 });
		const here = { cwd: before };
		// A program whose folders move before it is held cannot begin.
		for (const name of ['api', 'web'])
			await expect
				.poll(async () => (await weir.runWith(here, 'screen', name)).stdout)
				.toContain('begun');
		renameSync(before, after);
		const sent = await weir.runWith(there, 'send', 'api', 'echo moved-$((6*7))');
		expect(sent).toMatchObject({ code: 0 });
		await expect
			.poll(async () => (await weir.runWith(there, 'screen', 'api')).stdout)
			.toContain('moved-42');
		expect((await weir.runWith(there, 'kill', 'web')).code).toBe(0);
		expect((await weir.runWith(there, 'respawn', 'web')).code).toBe(0);
		expect((await weir.runWith(there, 'down', '--now')).code).toBe(0);
		expect(existsSync(before)).toBe(false);
	});
});

describe('names', () => {
	test.each([
		['a/b', 'use a-b'],
		['a..b', 'use a.b'],
		['a b', 'use a-b'],
		['x'.repeat(300), '300 characters'],
		['🚀', 'use a name like'],
		['..', 'use a name like'],
		['all', 'reserve'],
		['', 'the name "" is empty'],
	])('%j is refused with one that would do', async (name, says) => {
		expect(faultsOf(await weir.run('new', name, '--', 'sh'), 3, says)).toEqual([]);
	});

	test('one that begins with - is a flag that there is not', async () => {
		expect(
			faultsOf(await weir.run('new', '-api', '--', 'sh'), 2, 'there is no flag -api'),
		).toEqual([]);
	});
});

describe('what cannot be made', () => {
	test('from a base that does not exist', async () => {
		const made = await weir.run('new', 'api', '--base', 'nowhere', '--', 'sh');
		expect(faultsOf(made, 3, 'nowhere', 'git branch')).toEqual([]);
	});

	test('on a branch that exists, or that stands in the way', async () => {
		gitIn(weir.repo, 'branch', 'weir/taken');
		const taken = await weir.run('new', 'taken', '--', 'sh');
		expect(
			faultsOf(taken, 3, 'weir/taken exists already', 'git branch -m weir/taken'),
		).toEqual([]);
		gitIn(weir.repo, 'branch', '-D', 'weir/taken');
		gitIn(weir.repo, 'branch', 'weir');
		expect(
			faultsOf(await weir.run('new', 'api', '--', 'sh'), 3, 'git branch -m weir'),
		).toEqual([]);
		gitIn(weir.repo, 'branch', '-D', 'weir');
	});

	test('with a command that is not found or not executable', async () => {
		const none = await weir.run('new', 'api', '--', 'no-such-program');
		expect(faultsOf(none, 3, 'no-such-program is not on the PATH')).toEqual([]);
		const file = await weir.run('new', 'api', '--', join(weir.repo, 'readme.md'));
		expect(faultsOf(file, 3, 'cannot be executed')).toEqual([]);
		const empty = await weir.run('new', 'api', '--', '');
		expect(faultsOf(empty, 3, 'the command is empty, so api was not made')).toEqual([]);
	});

	test('of an agent kind whose program is not installed', async () => {
		mkdirSync(join(weir.repo, '.weir'), { recursive: true });
		const file = join(weir.repo, '.weir', 'config.local.yaml');
		writeFileSync(file, 'agents:\n  robot:\n    command: [no-such-robot]\n');
		await weir.run('trust', '--yes');
		const made = await weir.run('new', 'api', '--agent', 'robot');
		expect(faultsOf(made, 3, 'no-such-robot is not on the PATH')).toEqual([]);
		spawnSync('rm', ['-r', join(weir.repo, '.weir')]);
	});

	test('leaves no agent, branch or worktree behind', async () => {
		expect((await weir.run('list', '--names')).stdout).toBe('');
		expect(gitIn(weir.repo, 'branch', '--list', 'weir/*')).toBe('');
		const data = join(weir.env.XDG_DATA_HOME ?? '', 'weir');
		const own = readdirSync(data).filter((name) => name.startsWith('repo-'));
		const left = own.flatMap((name) => readdirSync(join(data, name)));
		expect(left.filter((name) => !name.startsWith('.'))).toEqual([]);
	});

	test('with settings that have a wrong key: file, line, column, nearest key', async () => {
		mkdirSync(join(weir.repo, '.weir'), { recursive: true });
		const file = join(weir.repo, '.weir', 'config.local.yaml');
		writeFileSync(file, 'mouse: true\nlayuot: grid\n');
		const made = await weir.run('new', 'api', '--', 'sh');
		expect(
			faultsOf(made, 3, `${file}:2:1: there is no setting layuot; did you mean layout?`),
		).toEqual([]);
		writeFileSync(file, 'worktre:\n  copy: []\n');
		const group = await weir.run('new', 'api', '--', 'sh');
		expect(faultsOf(group, 3, `${file}:1:1: `, 'did you mean worktree?')).toEqual([]);
		writeFileSync(file, 'layout: pink\n');
		const other = await weir.run('config', 'set', '--local', 'mouse', 'false');
		expect(faultsOf(other, 3, `${file}:1:1: layout: expected auto, `)).toEqual([]);
		spawnSync('rm', ['-r', join(weir.repo, '.weir')]);
	});
});

describe('command lines', () => {
	test.each([
		[['lsit'], 2, 'did you mean list?'],
		[['list', '--jsn'], 2, 'did you mean --json?'],
		[['list', 'extra'], 2, '"extra" is one argument too many'],
		[['new'], 2, 'too few arguments'],
		[['wait', 'api', '--until'], 2, '--until needs STATE'],
		[['list', '--json=yes'], 2, '--json takes no value'],
		[['wait', 'a', '--until', 'idle', '--timeout', 'soon'], 2, 'a number'],
		[['new', 'api', '--scope', '../x', '--', 'sh'], 3, '../x leads out of a folder'],
		[['new', 'api', '--scope', '!x', '--', 'sh'], 3, 'nothing is left to write'],
		[['new', 'api', '--gate=test'], 3, 'gates'],
		[['new', 'api', '--role', 'qa'], 3, 'roles'],
		[['plan'], 3, 'missions'],
		[['kill', ''], 3, 'no agent is called ""'],
		[['new', 'api', '--prompt', 'x'.repeat(70_000), '--', 'sh'], 3, 'at most 65536 char'],
	] as const)('%j ends with %i', async (words, code, says) => {
		expect(faultsOf(await weir.run(...words), code, says)).toEqual([]);
	});

	test.each([
		[['list', '--jsno', '--json'], 2, 'usage.invalid'],
		[['frob', '--json'], 2, 'usage.invalid'],
		[['plan', '--json'], 3, 'feature.later'],
	])('a refusal is JSON where JSON was asked for: %j', async (words, code, refusal) => {
		const ran = await weir.run(...words);
		expect(ran).toMatchObject({ code, stderr: '' });
		expect(JSON.parse(ran.stdout).refusal.code).toBe(refusal);
	});

	test('what cannot be printed is told, and is no success', () => {
		const ran = spawnSync(process.execPath, [weirProgram, 'help'], {
			env: weir.env,
			stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
			encoding: 'utf8',
		});
		expect(ran.stderr).toMatch(
			/^weir: it was carried out, but could not be printed: ENOSPC.*\n$/,
		);
		expect(ran.status).toBe(1);
	});
});

describe('places that weir cannot use', () => {
	test('a full disk', async ({ skip }) => {
		const no = noSmallDisk();
		if (no) return skip(no);
		const disk = scratchFolder();
		const script = `
			set -e
			git clone --quiet "${weir.repo}" "${disk}/repo"
			cd "${disk}/repo"
			dd if=/dev/zero of="${disk}/fill" bs=4k 2>/dev/null || true
			"${process.execPath}" "${weirProgram}" up && code=0 || code=$?
			echo "code $code"`;
		const [file, ...args] = onSmallDisk(disk, '2m', ['sh', '-c', script]);
		const ran = spawnSync(file, args, { cwd: disk, env: weir.env, encoding: 'utf8' });
		expect(ran.stdout).toMatch(/^code [34]\n$/);
		expect(ran.stderr).toMatch(oneSentence);
		expect(ran.stderr).toMatch(/full|space|ENOSPC/i);
	});

	test('a read-only repository', async ({ skip }) => {
		const no = noSmallDisk();
		if (no) return skip(`mounts: ${no}`);
		const top = makeRepository();
		const script = `
			set -e
			mount --bind "${top}" "${top}"
			mount -o remount,ro,bind "${top}"
			"${process.execPath}" "${weirProgram}" new api --repo "${top}" -- sh || echo "code $?"`;
		const ran = spawnSync('unshare', ['-rm', 'sh', '-c', script], {
			cwd: top,
			env: weir.env,
			encoding: 'utf8',
		});
		expect(ran.stdout).toBe('code 3\n');
		expect(ran.stderr).toMatch(oneSentence);
		expect(ran.stderr).toContain(top);
	});

	test('no folder for worktrees, and one that is named from the repository', async () => {
		const root = (folder: string) =>
			weir.run('config', 'set', '--local', 'worktree.root', folder);
		await root('/proc/nope');
		const made = await weir.run('new', 'api', '--', 'sh');
		const says = 'worktrees cannot lie in /proc/nope: ENOENT';
		expect(faultsOf(made, 3, says, 'worktree.root DIR')).toEqual([]);
		const folder = join(weir.folder, 'beside');
		await root('../beside');
		expect(await weir.run('new', 'api', '--', 'sh')).toMatchObject({
			code: 0,
			stdout: `api  weir/api  ${join(folder, 'api')}\n`,
		});
		await weir.json('kill', 'api');
		await weir.json('remove', 'api', '--yes');
		spawnSync('rm', ['-r', join(weir.repo, '.weir')]);
	});

	test("a runtime folder that is somebody else's, or a link", async ({ skip }) => {
		const run = scratchFolder();
		chmodSync(run, 0o700);
		symlinkSync('/tmp', join(run, 'weir'));
		const top = makeRepository();
		const env = { XDG_RUNTIME_DIR: run };
		const link = await weir.runWith({ env }, 'up', '--repo', top);
		expect(faultsOf(link, 3, 'symbolic link', 'rm --')).toEqual([]);
		if (process.getuid?.() !== 0) return skip('only root can give a folder away');
		spawnSync('rm', [join(run, 'weir')]);
		mkdirSync(join(run, 'weir'), { mode: 0o700 });
		spawnSync('chown', ['12345', join(run, 'weir')]);
		const foreign = await weir.runWith({ env }, 'up', '--repo', top);
		expect(faultsOf(foreign, 3, 'belongs to user 12345')).toEqual([]);
	});
});

describe('terminals', () => {
	test('none, and one that cannot move its cursor', async () => {
		const none = await weir.runWith({});
		expect(faultsOf(none, 3, 'terminal')).toEqual([]);
		const dumb = await weir.runWith({ env: { TERM: 'dumb' } }, 'demo');
		expect(faultsOf(dumb, 3, 'terminal', 'weir demo --headless')).toEqual([]);
		expect(readdirSync(weir.env.TMPDIR ?? '')).toEqual([]);
	});
});
