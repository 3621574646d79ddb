import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Emulator } from '../../../src/terminal/emulator.ts';
import { anyOutput } from '../../support/terminal-noise.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const esc = '\x1b';

/** Runs in a thread that can be ended, since a sequence that never returns stops the test as well. */
const scan = `
const { parentPort, workerData } = require('node:worker_threads');
import(workerData.module).then(({ Emulator }) => {
	let tried = 0;
	for (const engine of ['exact', 'public'])
		for (const before of ['', '?', '>', '=', '<', ' ', '!', '"', '#', '$', "'", '*', '+'])
			for (let final = 0x40; final <= 0x7e; final += 1) {
				const emulator = new Emulator({ columns: 200, rows: 50, engine });
				const prefix = '<=>?'.includes(before) ? before : '';
				const middle = prefix ? '' : before;
				const text = 'x\\x1b[' + prefix + '2147483647' + middle + String.fromCharCode(final) + 'y';
				emulator.write(Buffer.from(text));
				if (emulator.faults === 0) tried += 1;
			}
	parentPort.postMessage(tried);
});
`;

describe('counts', () => {
	it('of all 819 CSI forms return, however large', { timeout: 300_000 }, async () => {
		const module = new URL('../../../src/terminal/emulator.ts', import.meta.url).href;
		const worker = new Worker(scan, { eval: true, workerData: { module } });
		const tried = await new Promise((resolve, reject) => {
			const stuck = setTimeout(() => resolve('stuck'), 240_000);
			worker.on('message', resolve);
			worker.on('error', reject);
			worker.on('exit', () => clearTimeout(stuck));
		});
		await worker.terminate();
		expect(tried).toBe(819 * 2);
	});

	it('repeat at most a screen of characters', () => {
		using emulator = new Emulator({ columns: 20, rows: 5 });
		emulator.write(encode(`x${esc}[2147483647b`));
		expect(emulator.text()).toEqual(Array.from({ length: 5 }, () => expect.any(String)));
		expect(emulator.scrollback).toBeLessThanOrEqual(5);
		expect(emulator.text()[2]).toBe('x'.repeat(20));
	});

	it('do what the count below the bound does', () => {
		for (const final of 'ILMSTZ') {
			using large = new Emulator({ columns: 20, rows: 5 });
			using enough = new Emulator({ columns: 20, rows: 5 });
			const text = 'one\r\ntwo\r\nthree\x1b[2;4H';
			large.write(encode(`${text}${esc}[99999999${final}!`));
			enough.write(encode(`${text}${esc}[20${final}!`));
			expect(large.text()).toEqual(enough.text());
		}
	});
});

describe('any sequence', () => {
	it('leaves the emulator working, at any size', { timeout: 240_000 }, () => {
		const size = (min: number) =>
			fc.oneof(fc.integer({ min, max: min + 3 }), fc.integer({ min, max: 60 }));
		fc.assert(
			fc.property(
				size(2),
				size(1),
				fc.array(anyOutput),
				size(2),
				(columns, rows, all, more) => {
					using emulator = new Emulator({ columns, rows, scrollback: 3 });
					for (const bytes of all) {
						emulator.write(bytes);
						emulator.resize(more, rows);
						emulator.write(bytes);
						emulator.resize(columns, more);
					}
					expect(emulator.faults).toBe(0);
					expect(emulator.rows(null).changed).toHaveLength(emulator.rowCount);
					expect(emulator.ring().length).toBeLessThanOrEqual(3);
				},
			),
			{ numRuns: 600 },
		);
	});

	for (const engine of ['exact', 'public'] as const)
		it(`that leaves half a wide glyph at the edge survives a wider screen (${engine})`, () => {
			using emulator = new Emulator({ columns: 3, rows: 1, scrollback: 3, engine });
			for (const text of ['a中文', '\r\n\x1b[@']) {
				emulator.write(encode(text));
				emulator.resize(4, 1);
				emulator.write(encode(text));
				emulator.resize(3, 4);
			}
			emulator.write(encode('\x1b[Hlast'));
			expect(emulator.text()).toHaveLength(4);
			expect(emulator.text()[0]).toBe('las');
			expect(emulator.faults).toBe(engine === 'exact' ? 0 : 1);
		});
});

describe('dear sequences', () => {
	/** How many of the sequences in sixteen kilobytes of nothing else take effect. */
	function effects(sequence: string, seen: (emulator: Emulator) => number): number {
		using emulator = new Emulator({ columns: 200, rows: 50, scrollback: 0 });
		emulator.write(encode(sequence.repeat(Math.floor(16_384 / sequence.length))));
		return seen(emulator);
	}

	it('are ignored once a stretch of output has spent its allowance', () => {
		// Each repeat of a screen of characters scrolls a screen away.
		const screens = effects(`x${esc}[9999b`, (emulator) => emulator.scrollback / 50);
		expect(screens).toBeGreaterThan(1);
		expect(screens).toBeLessThan(12);
	});

	it('take effect again in the next stretch', () => {
		using emulator = new Emulator({ columns: 200, rows: 50 });
		emulator.write(encode(`${esc}c`.repeat(8192)));
		emulator.write(encode(`text${esc}c`));
		expect(emulator.text()[0]).toBe('');
	});

	it('are ignored at the same places whatever the chunks', () => {
		const bytes = encode(`${'ab\r\n'.repeat(20)}x${esc}[9999b${esc}[3S`.repeat(400));
		using whole = new Emulator({ columns: 200, rows: 50 });
		using cut = new Emulator({ columns: 200, rows: 50 });
		whole.write(bytes);
		for (let at = 0; at < bytes.length; at += 1000)
			cut.write(bytes.subarray(at, at + 1000));
		expect(cut.scrollback).toBe(whole.scrollback);
		expect(cut.text()).toEqual(whole.text());
	});

	it('in ordinary numbers all take effect', () => {
		using emulator = new Emulator({ columns: 80, rows: 24 });
		for (let frame = 0; frame < 500; frame += 1)
			emulator.write(
				encode(`${esc}[H${esc}[2J${frame}${esc}[2;1H${esc}[L${esc}[M${esc}[S`),
			);
		emulator.write(encode(`${esc}[H${esc}[2J${esc}[1;1Hdone`));
		expect(emulator.text().filter(Boolean)).toEqual(['done']);
	});
});

describe('strings', () => {
	it('over their limit are dropped as a whole, and what follows is read', () => {
		using emulator = new Emulator({ columns: 20, rows: 2 });
		const titles: string[] = [];
		emulator.onSignal.on((signal) => {
			if (signal.kind === 'title') titles.push(signal.title);
		});
		emulator.write(encode(`${esc}]2;${'t'.repeat(8 * 1024 + 1)}\x07`));
		emulator.write(encode(`${esc}]2;short\x07`));
		emulator.write(encode(`${esc}]777;notify;x;${'b'.repeat(64 * 1024)}${esc}\\shown`));
		expect(titles).toEqual(['short']);
		expect(emulator.signals().map((signal) => signal.kind)).toEqual(['title']);
		expect(emulator.text()[0]).toBe('shown');
	});

	it.each([']9;', 'P$q', 'Pq', '_G', '^', 'X'])(
		'that never end (ESC %s) keep no memory',
		(start) => {
			using emulator = new Emulator({ columns: 20, rows: 2 });
			const piece = Buffer.alloc(64 * 1024, 'A');
			emulator.write(encode(`${esc}${start}`));
			const before = heapInUse();
			for (let count = 0; count < 256; count += 1) emulator.write(piece);
			// 16 MB went in; two bytes a character would be 32 MB.
			expect(heapInUse() - before).toBeLessThan(12 * 1024 * 1024);
			emulator.write(encode(`${esc}\\end`));
			expect(emulator.text()[0]).toBe('end');
		},
	);

	it('of a status request over the limit are not answered', () => {
		using emulator = new Emulator({ columns: 20, rows: 2 });
		const replies: string[] = [];
		emulator.onReply.on((reply) => replies.push(reply));
		emulator.write(encode(`${esc}P$q${'m'.repeat(70_000)}${esc}\\`));
		expect(replies).toEqual([]);
		emulator.write(encode(`${esc}P$qm${esc}\\`));
		expect(replies).toEqual([`${esc}P1$r0m${esc}\\`]);
	});
});

describe('cells', () => {
	it('take a bounded number of combining marks', () => {
		using emulator = new Emulator({ columns: 20, rows: 2 });
		emulator.write(encode(`e${'\u0301'.repeat(100_000)}x`));
		const [row] = emulator.rows(null).changed;
		expect(row?.clusters[0]?.[1]).toHaveLength(12);
		expect(emulator.text()[0]?.endsWith('x')).toBe(true);
	});

	it('keep the longest emoji in use', () => {
		using emulator = new Emulator({ columns: 20, rows: 2 });
		const family = '👨🏽‍👩🏽‍👧🏽‍👦🏽';
		emulator.write(encode(family));
		expect(emulator.rows(null).changed[0]?.clusters).toEqual([[0, family]]);
	});

	it('of a million links cost no memory of markers', () => {
		using emulator = new Emulator({ columns: 20, rows: 2 });
		for (let count = 0; count < 20_000; count += 1)
			emulator.write(encode(`${esc}]8;;https://example.com/${count}${esc}\\x`));
		emulator.write(encode('\r\n'.repeat(400)));
		expect(emulator.scrollback).toBeGreaterThan(400);
	});
});

describe('a cursor in the last cell', () => {
	it.each(['exact', 'public'] as const)('may erase above itself (%s)', (engine) => {
		using emulator = new Emulator({ columns: 4, rows: 2, engine });
		emulator.write(encode(`abcd${esc}[2;4H`));
		emulator.write(encode(`${esc}[1J`));
		emulator.write(encode('z'));
		expect(emulator.faults).toBe(0);
		expect(emulator.text()[1]).toBe('   z');
	});

	it('erases all of the screen', () => {
		using emulator = new Emulator({ columns: 4, rows: 2 });
		emulator.write(encode(`abcdefg${esc}[2;4H${esc}[1J`));
		expect(emulator.text()).toEqual(['', '']);
		expect(emulator.rows(null).cursorColumn).toBe(3);
	});
});

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

/** Without what waits to be collected, which is as much as the engine finds right. */
function heapInUse(): number {
	if (typeof collectGarbage === 'function') collectGarbage();
	return process.memoryUsage().heapUsed;
}
