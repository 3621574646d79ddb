// Programs that are really held: what they can still do, and what they cannot.
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Place } from '../../../src/guard/sandbox/plan.ts';
import { newMark } from '../../../src/lib/lineage.ts';
import { guardedArgv, wideningArgv } from '../../../src/lib/trampoline.ts';
import { type HeldFolder, heldFolder, requiresPrevention } from '../../support/held.ts';
import { requires } from '../../support/requires.ts';
import { openProgram, type Program } from '../../support/terminal-driver.ts';

// Of this source.
beforeAll(() => {
	const script = new URL('../../../scripts/build-trampoline.mjs', import.meta.url);
	const built = spawnSync(process.execPath, [script.pathname], { encoding: 'utf8' });
	expect([built.status, built.stderr]).toEqual([0, '']);
});

const files = { 'in/a': 'a\n', 'out/b': 'b\n', 'in/shut/c': 'c\n' };
const openIn = (folder: string): Place[] => [
	{ kind: 'read-only', path: folder },
	{ kind: 'writable', path: `${folder}/in` },
	{ kind: 'read-only', path: `${folder}/in/shut` },
];

describe.each(['bubblewrap', 'landlock'] as const)('held by %s', (holding) => {
	const folder = () => heldFolder(holding, files, openIn);

	test('a program writes what it may and nothing else', async (context) => {
		await requiresPrevention(context, holding);
		const held = folder();
		const tries = [
			'echo 1 >>in/a; echo 1 >in/new; mkdir in/d; mv in/new in/d/moved; rm in/d/moved',
			'echo 2 >>out/b; rm out/b; mv out/b in/b; rm -f in/b; ln out/b in/hard; echo >new; mkdir out/d',
			'ln -s ../out in/link; echo 3 >in/link/b; echo 3 >in/link/new',
			'exec 3<out/b; echo 4 >/proc/self/fd/3; echo 4 >"/proc/self/root$PWD/out/b"',
			'truncate -s 0 out/b; cp in/a out/b; sed -i s/b/x/ out/b; tee out/b <in/a',
		];
		const ran = await held.shell(tries.join('\n'));
		expect(ran.stderr).not.toBe('');
		expect(held.text('in/a')).toBe('a\n1\n');
		expect(held.text('out/b')).toBe('b\n');
		expect(existsSync(held.at('new'))).toBe(false);
		const left = execFileSync('ls', ['-A', 'out', 'in'], { cwd: held.folder });
		expect(left.toString()).toBe('in:\na\nd\nlink\nshut\n\nout:\nb\n');
	});

	test('it is the very process that the program then is', async (context) => {
		await requiresPrevention(context, holding);
		const held = folder();
		const told = await held.shell('echo $$; exit 42');
		expect([told.stdout.trim(), told.code]).toEqual([String(told.pid), 42]);
		const killed = await held.shell('kill -TERM $$');
		expect([killed.code, killed.signal]).toEqual([null, 'SIGTERM']);
		const alone = await held.shell('ps -o comm= --ppid $$; :');
		expect(alone.stdout).toBe('ps\n');
	});

	test('it has no descriptor of its starter, and no right over its namespaces', async (context) => {
		await requiresPrevention(context, holding);
		const held = folder();
		const secret = openSync(held.at('out/b'), 'r+');
		onTestFinished(() => closeSync(secret));
		const [file, ...args] = held.argv('sh', '-c', 'ls /proc/$$/fd; echo 9 >&5');
		const stdio = ['pipe', 'pipe', 'pipe', secret, secret, secret] as const;
		const ran = spawnSync(file, args, { stdio: [...stdio], encoding: 'utf8' });
		expect(ran.stdout).toBe('0\n1\n2\n');
		expect(held.text('out/b')).toBe('b\n');
		await held.shell('mount -o remount,bind,rw / ; umount -l /tmp; echo 1 >out/b');
		expect(held.text('out/b')).toBe('b\n');
	});

	test('it wears its mark, as its offspring does', async (context) => {
		await requiresPrevention(context, holding);
		const held = folder();
		const mark = newMark();
		const look = 'env -i setsid grep "realtime timeout" /proc/self/limits';
		const [file, ...args] = guardedArgv(held.argv('sh', '-c', look), { mark });
		const ran = spawnSync(file, args, { cwd: held.folder, encoding: 'utf8' });
		expect(ran.stdout).toContain(` ${mark} `);
	});

	test('Ctrl-C, a new size and jobs reach it, and its exit code is its own', async (context) => {
		await requiresPrevention(context, holding);
		const held = folder();
		const script =
			'trap "echo INT" INT; trap "stty size" WINCH; echo up; read l; set -m; sh -c "kill -STOP \\$\\$; echo on" & wait %1; fg %1; read l; exit 7';
		await using program = openProgram(guardedArgv(held.argv('bash', '-c', script)), {
			cwd: held.folder,
		});
		await program.waitFor('up');
		program.key('ctrl+c');
		await program.waitFor('INT');
		program.resize(71, 19);
		program.key('enter');
		await program.waitFor('19 71');
		await program.waitFor('on');
		program.key('enter');
		expect(await program.exit).toEqual({ code: 7, signal: null });
	});

	test('it cannot signal what runs outside', async (context) => {
		await requiresPrevention(context, holding);
		const held = folder();
		const [release = ''] = execFileSync('uname', ['-r']).toString().split('-');
		const [major = 0, minor = 0] = release.split('.').map(Number);
		if (major < 6 || (major === 6 && minor < 12))
			context.skip('Landlock keeps signals back since Linux 6.12');
		const ran = await held.shell(`kill -0 ${process.pid} && echo reached`);
		expect(ran.stdout).toBe('');
		expect((await held.shell('sleep 9 & kill $! && wait $!; echo $?')).stdout).toBe(
			'143\n',
		);
	});
});

describe('under Landlock', () => {
	const tries = (other: string) =>
		[
			`(echo planted >${other}) 2>/dev/null && echo wrote`,
			`(read -t 0 x <${other}) 2>/dev/null && echo read`,
			'echo own >/dev/tty && echo own >"$(tty)" && echo reads && read l <"$(tty)" && echo "got $l"',
			'ls /dev/shm >/dev/null && cat /etc/passwd >/dev/null && echo all else',
			"script -qec 'echo within' /dev/null || echo none made; echo over; read l",
		].join('; ');
	const atTerminal = async (
		held: HeldFolder,
		plays: (program: Program, other: Program) => Promise<void>,
	) => {
		await using other = openProgram(['sh', '-c', 'tty; read l'], { cwd: held.folder });
		const [line = ''] = await other.waitFor('/dev/pts/');
		const argv = guardedArgv(held.argv('bash', '-c', tries(line.trim())));
		await using program = openProgram(argv, { cwd: held.folder });
		// Sooner, its echo may come between what the program prints.
		await program.waitFor('reads');
		program.type('mine');
		program.key('enter');
		await program.waitFor('over');
		await plays(program, other);
	};

	test('a program opens no terminal but its own', async (context) => {
		await requiresPrevention(context, 'landlock');
		requires(context, 'script');
		await atTerminal(heldFolder('landlock', files, openIn), async (program, other) => {
			const said = (await program.waitFor('over')).join('\n');
			expect(said).not.toMatch(/wrote|read$/m);
			expect(said).toMatch(/own\s+own[^]*got mine[^]*all else[^]*none made/);
			expect((await other.waitFor('/dev/pts/')).join('\n')).not.toContain('planted');
		});
	});

	test('unless the settings leave them all to it', async (context) => {
		await requiresPrevention(context, 'landlock');
		requires(context, 'script');
		const held = heldFolder('landlock', files, openIn, { terminals: true });
		await atTerminal(held, async (program, other) => {
			expect((await program.waitFor('over')).join('\n')).toMatch(/wrote[^]*within/);
			await other.waitFor('planted');
		});
	});

	test('root has no right that others have not, and reads no memory', async (context) => {
		await requiresPrevention(context, 'landlock');
		const held = heldFolder('landlock', files, openIn);
		const ran = await held.shell(
			`grep -E 'Cap(Prm|Eff)' /proc/self/status; cat /proc/${process.pid}/environ | wc -c; readlink /proc/${process.pid}/cwd`,
		);
		expect(ran.stdout).toBe('CapPrm:\t0000000000000000\nCapEff:\t0000000000000000\n0\n');
	});
});

describe('in its box', () => {
	const boxed = (places: (folder: string) => readonly Place[] = openIn, more = {}) =>
		heldFolder('bubblewrap', { ...files, ...more }, places);

	test('what is shut in an open folder stays shut', async (context) => {
		await requiresPrevention(context, 'bubblewrap');
		const held = boxed();
		await held.shell(
			'echo 1 >in/shut/c; rm -rf in/shut; mv in/shut in/other; echo 1 >in/a',
		);
		expect([held.text('in/shut/c'), held.text('in/a')]).toEqual(['c\n', '1\n']);
	});

	test('a file is edited by a rename beside others that are not', async (context) => {
		await requiresPrevention(context, 'bubblewrap');
		const held = boxed(
			(folder) => [
				{ kind: 'writable', path: `${folder}/in` },
				{ kind: 'read-only', path: `${folder}/in/a` },
				{ kind: 'read-only', path: `${folder}/in/shut` },
			],
			{ 'in/mine': 'm\n' },
		);
		const ran = await held.shell('sed -i s/m/n/ in/mine; sed -i s/a/x/ in/a; rm -f in/a');
		expect([held.text('in/mine'), held.text('in/a')]).toEqual(['n\n', 'a\n']);
		expect(ran.stderr).not.toBe('');
	});

	test('owners, modes, times and attributes outside do not change', async (context) => {
		await requiresPrevention(context, 'bubblewrap');
		const held = boxed();
		const look = () =>
			execFileSync('stat', ['-c', '%a %u %Y', held.at('out/b')]).toString();
		const before = look();
		await held.shell('chmod 777 out/b; touch -d 2001-01-01 out/b; chown 1:1 out/b');
		expect(look()).toBe(before);
	});

	test('what is hidden is not reached, and the terminals of others are not there', async (context) => {
		await requiresPrevention(context, 'bubblewrap');
		const places = (folder: string): Place[] => [
			...openIn(folder),
			{ kind: 'hidden', path: `${folder}/out/b` },
			{ kind: 'empty', path: `${folder}/in/shut` },
		];
		const held = boxed(places);
		const ran = await held.shell(
			'cat out/b; ls -A in/shut; ls /dev/pts; ls /dev | grep vd',
		);
		expect(ran.stdout).toBe('ptmx\n');
	});

	test('what hides something takes nothing, as if it had', async (context) => {
		await requiresPrevention(context, 'bubblewrap');
		const held = boxed((folder) => [
			{ kind: 'writable', path: `${folder}/in` },
			{ kind: 'empty', path: `${folder}/in/shut` },
			{ kind: 'empty', path: `${folder}/out` },
			{ kind: 'writable', path: `${folder}/out/d`, from: `${folder}/in` },
		]);
		const tries = ['in/shut/x', 'out/x', '/dev/x', '/dev/vda', 'out/d/x', '/dev/shm/x'];
		const ran = await held.shell(
			`for f in ${tries.join(' ')}; do (echo 1 >$f) 2>/dev/null && echo $f; done; ls in/shut`,
		);
		expect(ran.stdout).toBe('out/d/x\n/dev/shm/x\n');
		expect(held.text('in/x')).toBe('1\n');
	});

	test('it opens terminals of its own', async (context) => {
		await requiresPrevention(context, 'bubblewrap');
		requires(context, 'script');
		const ran = await boxed().shell("script -qec 'echo within' /dev/null");
		expect(ran.stdout).toBe('within\r\n');
	});

	test('sockets without a file are out of reach where the kernel can', async (context) => {
		await requiresPrevention(context, 'bubblewrap');
		const held = boxed();
		const name = `\0weir-test-${process.pid}`;
		const server = createServer((socket) => socket.end('reached'));
		await new Promise<void>((ready) => server.listen(name, ready));
		onTestFinished(() => void server.close());
		const code = `require('net').connect(${JSON.stringify(name)}).on('data', (d) => console.log(String(d))).on('error', (e) => console.log(e.code))`;
		const said = (await held.run(process.execPath, '-e', code)).stdout.trim();
		if (said === 'reached') context.skip('Landlock keeps sockets back since Linux 6.12');
		expect(said).toBe('EPERM');
	});

	test('a sandbox of its own works, and opens nothing', async (context) => {
		await requiresPrevention(context, 'bubblewrap');
		const held = boxed();
		const nested =
			'bwrap --unshare-user --ro-bind / / --dev /dev --bind in in'.replaceAll(
				' in',
				` ${held.at('in')}`,
			);
		const ran = await held.shell(
			`${nested} sh -c 'echo 1 >in/a; echo 1 >out/b; echo within'`,
		);
		expect(ran.stdout).toBe('within\n');
		expect([held.text('in/a'), held.text('out/b')]).toEqual(['1\n', 'b\n']);
		const undo = 'mount -o remount,bind,rw /; umount -l /tmp; echo 1 >out/b';
		await held.shell(`unshare -rm sh -c '${undo}'`);
		expect(held.text('out/b')).toBe('b\n');
	});

	test('nothing begins where the box cannot be made', async (context) => {
		await requiresPrevention(context, 'bubblewrap');
		const held = boxed((folder) => [{ kind: 'writable', path: `${folder}/nowhere` }]);
		const ran = await held.shell('echo begun');
		expect([ran.code, ran.stdout]).toEqual([126, '']);
		expect(ran.stderr).toMatch(/nowhere.*\n.*could not make the sandbox/);
	});

	test('a folder is opened and shut from outside while the program runs', async (context) => {
		await requiresPrevention(context, 'bubblewrap');
		const held = boxed();
		symlinkSync('/', held.at('in/link'));
		const script =
			'while read w; do n=$((n+1)); (echo "$w" >"$w") 2>/dev/null && echo $n:ok || echo $n:no; done';
		await using program = openProgram(guardedArgv(held.argv('sh', '-c', script)), {
			cwd: held.folder,
		});
		let tries = 0;
		const says = async (path: string) => {
			tries += 1;
			program.type(path);
			program.key('enter');
			const screen = await program.waitFor(new RegExp(`^${tries}:(?:ok|no)`, 'm'));
			return screen.find((line) => line.startsWith(`${tries}:`))?.slice(2);
		};
		expect(await says('out/new')).toBe('no');
		expect(widen(held, program.pid, 'w:out', 'r:out/b')).toBe('');
		expect(await says('out/new')).toBe('ok');
		expect(await says('out/b')).toBe('no');
		expect(widen(held, program.pid, 'w:in/shut')).toBe('');
		expect(await says('in/shut/c')).toBe('ok');
		// What leads elsewhere is not followed.
		expect(widen(held, program.pid, 'w:in/link')).toContain('in/link');
		expect(widen(held, program.pid, 'w:../')).toContain('../');
		expect(widen(held, program.pid, 'r:in/shut')).toBe('');
		expect(await says('in/shut/c')).toBe('no');
		// Where it stands, too.
		expect(await says('beside')).toBe('no');
		expect(widen(held, program.pid, 'r:out', 'w:.')).toBe('');
		expect(await says('beside')).toBe('ok');
		expect(await says('out/late')).toBe('no');
	});
});

function widen(held: HeldFolder, pid: number, ...words: string[]): string {
	const [file, ...args] = wideningArgv(pid, held.folder, words);
	return spawnSync(file, args, { encoding: 'utf8' }).stderr;
}
