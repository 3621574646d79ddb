import { randomBytes } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Emulator } from '../../../src/terminal/emulator.ts';
import { HistoryReader } from '../../../src/terminal/history-reader.ts';
import { Recorder, type RecorderOptions } from '../../../src/terminal/recorder.ts';
import { RecordKind, readRecords } from '../../../src/terminal/recording-format.ts';
import { Redaction } from '../../../src/terminal/redaction.ts';
import { mountSmallDisk, noMount, unmountDisk } from '../../support/small-disk.ts';
import { chunked } from '../../support/terminal-noise.ts';

let scratch: string;
let directory: string;

beforeEach(() => {
	scratch = mkdtempSync(join(tmpdir(), 'weir-recording-'));
	directory = join(scratch, '1');
});

afterEach(() => {
	rmSync(scratch, { recursive: true, force: true });
});

/** A live terminal that is recorded. */
function recorded(options: Partial<RecorderOptions> = {}, secrets: string[] = []) {
	const emulator = new Emulator({ columns: 40, rows: 5, scrollback: 10 });
	const redaction = new Redaction(secrets);
	const usual = { directory: { path: directory }, emulator, redaction, segmentMs: 0 };
	// However slow the disk.
	const recorder = new Recorder({ ...usual, waitMs: 100_000, ...options });
	const print = (text: string | Uint8Array) => {
		const bytes = typeof text === 'string' ? Buffer.from(text) : text;
		emulator.write(bytes);
		recorder.output(bytes);
	};
	return { emulator, recorder, print };
}

function segments(): string[] {
	return existsSync(directory) ? readdirSync(directory).sort() : [];
}

function kindsOf(name: string): number[] {
	const bytes = readFileSync(join(directory, name));
	return [...readRecords(bytes)].map((record) => record.kind);
}

function recordedText(): string {
	return segments()
		.flatMap((name) => [...readRecords(readFileSync(join(directory, name)))])
		.filter((record) => record.kind === RecordKind.output)
		.map((record) => Buffer.from(record.payload).toString())
		.join('');
}

/** The screen that the recording ends with, from its last segment alone. */
function replayedLines(count = 10_000): string[] {
	const reader = new HistoryReader();
	const { rows } = reader.read({ directory, from: 0, count });
	reader.close();
	return rows.map((row) => String(row.row));
}

describe('a recorder', () => {
	it('keeps its files to the user', async () => {
		const { recorder, print } = recorded();
		print('hello');
		await recorder.close();
		expect(statSync(directory).mode & 0o777).toBe(0o700);
		expect(statSync(join(directory, '000001.seg')).mode & 0o777).toBe(0o600);
	});

	it('writes output and sizes, in order, after a checkpoint', async () => {
		const { emulator, recorder, print } = recorded();
		print('one');
		emulator.resize(30, 4);
		recorder.resize();
		print('two');
		await recorder.close();
		expect(segments()).toEqual(['000001.seg']);
		expect(kindsOf('000001.seg')).toEqual([
			RecordKind.checkpoint,
			RecordKind.output,
			RecordKind.resize,
			RecordKind.output,
		]);
		expect(recordedText()).toBe('onetwo');
	});

	it('gives one record to what was printed at once, with the moment of its beginning', async () => {
		let now = 5000;
		const { recorder, print } = recorded({ now: () => now });
		for (const word of ['at ', 'once ', '']) print(word);
		now += 1000;
		print('later ');
		now += 1000;
		print('last');
		await recorder.close();
		const [name = ''] = segments();
		const [, ...outputs] = readRecords(readFileSync(join(directory, name)));
		expect(outputs.map(({ time, payload }) => [time, payload.toString()])).toEqual([
			[5000, 'at once '],
			[6000, 'later '],
			[7000, 'last'],
		]);
	});

	it('writes what nothing follows', async () => {
		const { recorder, print } = recorded();
		print('last words');
		await expect.poll(recordedText, { timeout: 20_000 }).toBe('last words');
		await recorder.close();
	});

	it('begins a segment between sequences, each with a checkpoint', async () => {
		const { recorder, print } = recorded({ segmentBytes: 1000 });
		for (let line = 0; line < 400; line += 1) {
			print(`\x1b[3${line % 8}`);
			print(`mline ${line} —\r\n`.slice(0, -1));
			print('\n');
		}
		await recorder.close();
		expect(segments().length).toBeGreaterThan(5);
		for (const name of segments()) {
			const [first, ...rest] = kindsOf(name);
			expect(first).toBe(RecordKind.checkpoint);
			expect(rest).not.toContain(RecordKind.checkpoint);
			const [, output] = readRecords(readFileSync(join(directory, name)));
			expect(Buffer.from(output?.payload ?? []).toString()).not.toMatch(/^m/);
		}
	});

	it('lets a flood fill longer segments', async () => {
		let now = 1_000_000;
		const options = { segmentBytes: 1000, segmentMs: 1000, now: () => now };
		const { recorder, print } = recorded(options);
		const printLines = () => {
			for (let line = 0; line < 80; line += 1) print(`${'='.repeat(98)}\r\n`);
		};
		printLines();
		await recorder.settled();
		expect(segments().length).toBeLessThanOrEqual(3);
		now += 1000;
		print('again\r\n');
		await recorder.close();
		const last = kindsOf(segments().at(-1) ?? '');
		expect(last).toEqual([RecordKind.checkpoint]);
	});

	it('drops the oldest segments beyond its budget, and says so', async () => {
		const { recorder, print } = recorded({ segmentBytes: 2000, budgetBytes: 8000 });
		for (let line = 0; line < 1000; line += 1) {
			print(`line ${line}\r\n`);
			if (line % 100 === 0) await recorder.settled();
		}
		await recorder.close();
		const status = recorder.status();
		expect(status.dropped.segments).toBeGreaterThan(0);
		expect(status.dropped.bytes).toBeGreaterThan(0);
		expect(segments()).not.toContain('000001.seg');
		const total = segments().reduce(
			(sum, name) => sum + statSync(join(directory, name)).size,
			0,
		);
		expect(total).toBeLessThan(8000 + 2 * 3000);
		const reader = new HistoryReader();
		const history = reader.read({ directory, from: 0, count: 10 });
		expect(history.dropped).toBeGreaterThan(0);
		expect(history.rows).toEqual([]);
		expect(history.total).toBe(996);
	});

	it('loses output rather than wait, counts it, and is right again after the gap', async () => {
		const { emulator, recorder, print } = recorded({ queueBytes: 20_000 });
		for (let line = 0; line < 5000; line += 1) print(`early ${line}\r\n`);
		expect(recorder.status().lost).toBeGreaterThan(0);
		await recorder.settled();
		for (let line = 0; line < 100; line += 1) print(`late ${line}\r\n`);
		await recorder.close();
		const { lost, recorded: kept } = recorder.status();
		expect(lost + kept).toBe(
			[...Array(5000).keys()].join('').length + 5000 * 8 + 190 + 100 * 7,
		);
		expect(segments().map(kindsOf).flat()).toContain(RecordKind.gap);
		const reader = new HistoryReader();
		const { total } = reader.read({ directory, from: 0, count: 1 });
		expect(total).toBe(emulator.scrollback);
		const { rows } = reader.read({ directory, from: total - 90, count: 90 });
		expect(rows).toHaveLength(90);
		reader.close();
	});

	it('goes on in a new segment once a failing disk is back', async () => {
		let now = 1_000_000;
		const { recorder, print } = recorded({ segmentBytes: 500, now: () => now });
		print('before\r\n');
		await recorder.settled();
		rmSync(directory, { recursive: true });
		print('x'.repeat(600));
		await recorder.settled();
		expect(recorder.status().trouble).toMatch(/ENOENT/);
		print('in the gap\r\n');
		expect(recorder.status().lost).toBeGreaterThan(0);
		mkdirSync(directory, { recursive: true });
		now += 10_000;
		print('ends the gap\r\n');
		print('after\r\n');
		await recorder.close();
		expect(recorder.status().trouble).toBeNull();
		expect(recordedText()).toBe('after\r\n');
		expect(kindsOf(segments().at(-1) ?? '')).toContain(RecordKind.gap);
	});

	it('tells that it cannot record, and that it can again though nothing more is printed', async () => {
		const { recorder, print } = recorded({ segmentBytes: 500 });
		const told: (string | null)[] = [];
		recorder.onTrouble.on(() => told.push(recorder.status().trouble));
		print('before\r\n');
		await recorder.settled();
		expect(told).toEqual([]);
		rmSync(directory, { recursive: true });
		print('x'.repeat(600));
		await recorder.settled();
		expect(told).toEqual([expect.stringMatching(/ENOENT/)]);
		mkdirSync(directory, { recursive: true });
		await expect.poll(() => told.at(-1)).toBeNull();
		expect(recorder.whole).toBe(true);
		await recorder.close();
		expect(segments()).toHaveLength(1);
	});

	it('leaves no file behind for each try on a full disk', async ({ skip }) => {
		const reason = noMount();
		skip(reason !== undefined, reason);
		mkdirSync(directory);
		mountSmallDisk(directory, '64k');
		try {
			let now = 1_000_000;
			const { recorder, print } = recorded({ now: () => now });
			for (let round = 0; round < 5; round += 1) {
				print(randomBytes(60_000).toString('base64'));
				await recorder.settled();
				now += 60_000;
			}
			expect(recorder.status().trouble).toMatch(/ENOSPC/);
			expect(segments().length).toBeLessThan(3);
			await recorder.close();
		} finally {
			unmountDisk(directory);
		}
	});

	it('lets no secret into its files, checkpoints included', async () => {
		const secret = 'ghp_0123456789abcdef';
		const { recorder, print } = recorded({ segmentBytes: 400 }, [secret]);
		for (let line = 0; line < 60; line += 1)
			for (const chunk of chunked(Buffer.from(`token ${secret} of ${line}\r\n`), [7, 3]))
				print(chunk);
		await recorder.close();
		expect(segments().length).toBeGreaterThan(3);
		expect(recordedText()).toContain(`token ${'*'.repeat(secret.length)} of 1\r\n`);
		expect(recordedText()).not.toContain('ghp_');
		const reader = new HistoryReader();
		const { rows } = reader.read({ directory, from: 0, count: 2000 });
		const points = rows.flatMap((row) =>
			Array.from(
				row.cells.filter((_, at) => at % 3 === 0),
				(word) => word & 0x1fffff,
			),
		);
		expect(String.fromCodePoint(...points.filter((point) => point > 0))).not.toContain(
			'ghp_',
		);
		reader.close();
	});

	it('numbers on where a directory holds segments already', async () => {
		const first = recorded();
		first.print('one');
		await first.recorder.close();
		const second = recorded();
		second.print('two');
		await second.recorder.close();
		expect(segments()).toEqual(['000001.seg', '000002.seg']);
	});
});

describe('a torn recording', () => {
	it('is read up to the first damage, wherever that is', {
		timeout: 300_000,
	}, async () => {
		const { recorder, print } = recorded();
		for (let line = 0; line < 40; line += 1) print(`line ${line}\r\n`);
		await recorder.close();
		const whole = readFileSync(join(directory, '000001.seg'));
		const all = [...readRecords(whole)];
		fc.assert(
			fc.property(
				fc.nat(whole.length - 1),
				fc.constantFrom('cut', 'flip', 'zeros'),
				(at, how) => {
					const bytes = Buffer.from(how === 'cut' ? whole.subarray(0, at) : whole);
					if (how === 'flip') bytes[at] = (bytes[at] ?? 0) ^ 0x10;
					if (how === 'zeros') bytes.fill(0, at);
					const damaged = bytes.findIndex((byte, index) => byte !== whole[index]);
					const edge = how === 'cut' ? at : damaged < 0 ? whole.length : damaged;
					const intact = all.filter((record) => record.end <= edge);
					const found = [...readRecords(bytes)];
					expect(found.map((record) => record.end)).toEqual(
						intact.map((record) => record.end),
					);
				},
			),
			{ numRuns: 500 },
		);
	});

	it('still gives the lines before the tear', async () => {
		const { recorder, print } = recorded();
		for (let line = 0; line < 40; line += 1) {
			print(`line ${line}\r\n`);
			if (line === 38) await recorder.settled();
		}
		await recorder.close();
		const { truncateSync } = await import('node:fs');
		const path = join(directory, '000001.seg');
		truncateSync(path, statSync(path).size - 3);
		expect(replayedLines()).toHaveLength(35);
	});
});
