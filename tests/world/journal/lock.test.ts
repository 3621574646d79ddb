import { chmodSync, chownSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openJournalFolder } from '../../../src/journal/folder.ts';
import { takeLock } from '../../../src/journal/lock.ts';
import { granted, refusalOf } from '../../support/outcomes.ts';
import { startFixture } from '../../support/program.ts';
import { makeScratch } from '../../support/scratch.ts';

test('of two takers the second is refused until the first lets go', () => {
	const folder = granted(openJournalFolder(makeScratch()));
	using first = granted(takeLock(folder));
	expect(refusalOf(takeLock(folder)).code).toBe('supervisor.running');
	// A refused attempt in the same process must not have loosened the lock.
	expect(refusalOf(takeLock(folder)).code).toBe('supervisor.running');
	first[Symbol.dispose]();
	using second = granted(takeLock(folder));
	expect(second.intact).toBe(true);
});

test('of eight processes that start together exactly one owns the repository', async () => {
	for (let round = 0; round < 3; round += 1) {
		const folder = granted(openJournalFolder(makeScratch()));
		const takers = Array.from({ length: 8 }, () => startFixture('lock-taker.ts', folder));
		const said = await Promise.all(takers.map((taker) => taker.line(() => true)));
		expect(said.filter((line) => line === 'taken').length).toBe(1);
		expect(said.filter((line) => line === 'refused supervisor.running').length).toBe(7);
		await Promise.all(takers.map((taker) => taker.kill()));
	}
});

test('kill -9 of the owner frees the lock', async () => {
	const folder = granted(openJournalFolder(makeScratch()));
	const owner = startFixture('lock-taker.ts', folder);
	await owner.line((line) => line === 'taken');
	expect(refusalOf(takeLock(folder)).code).toBe('supervisor.running');
	await owner.kill();
	using lock = granted(takeLock(folder));
	expect(lock.intact).toBe(true);
});

test('an owner whose lock file was removed knows that it owns nothing', () => {
	const folder = granted(openJournalFolder(makeScratch()));
	using lock = granted(takeLock(folder));
	rmSync(join(folder, 'lock.sqlite'));
	expect(lock.intact).toBe(false);
});

test('the weir folder is refused where others could enter or replace it', () => {
	const open = makeScratch();
	mkdirSync(join(open, 'weir'), { mode: 0o755 });
	chmodSync(join(open, 'weir'), 0o755);
	expect(refusalOf(openJournalFolder(open))).toMatchObject({
		code: 'folder.not-private',
		allow: `chmod 700 -- ${join(open, 'weir')}`,
	});
	const linked = makeScratch();
	symlinkSync(open, join(linked, 'weir'));
	expect(refusalOf(openJournalFolder(linked)).message).toContain('a symbolic link');
	expect(refusalOf(openJournalFolder(join(open, 'none'))).code).toBe(
		'repository.missing',
	);
});

test('the repository of somebody else is refused', ({ skip }) => {
	skip(process.getuid?.() !== 0, 'only root can give a folder away');
	const foreign = makeScratch();
	chownSync(foreign, 12_345, 12_345);
	expect(refusalOf(openJournalFolder(foreign))).toMatchObject({
		code: 'repository.foreign',
		message: expect.stringContaining('belongs to user 12345'),
	});
});
