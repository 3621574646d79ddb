// Lines above the screen, from memory and from the recording.
import {
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readExit } from '../../../src/hosts/records.ts';
import { connectTo, makeHolder } from '../../support/holder.ts';
import { makeScratch } from '../../support/scratch.ts';

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

test('after a move to another file system recording goes on where it is told', async () => {
	const top = makeScratch();
	const git = (...names: string[]) => join(top, 'git', ...names);
	const moved = (...names: string[]) => join(top, 'moved', ...names);
	mkdirSync(git('weir', 'exits'), { recursive: true });
	mkdirSync(git('weir', 'recordings', 'api'), { recursive: true });
	const holder = await makeHolder({
		recordFile: git('weir', 'holders', 'h1.json'),
		exitsDir: git('weir', 'exits'),
	});
	const client = await connectTo(holder);
	const script = 'seq 0 999; echo one; read x; seq 1000 1999; echo two; read x';
	const recording = git('weir', 'recordings', 'api', '1');
	await client.spawn('api', ['sh', '-c', script], { recording });
	const text = async () => (await client.ask('text', { pane: 'api' })).lines;
	await expect.poll(text).toContain('one');
	// What is asked of the recording is in its files.
	await client.history({ pane: 'api', from: 0, count: 1 });
	cpSync(git(), moved(), { recursive: true });
	rmSync(git(), { recursive: true });
	const places = {
		record: moved('weir', 'holders', 'h1.json'),
		exits: moved('weir', 'exits'),
		recordings: [
			{ pane: 'api', generation: 1, folder: moved('weir', 'recordings', 'api', '1') },
		],
	};
	await client.ask('places', places);
	await client.type('api', '\n');
	await expect.poll(text).toContain('two');
	const history = async (from: number, count: number) =>
		(await client.history({ pane: 'api', from, count })).lines;
	expect(await history(500, 2)).toEqual(['500', '501']);
	expect(await history(1500, 2)).toEqual(['1498', '1499']);
	const segments = () => readdirSync(moved('weir', 'recordings', 'api', '1'));
	expect(segments()).toEqual(['000001.seg', '000002.seg']);
	// Told again of the same place it begins no further segment.
	await client.ask('places', places);
	await client.type('api', '\n');
	await client.exit('api');
	expect(segments()).toHaveLength(2);
	expect(readExit(moved('weir', 'exits'), 'api', 1)?.code).toBe(0);
	expect(existsSync(git())).toBe(false);
});
