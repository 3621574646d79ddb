import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScreenRow } from '../../../src/protocol/rows.ts';
import { Emulator } from '../../../src/terminal/emulator.ts';
import { History } from '../../../src/terminal/history.ts';
import { HistoryReader } from '../../../src/terminal/history-reader.ts';
import { Recorder } from '../../../src/terminal/recorder.ts';
import { Redaction } from '../../../src/terminal/redaction.ts';
import { rowText } from '../../../src/terminal/screen-text.ts';
import { chunked, lines, output, wildOutput } from '../../support/terminal-noise.ts';

/** Hundreds of segments, each synced to the disk, are a matter of seconds on a busy one. */
const patienceMs = 100_000;

let scratch: string;
let count = 0;

beforeEach(() => {
	scratch = mkdtempSync(join(tmpdir(), 'weir-history-'));
});

afterEach(() => {
	rmSync(scratch, { recursive: true, force: true });
});

/** A recorded terminal that remembers every line it let go of. */
function live(segmentBytes: number, columns = 24, rows = 6, scrollback = 8) {
	count += 1;
	const directory = join(scratch, String(count));
	const kept: ScreenRow[] = [];
	const emulator = new Emulator({
		columns,
		rows,
		scrollback,
		keep: (_, read) => kept.push(read()),
	});
	const recorder = new Recorder({
		directory: { path: directory },
		emulator,
		redaction: new Redaction(),
		segmentBytes,
		segmentMs: 0,
		waitMs: patienceMs,
	});
	return {
		directory,
		emulator,
		recorder,
		print(bytes: Uint8Array) {
			emulator.write(bytes);
			recorder.output(bytes);
		},
		resize(width: number, height: number) {
			emulator.resize(width, height);
			recorder.resize();
		},
		/** All lines above the screen, numbered from 0. */
		lines: () => [...kept, ...emulator.ring()],
	};
}

/** All lines, read in pages; as the live emulator numbers them. */
function readAll(directory: string, page: number): ScreenRow[] {
	const reader = new HistoryReader();
	const rows: ScreenRow[] = [];
	for (let from = 0; ; from += page) {
		const answer = reader.read({ directory, from, count: page });
		rows.push(...answer.rows.map((row) => ({ ...row, row: row.row + from })));
		if (from + page >= answer.total) break;
	}
	reader.close();
	return rows;
}

const size = fc.record({
	columns: fc.integer({ min: 2, max: 40 }),
	rows: fc.integer({ min: 1, max: 12 }),
});

describe('history', () => {
	it('is every line that the live terminal let go of', { timeout: 300_000 }, async () => {
		const step = fc.oneof(
			{ weight: 6, arbitrary: lines },
			{ weight: 3, arbitrary: wildOutput },
			{ weight: 1, arbitrary: size },
		);
		await fc.assert(
			fc.asyncProperty(
				fc.array(step, { minLength: 1, maxLength: 40 }),
				fc.constantFrom(300, 2000, 100_000),
				fc.constantFrom(7, 100),
				async (steps, segmentBytes, page) => {
					const terminal = live(segmentBytes);
					for (const one of steps) {
						if (one instanceof Uint8Array) terminal.print(one);
						else terminal.resize(one.columns, one.rows);
					}
					await terminal.recorder.close();
					expect(terminal.emulator.faults).toBe(0);
					expect(readAll(terminal.directory, page)).toEqual(terminal.lines());
				},
			),
			{ numRuns: 60 },
		);
	});

	it('is what a terminal with unlimited memory has', { timeout: 300_000 }, async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.oneof(lines, output), { minLength: 1, maxLength: 60 }),
				async (outputs) => {
					// Erasing saved lines takes them from a terminal's memory, not from the recording.
					const bytes = Buffer.concat(outputs.filter((some) => !some.includes('[3J')));
					const terminal = live(500);
					for (const chunk of chunked(bytes, [100])) terminal.print(chunk);
					await terminal.recorder.close();
					using reference = new Emulator({ columns: 24, rows: 6, scrollback: 10_000 });
					for (const chunk of chunked(bytes, [100])) reference.write(chunk);
					expect(readAll(terminal.directory, 50)).toEqual(reference.ring());
					expect(terminal.emulator.scrollback).toBe(reference.scrollback);
				},
			),
			{ numRuns: 60 },
		);
	});

	it('does not hold what the alternate screen showed', async () => {
		const terminal = live(100_000);
		terminal.print(Buffer.from('normal\r\n'.repeat(20)));
		terminal.print(Buffer.from(`\x1b[?1049h${'alternate\r\n'.repeat(50)}`));
		expect(terminal.emulator.rows(null).scrollback).toBe(15);
		await terminal.recorder.close();
		const texts = readAll(terminal.directory, 100).map(rowText);
		expect(new Set(texts)).toEqual(new Set(['normal']));
		expect(texts).toHaveLength(15);
	});

	it('goes on growing between two readings', async () => {
		const terminal = live(2000);
		const reader = new HistoryReader();
		const newest = () => {
			const { directory } = terminal;
			const { total } = reader.read({ directory, from: 0, count: 1 });
			const { rows } = reader.read({ directory, from: total - 1, count: 1 });
			return rows.map(rowText);
		};
		for (let line = 0; line < 300; line += 10) {
			for (let more = line; more < line + 10; more += 1)
				terminal.print(Buffer.from(`line ${more}\r\n`));
			await terminal.recorder.settled();
			expect(newest()).toEqual([`line ${line + 4}`]);
			const { rows } = reader.read({
				directory: terminal.directory,
				from: 0,
				count: 300,
			});
			const texts = Array.from({ length: line + 5 }, (_, at) => `line ${at}`);
			expect(rows.map(rowText)).toEqual(texts);
		}
		reader.close();
		await terminal.recorder.close();
	});

	it('reads what was recorded once, though the segment grows', async () => {
		const terminal = live(1_000_000);
		const print = (from: number, until: number) => {
			for (let line = from; line < until; line += 1)
				terminal.print(Buffer.from(`line ${line}\r\n`));
			return terminal.recorder.settled();
		};
		const reader = new HistoryReader();
		const { directory } = terminal;
		const read = (from: number) => reader.read({ directory, from, count: 2 }).rows;
		await print(0, 300);
		expect(read(100).map(rowText)).toEqual(['line 100', 'line 101']);
		// Whoever reads it again stumbles.
		const file = openSync(join(directory, '000001.seg'), 'r+');
		writeSync(file, Buffer.alloc(2000), 0, 2000, 64);
		closeSync(file);
		await print(300, 400);
		expect(read(100).map(rowText)).toEqual(['line 100', 'line 101']);
		expect(read(350).map(rowText)).toEqual(['line 350', 'line 351']);
		const query = { text: 'line 320', ignoreCase: false, direction: 'down' } as const;
		expect(reader.search({ ...query, directory, from: { line: 0, column: 0 } })).toEqual({
			found: { line: 320, column: 0 },
			next: null,
			total: 395,
			dropped: 0,
		});
		reader.close();
		await terminal.recorder.close();
	});

	it('is wrapped at the present width as a terminal with unlimited memory does it', async () => {
		const steps = [24, 31, 9, 24, 60, 17];
		for (const segmentBytes of [400, 100_000]) {
			const terminal = live(segmentBytes, 24, 6, 50);
			using reference = new Emulator({ columns: 24, rows: 6, scrollback: 10_000 });
			const print = (text: string) => {
				const bytes = Buffer.from(text);
				terminal.print(bytes);
				reference.write(bytes);
			};
			const linked = '\x1b]8;;https://example.org\x07link\x1b]8;;\x07';
			const styled = `\x1b[4:3;31mun${'der'.repeat(9)}line\x1b[m e\u0301 中文字 ${linked}`;
			for (const [at, columns] of steps.entries()) {
				terminal.resize(columns, 6);
				reference.resize(columns, 6);
				for (let line = 0; line < 40; line += 1) {
					const words = `${'中文 word '.repeat((line * 5) % 11)}${' '.repeat(line % 30)}`;
					print(`${at}.${line} ${words}${line % 4 === 0 ? styled : '.'}\r\n`);
				}
				// What goes on from a line that has left memory is not wrapped anew with it.
				for (let line = 0; line < 60; line += 1) print(`${line}\r\n`);
			}
			await terminal.recorder.close();
			const { directory } = terminal;
			const reader = new HistoryReader();
			const { first = 0, total } = reader.read({
				directory,
				from: -9999,
				count: 1,
				reflow: true,
			});
			expect(total).toBe(terminal.emulator.scrollback);
			expect(total - first).toBe(reference.scrollback);
			const rows: ScreenRow[] = [];
			for (let from = first; from < total; from += 37) {
				const page = reader.read({ directory, from, count: 37, reflow: true });
				rows.push(...page.rows.map((row) => ({ ...row, row: row.row + from - first })));
			}
			expect(rows).toEqual(reference.ring());
			reader.close();
		}
	});

	it('is searched in both directions, one segment at a time', async () => {
		const terminal = live(600);
		const words = ['one', 'two', 'needle', 'four', 'five needle six', 'x'.repeat(20)];
		for (let line = 0; line < 400; line += 1)
			terminal.print(
				Buffer.from(
					`${line} ${'-'.repeat(line % 31)}${words[(line * 7) % words.length]}\r\n`,
				),
			);
		await terminal.recorder.close();
		const { directory } = terminal;
		const reader = new HistoryReader();
		const all = readAll(directory, 500);
		// Lines of 24 cells, some of which wrap in the middle of the word.
		const text = all.map((row) => {
			const line = rowText(row);
			return all[row.row + 1]?.wrapped ? line.padEnd(24) : `${line}\n`;
		});
		const starts = text.map((_, at) => text.slice(0, at).join('').length);
		const places = [...text.join('').matchAll(/needle/g)].map(({ index }) => {
			const line = starts.findLastIndex((start) => start <= index);
			return { line, column: index - (starts[line] ?? 0) };
		});
		let answers = 0;
		const walk = (direction: 'up' | 'down', from: { line: number; column: number }) => {
			const found: unknown[] = [];
			const query = { text: 'needle', ignoreCase: false, direction };
			for (let next: typeof from | null = from; next; answers += 1) {
				const answer = reader.search({ ...query, directory, from: next });
				if (answer.found) found.push(answer.found);
				const after = answer.found && {
					...answer.found,
					column: answer.found.column + (direction === 'down' ? 1 : 0),
				};
				next = after ?? answer.next;
			}
			return found;
		};
		expect(places.length).toBeGreaterThan(100);
		expect(walk('down', { line: 0, column: 0 })).toEqual(places);
		expect(walk('up', { line: all.length, column: 0 })).toEqual(places.toReversed());
		expect(answers).toBeGreaterThan(places.length * 2 + 4);
		reader.close();
	});

	it('knows the lines at which prompts begin, in all segments and after new sizes', async () => {
		for (const { segmentBytes, sizes } of [
			{ segmentBytes: 300, sizes: 1 },
			{ segmentBytes: 100_000, sizes: 3 },
			{ segmentBytes: 300, sizes: 3 },
			{ segmentBytes: 2000, sizes: 3 },
		]) {
			const terminal = live(segmentBytes);
			for (let command = 0; command < 150; command += 1) {
				const output = `${command} ${'word '.repeat(command % 9)}\r\n`.repeat(
					command % 4,
				);
				const prompt = `\x1b]133;A\x1b\\$ make ${command}\x1b]133;C\x1b\\\r\n`;
				terminal.print(Buffer.from(prompt + output));
				if (command % 23 === 22) terminal.resize(24 + (command % sizes) * 8, 8);
			}
			await terminal.recorder.close();
			const { directory } = terminal;
			const reader = new HistoryReader();
			for (const reflow of segmentBytes > 300 ? [false, true] : [false]) {
				const wrapped = { directory, reflow };
				const { first = 0 } = reader.read({ ...wrapped, from: -9999, count: 1 });
				const { rows } = reader.read({ ...wrapped, from: first, count: 2000 });
				const places = rows
					.filter((row) => rowText(row).startsWith('$ make'))
					.map(({ row }) => row + first);
				const nearest = (direction: 'up' | 'down', line: number) => {
					for (let from: number | null = null; ; ) {
						const answer = reader.prompt({ ...wrapped, line, direction, from });
						if (answer.next === null) return answer.line;
						from = answer.next;
					}
				};
				expect(places.length).toBeGreaterThan(100);
				const up: number[] = [];
				for (let at = nearest('up', (places.at(-1) ?? 0) + 1); at !== null; ) {
					up.push(at);
					at = nearest('up', at);
				}
				expect(up).toEqual(places.toReversed());
				const down: number[] = [];
				for (let at = nearest('down', first); at !== null; at = nearest('down', at))
					down.push(at);
				expect(down.slice(0, places.length - 1)).toEqual(places.slice(1));
			}
			reader.close();
		}
	});

	it('has the screens of before, of programs on the alternate screen too', async () => {
		let now = 1_000_000;
		count += 1;
		const directory = join(scratch, String(count));
		const emulator = new Emulator({ columns: 30, rows: 8 });
		const setting = {
			directory: { path: directory },
			emulator,
			redaction: new Redaction(),
			segmentBytes: 500,
			waitMs: patienceMs,
		};
		const recorder = new Recorder({ ...setting, now: () => now });
		const print = (text: string) => {
			emulator.write(Buffer.from(text));
			recorder.output(Buffer.from(text));
			now += 300;
		};
		print('\x1b[?1049h');
		for (let page = 1; page <= 40; page += 1) {
			print(`\x1b[2J\x1b[H${'page '.repeat(5)}${page}\r\nof ${page}\r\nall`);
			// A clock is no other screen.
			print(`\x1b[3;20H${now}`);
		}
		await recorder.close();
		const reader = new HistoryReader();
		const walk = (direction: 'earlier' | 'later', from: number) => {
			const seen: number[] = [];
			for (let time = from; ; ) {
				const screen = reader.screen({ directory, time, direction });
				if (!screen) return { seen, time };
				const page = Number(
					/\d+$/.exec(screen.rows[0] ? rowText(screen.rows[0]) : '')?.[0],
				);
				if (seen.at(-1) !== page && !Number.isNaN(page)) seen.push(page);
				time = screen.time;
			}
		};
		const back = walk('earlier', Number.MAX_SAFE_INTEGER);
		expect(back.seen).toEqual(Array.from({ length: 39 }, (_, at) => 39 - at));
		const forth = walk('later', back.time);
		expect(forth.seen).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
		reader.close();
		emulator[Symbol.dispose]();
	});

	it('is cut to the width asked for', async () => {
		const terminal = live(100_000);
		terminal.print(Buffer.from('12345中789\r\n'.repeat(10)));
		await terminal.recorder.close();
		const reader = new HistoryReader();
		const { directory } = terminal;
		const { rows } = reader.read({ directory, from: 0, count: 1, columns: 6 });
		expect(rows.map(rowText)).toEqual(['12345']);
		reader.close();
	});
});

describe('the thread for history', () => {
	it('reads a recording', async () => {
		const terminal = live(1000);
		for (let line = 0; line < 500; line += 1)
			terminal.print(Buffer.from(`\x1b[3${line % 8}mline ${line}\x1b[m\r\n`));
		await terminal.recorder.settled();
		await using history = new History();
		const { directory } = terminal;
		const answers = await Promise.all(
			[0, 100, 490].map((from) => history.read({ directory, from, count: 3 })),
		);
		const texts = answers.map((answer) => answer.ok && answer.value.rows.map(rowText));
		expect(texts).toEqual([
			['line 0', 'line 1', 'line 2'],
			['line 100', 'line 101', 'line 102'],
			['line 490', 'line 491', 'line 492'],
		]);
		expect(answers[0]?.ok && answers[0].value.total).toBe(495);
		await terminal.recorder.close();
	});

	it('says what cannot be read', async () => {
		await using history = new History();
		const answer = await history.read({
			directory: join(scratch, 'nowhere'),
			from: 0,
			count: 1,
		});
		expect(answer).toMatchObject({ ok: false, refusal: { code: 'history.unreadable' } });
	});

	it('is ended when it hangs, and the next request has a new one', async () => {
		const program = new URL(
			`data:text/javascript,${encodeURIComponent(`
				import { parentPort } from 'node:worker_threads';
				parentPort.on('message', ({ id, question }) => {
					while (question.lines.directory === 'hang');
					parentPort.postMessage({ id, lines: { from: 0, total: 0, dropped: 0, rows: [] } });
				});`)}`,
		);
		await using history = new History({ timeoutMs: 5000, program });
		const [stuck, fine] = await Promise.all([
			history.read({ directory: 'hang', from: 0, count: 1 }),
			history.read({ directory: 'fine', from: 0, count: 1 }),
		]);
		expect(stuck).toMatchObject({ ok: false, refusal: { code: 'history.stuck' } });
		expect(fine.ok).toBe(true);
	});
});
