import { spawnSync } from 'node:child_process';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openJournalFolder } from '../../../src/journal/folder.ts';
import { openJournal } from '../../../src/journal/journal.ts';
import { Reserve, reserveBytes } from '../../../src/journal/reserve.ts';
import { granted } from '../../support/outcomes.ts';
import { type Program, startProgram } from '../../support/program.ts';
import { makeScratch } from '../../support/scratch.ts';
import { noSmallDisk, onSmallDisk, withFileLimit } from '../../support/small-disk.ts';

const fixture = (name: string) =>
	new URL(`../../fixtures/${name}`, import.meta.url).pathname;

const writer = (folder: string, group: number, padding: number) => [
	process.execPath,
	fixture('journal-writer.ts'),
	folder,
	String(group),
	String(padding),
];

const numbers = (program: Program, said: string) =>
	program.lines
		.filter((line) => line.startsWith(`${said} `))
		.map((line) => Number(line.slice(said.length)));

test('a full disk is refused, loses nothing, and the reserve takes what must be said', async ({
	skip,
}) => {
	const reason = noSmallDisk();
	skip(reason !== undefined, reason);
	const folder = makeScratch();
	const argv = onSmallDisk(folder, '14m', writer(folder, 10, 1000));
	const program = startProgram(argv);
	expect(await program.ended).toBe(0);
	const acknowledged = numbers(program, 'acknowledged').at(-1);
	expect(acknowledged).toBeGreaterThan(500);
	expect(program.lines).toContain('refused journal.full');
	expect(numbers(program, 'readable')).toEqual([acknowledged]);
	expect(numbers(program, 'from the reserve')).toEqual([(acknowledged ?? 0) + 10]);
});

test('a disk too small for the first write is refused by name', async ({ skip }) => {
	const reason = noSmallDisk();
	skip(reason !== undefined, reason);
	const folder = makeScratch();
	const program = startProgram(onSmallDisk(folder, '12k', writer(folder, 1, 10)));
	expect(await program.ended).toBe(3);
	expect(program.lines).toEqual(['refused journal.full']);
});

test('a file size limit or a quota counts as a full disk', async () => {
	const folder = granted(openJournalFolder(makeScratch()));
	const program = startProgram(withFileLimit(2000, writer(folder, 10, 1000)));
	expect(await program.ended).toBe(0);
	expect(program.lines).toContain('refused journal.full');
	const acknowledged = numbers(program, 'acknowledged').at(-1);
	expect(numbers(program, 'readable')).toEqual([acknowledged]);
	const journal = granted(openJournal(folder));
	expect(journal.lastSeq()).toBe(acknowledged);
	journal[Symbol.dispose]();
});

test.for([
	{ safe: 'now', within: Number.POSITIVE_INFINITY },
	// Long before SQLite moves its log into the database, which flushes as well.
	{ safe: 'soon', within: 1000 },
])(
	'after a failed flush nothing more is accepted until the journal is opened anew ($safe)',
	async ({ safe, within }, { skip }) => {
		const scratch = makeScratch();
		const library = join(scratch, 'failing-flush.so');
		const built = spawnSync('cc', [
			'-shared',
			'-fPIC',
			'-o',
			library,
			fixture('failing-flush.c'),
			'-ldl',
		]);
		skip(built.status !== 0, 'no C compiler here to make a disk fail');
		const folder = granted(openJournalFolder(scratch));
		const trigger = join(scratch, 'fail');
		const program = startProgram(['env', ...writer(folder, 5, 100), safe], {
			...process.env,
			LD_PRELOAD: library,
			FAIL_FLUSH: trigger,
		});
		await program.line((line) => line.startsWith('acknowledged'));
		writeFileSync(trigger, '');
		const readable = await program.line((line) => line.startsWith('readable'));
		expect(await program.ended).toBe(0);
		rmSync(trigger);
		const acknowledged = numbers(program, 'acknowledged').at(-1);
		expect(program.lines).toContain('refused journal.failed');
		expect(acknowledged).toBeLessThan(within);
		expect(readable).toBe(`readable ${acknowledged}`);
		expect(program.lines.at(-1)).toBe('journal.failed');
		const journal = granted(openJournal(folder));
		expect(journal.lastSeq()).toBeGreaterThanOrEqual(acknowledged ?? Number.NaN);
		journal[Symbol.dispose]();
	},
);

test('the reserve is set aside, spent once and set aside again', () => {
	const folder = makeScratch();
	const reserve = new Reserve(folder);
	expect([reserve.kept, reserve.spend()]).toEqual([false, false]);
	expect([reserve.fill(), reserve.kept]).toEqual([true, true]);
	const file = statSync(join(folder, 'ballast'));
	expect([file.size, file.mode & 0o777]).toEqual([reserveBytes, 0o600]);
	expect(file.blocks * 512).toBeGreaterThanOrEqual(reserveBytes);
	expect([reserve.spend(), reserve.kept, reserve.spend()]).toEqual([true, false, false]);
});
