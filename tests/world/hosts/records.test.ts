import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
	exitFile,
	exitRecords,
	forgetOldExits,
	holderRecords,
	readExit,
	removeRecord,
	writeRecord,
} from '../../../src/hosts/records.ts';
import type { ExitRecord } from '../../../src/protocol/holder.ts';
import { makeScratch } from '../../support/scratch.ts';

test('ends of programs are found again, in the order in which they came', async () => {
	const folder = join(makeScratch(), 'exits');
	expect(exitRecords(folder)).toEqual([]);
	const late = end('api', 2, '2026-01-02T00:00:00.000Z');
	const early = end('web', 1, '2026-01-01T00:00:00.000Z');
	for (const one of [late, early])
		await writeRecord(exitFile(folder, one.pane, one.generation), one);
	expect(exitRecords(folder)).toEqual([early, late]);
	expect(readExit(folder, 'api', 2)).toEqual(late);
	expect(readExit(folder, 'api', 1)).toBeNull();
	removeRecord(exitFile(folder, 'api', 2));
	expect(exitRecords(folder)).toEqual([early]);
});

test("a record is its owner's alone and replaced as a whole", async () => {
	const folder = makeScratch();
	const file = exitFile(folder, 'api', 1);
	for (const code of [1, 2])
		await writeRecord(file, { ...end('api', 1, '2026-01-01T00:00:00.000Z'), code });
	expect(readExit(folder, 'api', 1)?.code).toBe(2);
	expect(statSync(file).mode & 0o777).toBe(0o600);
	expect(readdirSync(folder)).toEqual(['api.1.json']);
});

test('what is no record is left out and left alone', () => {
	const folder = makeScratch();
	writeFileSync(join(folder, 'half.json'), '{"id":');
	writeFileSync(join(folder, 'other.json'), '{}');
	writeFileSync(join(folder, '.new.json.1.new'), '{}');
	mkdirSync(join(folder, 'folder.json'));
	expect(holderRecords(folder)).toEqual([]);
	expect(exitRecords(folder)).toEqual([]);
	expect(readdirSync(folder)).toHaveLength(4);
});

test('an end that nobody collects is forgotten in time', async () => {
	const folder = makeScratch();
	const old = end('old', 1, '2026-01-01T00:00:00.000Z');
	await writeRecord(exitFile(folder, 'old', 1), old);
	await writeRecord(exitFile(folder, 'new', 1), { ...old, pane: 'new' });
	utimesSync(exitFile(folder, 'old', 1), 0, Date.now() / 1000 - 3600);
	forgetOldExits(folder, 60_000);
	expect(exitRecords(folder).map((one) => one.pane)).toEqual(['new']);
});

function end(pane: string, generation: number, at: string): ExitRecord {
	return { pane, generation, code: 0, signal: null, stopped: false, at, survivors: [] };
}
