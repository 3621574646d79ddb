import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	renameSync,
	rmSync,
	statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { exitRecords, readExit } from '../../../src/hosts/records.ts';
import { encodeFrame, FrameKind } from '../../../src/protocol/frames.ts';
import { connectTo, makeHolder, openConnection } from '../../support/holder.ts';
import {
	livingProcesses,
	processesMarked,
	processRows,
	treeOf,
} from '../../support/process-tree.ts';
import { makeScratch } from '../../support/scratch.ts';

// How long to look for what the holder does not push.
const bash = ['bash', '--norc', '--noprofile'] as const;

test('a program is started, typed into, watched, resized and read', async () => {
	const client = await connectTo(await makeHolder());
	const { number, process: identity } = await client.spawn('api', bash);
	expect(identity?.pid).toBeGreaterThan(0);
	expect(await client.follow('api')).toEqual({ number });
	await client.type('api', 'echo one$((1+1))\n');
	await client.shows(number, /^one2$/m);
	await client.ask('resize', { pane: 'api', columns: 100, rows: 30 });
	expect(client.pushes).toContainEqual({
		push: 'resized',
		pane: 'api',
		columns: 100,
		rows: 30,
	});
	await client.type('api', 'stty size\n');
	await client.shows(number, /^30 100$/m);
	const { lines } = await client.ask('text', { pane: 'api' });
	expect(lines).toContain('30 100');
	const { panes } = await client.ask('list', {});
	expect(panes).toMatchObject([{ pane: 'api', columns: 100, rows: 30, exit: null }]);
});

test('a program outlives the client that started it', async () => {
	const holder = await makeHolder();
	const first = await connectTo(holder);
	await first.spawn('api', bash);
	await first.type('api', 'here=1\n');
	first.socket.destroy();
	const second = await connectTo(holder);
	const { number } = await second.follow('api');
	await second.type('api', 'echo still-$here\n');
	await second.shows(number, 'still-1');
	expect((await second.ask('spec', { pane: 'api' }))?.argv).toEqual(bash);
});

test('a client that does not read delays nobody and is owed a bounded amount', async () => {
	const holder = await makeHolder();
	const slow = await connectTo(holder);
	const fast = await connectTo(holder);
	const { number } = await fast.spawn('flood', ['yes', 'x'.repeat(70)]);
	await slow.ask('watch', { pane: 'flood', credit: 64 });
	slow.socket.pause();
	await fast.ask('watch', { pane: 'flood', credit: 1 });
	const typing = await fast.spawn('typing', bash);
	await fast.follow('typing');
	for (let round = 0; round < 20; round += 1) {
		const sets = fast.rows.length;
		await fast.type('typing', `echo round-${round}-$((round+1))\n`);
		await fast.ask('credit', { pane: 'flood', credit: 1 });
		await fast.until(
			() => fast.rows.slice(sets).some((push) => push.pane === number),
			() => 'the flood is not painted',
		);
		await fast.shows(typing.number, `^round-${round}-1$`);
	}
	// 64 credits at most, each one screen: what the slow one is owed does not grow with time.
	const sets = slow.rows.length;
	slow.socket.resume();
	await slow.ask('list', {});
	expect(slow.rows.length - sets).toBeLessThanOrEqual(64);
});

test('no row set leaves without credit', async () => {
	const client = await connectTo(await makeHolder());
	const { number } = await client.spawn('api', bash);
	await client.ask('watch', { pane: 'api', credit: 2 });
	await client.type(
		'api',
		'for i in 1 2 3 4 5 6; do echo line $i; sleep 0.05; done; echo $0\n',
	);
	await client.until(
		() => client.rows.length === 2,
		() => 'two sets',
	);
	await expect
		.poll(async () => (await client.ask('text', { pane: 'api' })).lines.join('\n'))
		.toContain('\nbash');
	expect(client.rows).toHaveLength(2);
	await client.ask('credit', { pane: 'api', credit: 1 });
	await client.shows(number, /^bash$/m);
	expect(client.rows).toHaveLength(3);
	expect(client.rows.map((push) => push.version)).toEqual([1, 2, 3]);
	expect(client.rows.map((push) => push.full)).toEqual([true, false, false]);
	await client.ask('unwatch', { pane: 'api' });
	await expect(client.ask('credit', { pane: 'api', credit: 1 })).rejects.toMatchObject({
		refusal: { code: 'pane.unwatched' },
	});
});

test('an update that a program brackets is painted when it is whole', async () => {
	const client = await connectTo(await makeHolder());
	const script = `printf '\\033[?2026hHALF'; read x; printf ' WHOLE\\033[?2026l'; read x`;
	const { number } = await client.spawn('api', ['sh', '-c', `sleep 0.1; ${script}`]);
	await client.follow('api');
	await expect
		.poll(async () => (await client.ask('text', { pane: 'api' })).lines.join('\n'))
		.toContain('HALF');
	await client.type('api', '\n');
	await client.shows(number, 'WHOLE');
});

test('the end of a program is on disk before it is told, and found by a later client', async () => {
	const holder = await makeHolder();
	const first = await connectTo(holder);
	await first.spawn('api', ['sh', '-c', 'echo last words; exit 3']);
	const exit = await first.exit('api');
	expect(exit).toMatchObject({ code: 3, signal: null, stopped: false, survivors: [] });
	expect(readExit(holder.place.exitsDir, 'api', 1)).toEqual(exit);
	const second = await connectTo(holder);
	const { panes } = await second.ask('list', {});
	expect(panes).toMatchObject([{ pane: 'api', exit, stopping: false, signals: [] }]);
	expect((await second.ask('text', { pane: 'api' })).lines[0]).toBe('last words');
	expect(await second.ask('collect', { pane: 'api', generation: 1 })).toEqual(exit);
	expect((await second.ask('list', {})).panes).toEqual([]);
	expect(exitRecords(holder.place.exitsDir)).toEqual([]);
	expect(await second.ask('collect', { pane: 'api', generation: 1 })).toBeNull();
});

test('a new generation takes the place of an ended one, whose record stays', async () => {
	const client = await connectTo(await makeHolder());
	await client.spawn('api', ['false']);
	await client.exit('api');
	await expect(client.spawn('api', ['true'])).rejects.toMatchObject({
		refusal: { code: 'pane.generation' },
	});
	await client.spawn('api', ['cat'], { generation: 2 });
	await expect(client.spawn('api', ['true'], { generation: 3 })).rejects.toMatchObject({
		refusal: { code: 'pane.running' },
	});
	await expect(client.ask('stop', { pane: 'api', generation: 1 })).rejects.toMatchObject({
		refusal: { code: 'pane.generation' },
	});
	await expect(
		client.ask('collect', { pane: 'api', generation: 2 }),
	).rejects.toMatchObject({ refusal: { code: 'pane.running' } });
	expect(await client.ask('collect', { pane: 'api', generation: 1 })).toMatchObject({
		generation: 1,
		code: 1,
	});
});

test.each([
	['a missing command', { argv: ['no-such-command'] }, 'not on the PATH'],
	['a missing folder', { cwd: '/no/such/folder' }, 'cannot be entered'],
])('%s is refused with one sentence', async (_name, more, sentence) => {
	const client = await connectTo(await makeHolder());
	const refused = await client.spawn('api', ['true'], more).catch((e: unknown) => e);
	expect(refused).toMatchObject({
		refusal: { code: 'spawn.failed', message: expect.stringContaining(sentence) },
	});
	expect((await client.ask('list', {})).panes).toEqual([]);
});

test('a key for a question is typed only while the question stands', async () => {
	const client = await connectTo(await makeHolder());
	const { number } = await client.spawn('api', [
		'sh',
		'-c',
		'echo sure?; read x; echo got $x; read y',
	]);
	await client.follow('api');
	await client.shows(number, 'sure');
	const { screenHash } = await client.ask('text', { pane: 'api' });
	const data = Buffer.from('yes\n').toString('base64');
	expect(await client.ask('writeIf', { pane: 'api', data, screenHash })).toEqual({
		written: true,
		screenHash,
	});
	await client.shows(number, 'got yes');
	const late = await client.ask('writeIf', { pane: 'api', data, screenHash });
	expect(late.written).toBe(false);
	expect(late.screenHash).not.toBe(screenHash);
});

test('input that a stopped program leaves unread is bounded', async () => {
	const client = await connectTo(await makeHolder());
	const { number } = await client.spawn('api', [
		'sh',
		'-c',
		'stty raw -echo; echo ready; exec cat >/dev/null',
	]);
	await client.follow('api');
	await client.shows(number, 'ready');
	await client.ask('pause', { pane: 'api', generation: 1 });
	const data = Buffer.alloc(600_000, 'x').toString('base64');
	const first = client.ask('write', { pane: 'api', data });
	await expect(client.ask('write', { pane: 'api', data })).rejects.toMatchObject({
		refusal: { code: 'pane.busy' },
	});
	expect((await client.ask('list', {})).panes[0]?.paused).toBe(true);
	await client.ask('resume', { pane: 'api', generation: 1 });
	expect(await first).toEqual({});
});

test('a paused program hears the polite signal', async () => {
	const client = await connectTo(await makeHolder());
	const { number } = await client.spawn('api', [
		'sh',
		'-c',
		'trap "echo polite; exit 5" HUP; echo ready; while :; do sleep 0.05; done',
	]);
	await client.follow('api');
	await client.shows(number, 'ready');
	await client.ask('pause', { pane: 'api', generation: 1 });
	await client.ask('stop', {
		pane: 'api',
		generation: 1,
		ladder: { signals: ['SIGHUP'], graceMs: 60_000 },
	});
	expect(await client.exit('api')).toMatchObject({ code: 5, stopped: true });
});

test('a hostile tree is ended to the last process, also when the asker goes', async () => {
	const holder = await makeHolder();
	const client = await connectTo(holder);
	const stubborn = `trap '' HUP TERM INT; while :; do sleep 0.1; done`;
	// Deaf before it says so: the signals come at once.
	const script = `setsid -f env -i sleep 1000; (setsid nohup sh -c "${stubborn}" &) ; (sh -c "${stubborn}" &) ; trap '' HUP TERM INT; echo ready; ${stubborn}`;
	const { number } = await client.spawn('api', ['sh', '-c', script]);
	await client.follow('api');
	await client.shows(number, 'ready');
	// Connected before, as the end is told only once.
	const other = await connectTo(holder);
	await client.ask('stop', { pane: 'api', generation: 1 });
	client.socket.destroy();
	const exit = await other.exit('api');
	expect(exit).toMatchObject({ signal: 'SIGKILL', stopped: true, survivors: [] });
	const { pid } = holder.record.process;
	expect(treeOf(pid)).toEqual([pid]);
	const steps = other.pushes.filter((push) => push.push === 'stopping');
	expect(steps.map((step) => step.sent)).toContain('SIGKILL');
});

test('a stop without signals does not wait for those of the one before', async () => {
	const client = await connectTo(await makeHolder());
	const script = `trap '' HUP TERM; echo ready; while :; do sleep 0.1; done`;
	const { number } = await client.spawn('api', ['sh', '-c', script]);
	await client.ask('watch', { pane: 'api', credit: 64 });
	await client.shows(number, 'ready');
	const about = { pane: 'api', generation: 1 };
	const patient = { signals: ['SIGHUP', 'SIGTERM'], graceMs: 60_000 } as const;
	await client.ask('stop', { ...about, ladder: patient });
	await client.ask('stop', about);
	await client.ask('stop', { ...about, ladder: { signals: [], graceMs: 0 } });
	expect(await client.exit('api')).toMatchObject({ signal: 'SIGKILL', stopped: true });
	const steps = client.pushes.filter((push) => push.push === 'stopping');
	expect(steps.map((step) => step.sent)).toEqual(['SIGHUP', 'SIGKILL']);
});

test('what a program leaves behind goes with it', async () => {
	const holder = await makeHolder();
	const client = await connectTo(holder);
	await client.spawn('api', ['sh', '-c', 'setsid sleep 1000 & exit 0']);
	expect(await client.exit('api')).toMatchObject({
		code: 0,
		stopped: false,
		survivors: [],
	});
	expect(processesMarked('WEIR_TEST_MARK', holder.mark)).toEqual([]);
});

test('lines above the screen are read by their numbers', async () => {
	const client = await connectTo(await makeHolder());
	// Its last line is no line of `seq`, whose line end may come in another read.
	const script = 'seq 0 299; printf end; exec cat';
	const { number } = await client.spawn('api', ['sh', '-c', script]);
	await client.follow('api');
	await client.shows(number, /^end$/);
	const some = await client.history({ pane: 'api', from: 200, count: 3 });
	expect(some).toEqual({
		answer: { from: 200, total: 277, dropped: expect.any(Number) },
		lines: ['200', '201', '202'],
	});
	const { answer, lines } = await client.history({ pane: 'api', from: 0, count: 100 });
	expect(answer.dropped).toBeGreaterThan(0);
	expect(lines[0]).toBe(String(answer.dropped));
	expect(lines).toHaveLength(100 - answer.dropped);
	const none = await client.history({ pane: 'api', from: 1000, count: 5 });
	expect(none).toEqual({ answer: { ...answer, from: 1000 }, lines: [] });
});

test('a recorded pane gives all its lines, also after its end, without secrets', async () => {
	const holder = await makeHolder();
	const recording = join(dirname(holder.place.exitsDir), 'recording');
	const client = await connectTo(holder);
	const script = 'seq 0 4999; echo key=hunter2hunter2; seq 1 30; read x';
	await client.spawn('api', ['sh', '-c', script], {
		recording,
		redact: ['hunter2hunter2'],
	});
	await expect
		.poll(async () => (await client.history({ pane: 'api', from: 5000, count: 1 })).lines)
		.toEqual([`key=${'*'.repeat(14)}`]);
	const old = await client.history({ pane: 'api', from: 1000, count: 3 });
	expect(old.lines).toEqual(['1000', '1001', '1002']);
	await client.type('api', '\n');
	await client.exit('api');
	expect((await client.history({ pane: 'api', from: 10, count: 2 })).lines).toEqual([
		'10',
		'11',
	]);
	expect(statSync(recording).mode & 0o777).toBe(0o700);
	for (const name of readdirSync(recording)) {
		const file = join(recording, name);
		expect(statSync(file).mode & 0o777).toBe(0o600);
		expect(readFileSync(file).includes('hunter2hunter2')).toBe(false);
	}
});

test('lines of a recording that was removed come from memory, as many as are there', async () => {
	const holder = await makeHolder();
	const recording = join(dirname(holder.place.exitsDir), 'recording');
	const client = await connectTo(holder);
	await client.spawn('api', ['sh', '-c', 'seq 0 49999; echo end; read x'], { recording });
	const ask = (from: number) => client.history({ pane: 'api', from, count: 2000 });
	await expect
		.poll(async () => (await client.ask('text', { pane: 'api' })).lines)
		.toContain('end');
	expect((await ask(0)).lines[0]).toBe('0');
	rmSync(recording, { recursive: true });
	const { dropped } = (await ask(0)).answer;
	expect(dropped).toBeGreaterThan(0);
	expect((await ask(dropped)).lines[0]).toBe(String(dropped));
	expect(existsSync(recording)).toBe(false);
});

test('what a program does after its repository has moved is recorded where that is now', async () => {
	const top = makeScratch();
	const git = (...names: string[]) => join(top, 'git', ...names);
	const moved = (...names: string[]) => join(top, 'moved', ...names);
	const exitsDir = git('weir', 'exits');
	mkdirSync(exitsDir, { recursive: true });
	mkdirSync(git('weir', 'recordings'));
	const recordFile = git('weir', 'holders', 'h1.json');
	const holder = await makeHolder({ recordFile, exitsDir });
	const client = await connectTo(holder);
	const script = 'echo one; read x; seq 0 999999; echo two; read x';
	const recording = git('weir', 'recordings', '1');
	await client.spawn('api', ['sh', '-c', script], { recording });
	const text = async () => (await client.ask('text', { pane: 'api' })).lines;
	await expect.poll(text).toContain('one');
	// Its folder alone is there a moment before it is followed.
	const begun = () => existsSync(recording) && readdirSync(recording).length > 0;
	await expect.poll(begun).toBe(true);
	renameSync(git(), moved());
	// Another repository takes the place.
	mkdirSync(recording, { recursive: true });
	mkdirSync(git('weir', 'holders'));
	mkdirSync(exitsDir);
	rmSync(moved('weir', 'holders', 'h1.json'));
	await client.type('api', '\n');
	await expect.poll(text).toContain('two');
	const { lines } = await client.history({ pane: 'api', from: 1002, count: 1 });
	expect(lines).toEqual(['1000']);
	const segments = () => readdirSync(moved('weir', 'recordings', '1')).length;
	await expect.poll(segments).toBeGreaterThan(1);
	await client.type('api', '\n');
	await client.exit('api');
	expect(readExit(moved('weir', 'exits'), 'api', 1)?.code).toBe(0);
	await expect.poll(() => existsSync(moved('weir', 'holders', 'h1.json'))).toBe(true);
	expect(
		[recording, exitsDir, dirname(recordFile)].flatMap((at) => readdirSync(at)),
	).toEqual([]);
});

test('orphans of a program leave no zombie', async () => {
	const holder = await makeHolder();
	const client = await connectTo(holder);
	const { pid } = holder.record.process;
	const script = 'for i in 1 2 3 4 5; do (setsid sleep 300 &); done; exec cat';
	const program = await client.spawn('api', ['sh', '-c', script]);
	const adopted = () => processRows().filter((row) => row.parent === pid);
	await expect.poll(() => adopted().length).toBe(6);
	for (const orphan of adopted())
		if (orphan.pid !== program.process?.pid) process.kill(orphan.pid, 'SIGTERM');
	await expect.poll(() => adopted().map((row) => row.name)).toEqual(['cat']);
});

test('a program has no descriptor of another and leads its terminal', async () => {
	const holder = await makeHolder();
	const client = await connectTo(holder);
	const one = await client.spawn('one', bash);
	await client.follow('one');
	// Once it reads, no file of its start is open any more.
	await client.type('one', 'echo up-$((1+1))\n');
	await client.shows(one.number, /^up-2$/m);
	await client.spawn('two', ['sh', '-c', 'ls /proc/self/fd; stty -a; cat']);
	await expect
		.poll(async () => (await client.ask('text', { pane: 'two' })).lines.join(' '))
		.toMatch(/^0 +1 +2 +3 +speed .* iutf8/);
	const { panes } = await client.ask('list', {});
	for (const { process: identity } of panes) {
		const folder = `/proc/${identity?.pid}/fd`;
		const open = readdirSync(folder).map((fd) => readlinkSync(join(folder, fd)));
		expect(open.filter((path) => !path.startsWith('/dev/pts/'))).toEqual(
			open.filter((path) => path === '/dev/tty'),
		);
	}
});

test('a wrong token, a foreign version and silence are refused', async () => {
	const holder = await makeHolder();
	const client = await openConnection(holder);
	const protocol = { min: 1, max: 1 };
	await expect(client.ask('list', {})).rejects.toMatchObject({
		refusal: { code: 'hello.missing' },
	});
	await expect(client.ask('hello', { protocol, token: 'x' })).rejects.toMatchObject({
		refusal: { code: 'identity.token' },
	});
	const { token } = holder.record;
	await expect(
		client.ask('hello', { protocol: { min: 7, max: 9 }, token }),
	).rejects.toMatchObject({ refusal: { code: 'hello.protocol' } });
	await expect(client.channel.request('hello', {})).rejects.toMatchObject({
		refusal: { code: 'request.malformed' },
	});
	expect(
		await client.ask('hello', { protocol: { min: 1, max: 5 }, token }),
	).toMatchObject({
		protocol: 1,
		holder: 'h1',
		process: holder.record.process,
	});
	await expect(client.channel.request('fly', {})).rejects.toMatchObject({
		refusal: { code: 'request.unknown' },
	});
	expect(statSync(holder.place.recordFile).mode & 0o777).toBe(0o600);
	expect(statSync(holder.place.socket).mode & 0o777).toBe(0o600);
	expect(statSync(dirname(holder.place.socket)).mode & 0o777).toBe(0o700);
});

const intruder = new URL('../../fixtures/holder-intruder.ts', import.meta.url).pathname;

test.each([
	['a child of the pane', []],
	['an orphan without session and environment', ['setsid', '-f', 'env', '-i']],
])('%s is refused although it knows the token', async (_name, escape) => {
	const holder = await makeHolder();
	const client = await connectTo(holder);
	const verdict = join(dirname(holder.place.exitsDir), 'verdict');
	const argv = [...escape, process.execPath, intruder, holder.place.recordFile, verdict];
	await client.spawn('api', ['sh', '-c', `"$@"; exec cat`, 'sh', ...argv]);
	await expect.poll(() => existsSync(verdict)).toBe(true);
	expect(readFileSync(verdict, 'utf8')).toBe('identity.agent');
});

test('a program of a neighbour holder is refused as well', async () => {
	const holder = await makeHolder();
	const folder = dirname(dirname(holder.place.recordFile));
	const neighbour = await makeHolder({
		id: 'h2',
		recordFile: join(dirname(holder.place.recordFile), 'h2.json'),
		exitsDir: join(folder, 'exits'),
	});
	const client = await connectTo(neighbour);
	const verdict = join(folder, 'verdict');
	await client.spawn('api', [
		process.execPath,
		intruder,
		holder.place.recordFile,
		verdict,
	]);
	await client.exit('api');
	expect(readFileSync(verdict, 'utf8')).toBe('identity.agent');
});

test('a bad frame closes its own connection and no other', async () => {
	const holder = await makeHolder();
	const good = await connectTo(holder);
	const bad = await connectTo(holder);
	const closed = new Promise((done) => bad.channel.onClose.on(done));
	bad.socket.write(encodeFrame(FrameKind.request, 1, Buffer.from('not json')));
	await closed;
	expect((await good.ask('list', {})).panes).toEqual([]);
});

test('a holder that is told to end leaves no process, socket or record', async () => {
	const holder = await makeHolder();
	const client = await connectTo(holder);
	await client.spawn('one', bash);
	await client.spawn('two', [
		'sh',
		'-c',
		'trap "" HUP TERM; while :; do sleep 0.1; done',
	]);
	process.kill(holder.record.process.pid, 'SIGHUP');
	await client.ask('list', {});
	process.kill(holder.record.process.pid, 'SIGTERM');
	await Promise.all([client.exit('one'), client.exit('two')]);
	await gone(holder.record.process.pid);
	expect(processesMarked('WEIR_TEST_MARK', holder.mark)).toEqual([]);
	expect(existsSync(holder.place.socket)).toBe(false);
	expect(existsSync(holder.place.recordFile)).toBe(false);
	expect(exitRecords(holder.place.exitsDir)).toHaveLength(2);
});

test('a drained holder takes no pane and ends with its last one', async () => {
	const holder = await makeHolder();
	const client = await connectTo(holder);
	await client.spawn('api', bash);
	await client.ask('drain', {});
	await expect(client.spawn('two', bash)).rejects.toMatchObject({
		refusal: { code: 'holder.draining' },
	});
	await client.type('api', 'exit 0\n');
	await client.exit('api');
	await client.ask('collect', { pane: 'api', generation: 1 });
	await gone(holder.record.process.pid);
	expect(existsSync(holder.place.recordFile)).toBe(false);
});

test('socket and record are there again after they were swept away', async () => {
	const holder = await makeHolder();
	// In one step: a socket made again in the middle would keep its folder from being removed.
	const folder = dirname(holder.place.socket);
	renameSync(folder, `${folder}.swept`);
	rmSync(`${folder}.swept`, { recursive: true });
	rmSync(holder.place.recordFile);
	await expect.poll(() => existsSync(holder.place.socket)).toBe(true);
	await expect.poll(() => existsSync(holder.place.recordFile)).toBe(true);
	const client = await connectTo(holder);
	expect((await client.ask('list', {})).panes).toEqual([]);
});

test('a holder has a last pane', async () => {
	const client = await connectTo(await makeHolder({ panes: 1 }));
	await client.spawn('one', bash);
	await expect(client.spawn('two', bash)).rejects.toMatchObject({
		refusal: { code: 'holder.full' },
	});
});

test('secrets do not reach a text snapshot', async () => {
	const client = await connectTo(await makeHolder());
	const { number } = await client.spawn(
		'api',
		['sh', '-c', 'echo key=hunter2hunter2; read x; echo and opensesame; read x'],
		{
			redact: ['hunter2hunter2'],
		},
	);
	await client.follow('api');
	await client.shows(number, 'hunter2');
	await client.ask('redact', { pane: 'api', secrets: ['opensesame'] });
	await client.type('api', '\n');
	await client.shows(number, 'opensesame');
	const text = (await client.ask('text', { pane: 'api' })).lines.join('\n');
	expect(text).toContain('key=');
	expect(text).not.toMatch(/hunter2|opensesame/);
});

async function gone(pid: number): Promise<void> {
	while (livingProcesses().some((row) => row.pid === pid)) await sleep(10);
}
