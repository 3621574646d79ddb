import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { inputLimit } from '../../../src/terminal/input-queue.ts';
import { type Pty, type PtyExit, startPty } from '../../../src/terminal/pty.ts';

const opened: Pty[] = [];
afterEach(() => {
	for (const pty of opened.splice(0)) {
		try {
			process.kill(pty.pid, 'SIGKILL');
		} catch {
			// Ended by itself, as it should.
		}
		pty[Symbol.dispose]();
	}
});

test('what a program prints before it ends arrives whole, before its exit', async () => {
	const pty = start(['sh', '-c', "head -c 400000 /dev/zero | tr '\\0' x; exit 7"]);
	const { bytes, exit } = await finish(pty);
	expect(bytes.toString()).toBe('x'.repeat(400_000));
	expect(exit).toEqual({ code: 7, signal: null });
});

test('what it prints while its terminal is held arrives as well', async () => {
	const script = "echo first; read _; head -c 5000 /dev/zero | tr '\\0' x; exit 7";
	const pty = start(['sh', '-c', script]);
	await output(pty, 'first');
	pty.hold();
	pty.write(Buffer.from('\n'));
	const { bytes, exit } = await finish(pty);
	expect(bytes.toString()).toContain('x'.repeat(5000));
	expect(exit).toEqual({ code: 7, signal: null });
});

test('the signal that ended a program is named', async () => {
	const pty = start(['sh', '-c', 'kill -KILL $$']);
	expect((await finish(pty)).exit).toEqual({ code: null, signal: 'SIGKILL' });
});

test('a program sees the size it was given and each later one', async () => {
	const pty = start(['sh', '-c', 'stty size; read x; stty size']);
	await output(pty, '24 80');
	pty.resize(100, 30);
	pty.write(Buffer.from('\n'));
	expect((await finish(pty)).bytes.toString()).toContain('30 100');
});

test('input that the program has not read is kept in order, and refused over the limit', async () => {
	const pty = start([
		'sh',
		'-c',
		`stty raw -echo; echo ready; kill -STOP $$; head -c 600000 | sha1sum`,
	]);
	await output(pty, 'ready');
	await stopped(pty.pid);
	const bytes = Buffer.from(Array.from({ length: 600_000 }, (_, at) => (at % 223) + 32));
	const first = pty.write(bytes);
	expect(pty.pending).toBeGreaterThan(0);
	expect(pty.write(bytes)).toMatchObject({ ok: false, refusal: { code: 'pane.busy' } });
	expect(pty.pending).toBeLessThanOrEqual(inputLimit);
	process.kill(pty.pid, 'SIGCONT');
	const finished = finish(pty);
	expect(first.ok && (await first.value)).toBe(true);
	const digest = createHash('sha1').update(bytes).digest('hex');
	expect((await finished).bytes.toString()).toContain(digest);
});

test('a program is heard whole while nobody looks at it, too', async () => {
	const pty = start([
		'sh',
		'-c',
		'echo first; read x; echo second; sleep 0.2; seq 20000',
	]);
	pty.unhurried = true;
	await output(pty, 'first');
	const finished = finish(pty);
	pty.write(Buffer.from('\n'));
	await output(pty, 'second');
	const { bytes } = await finished;
	expect(bytes.toString().trimEnd().split('\r\n').slice(-20_000)).toEqual(
		Array.from({ length: 20_000 }, (_, at) => String(at + 1)),
	);
});

test('what is heard by the beat comes whole and in order, whoever looks away or types meanwhile', async () => {
	const script =
		'for i in $(seq 60); do echo "line $i."; sleep 0.02; done; read x; seq 3000';
	const pty = start(['sh', '-c', script]);
	const finished = finish(pty);
	for (let line = 10; line <= 60; line += 10) {
		pty.unhurried = line % 20 === 0;
		await output(pty, `line ${line}.`);
		pty.hold();
		pty.release();
	}
	pty.unhurried = true;
	pty.write(Buffer.from('\n'));
	const { bytes } = await finished;
	const lines = Array.from({ length: 60 }, (_, at) => `line ${at + 1}.`);
	const numbers = Array.from({ length: 3000 }, (_, at) => String(at + 1));
	expect(bytes.toString().trimEnd().split('\r\n')).toEqual([...lines, '', ...numbers]);
});

test('what waits for the next beat is told at once when it is asked for', async () => {
	const pty = start(['sh', '-c', 'while :; do printf x; sleep 0.01; done']);
	pty.unhurried = true;
	while (pty.unread === 0) await sleep(1);
	let told = 0;
	pty.onData.on((bytes) => {
		told += bytes.length;
	});
	pty.tell();
	expect(told).toBeGreaterThan(0);
	expect(pty.unread).toBe(0);
});

test('input that waits when the program ends is told so', async () => {
	const pty = start(['sh', '-c', 'stty raw -echo; echo ready; kill -STOP $$']);
	await output(pty, 'ready');
	await stopped(pty.pid);
	const waiting = pty.write(Buffer.alloc(600_000, 'x'));
	process.kill(pty.pid, 'SIGKILL');
	expect(waiting.ok && (await waiting.value)).toBe(false);
	expect(pty.write(Buffer.from('x'))).toMatchObject({ ok: false });
});

test.each([
	['a command that is not there', ['no-such-command-here'], '/', 'not on the PATH'],
	['a file that cannot be executed', ['/etc/passwd'], '/', 'cannot be executed'],
	['a folder that is not there', ['sh'], '/no/such/folder', 'cannot be entered'],
	['an empty command', [''], '/', 'empty'],
])('%s is refused before a terminal is made', (_name, argv, cwd, reason) => {
	const outcome = startPty({ argv, cwd, env: environment(), columns: 80, rows: 24 });
	expect(outcome).toMatchObject({ ok: false, refusal: { code: 'spawn.failed' } });
	expect(!outcome.ok && outcome.refusal.message).toContain(reason);
});

function environment(): Record<string, string> {
	return { PATH: process.env.PATH ?? '/bin', TERM: 'xterm-256color' };
}

function start(argv: readonly string[]): Pty {
	const outcome = startPty({ argv, cwd: '/', env: environment(), columns: 80, rows: 24 });
	if (!outcome.ok) throw new Error(outcome.refusal.message);
	opened.push(outcome.value);
	return outcome.value;
}

function finish(pty: Pty): Promise<{ bytes: Buffer; exit: PtyExit }> {
	const chunks: Uint8Array[] = [];
	pty.onData.on((data) => chunks.push(data.slice()));
	return new Promise((done) =>
		pty.onExit.on((exit) => done({ bytes: Buffer.concat(chunks), exit })),
	);
}

function output(pty: Pty, text: string): Promise<void> {
	let seen = '';
	return new Promise((done) => {
		const stop = pty.onData.on((data) => {
			seen += Buffer.from(data).toString();
			if (!seen.includes(text)) return;
			stop();
			done();
		});
	});
}

async function stopped(pid: number): Promise<void> {
	while (!/\) T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) await sleep(5);
}

test('a program that closes its terminal before it ends tells its own exit code', async () => {
	const pty = start(['sh', '-c', 'exec 0<&- 1>&- 2>&-; sleep 0.3; exit 5']);
	expect((await finish(pty)).exit).toEqual({ code: 5, signal: null });
});
