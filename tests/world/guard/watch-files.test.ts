import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { watchFiles } from '../../../src/guard/watch-files.ts';
import { makeScratch } from '../../support/scratch.ts';

test('what was written before the watch had begun is told, and what is written later', async () => {
	const file = join(makeScratch(), 'weir', 'keys.yaml');
	mkdirSync(dirname(file));
	writeFileSync(file, 'before');
	const seen: string[] = [];
	await using _ = watchFiles([file], () => {
		seen.push(readFileSync(file, 'utf8'));
	});
	await expect.poll(() => seen.at(-1)).toBe('before');
	writeFileSync(file, 'later on');
	await expect.poll(() => seen.at(-1)).toBe('later on');
});

test('a file in a folder that is not there yet is waited for', async () => {
	const file = join(makeScratch(), 'weir', 'keys.yaml');
	const seen: string[] = [];
	await using _ = watchFiles([file], () => {
		if (existsSync(file)) seen.push(readFileSync(file, 'utf8'));
	});
	mkdirSync(dirname(file));
	writeFileSync(file, 'made');
	await expect.poll(() => seen.at(-1)).toBe('made');
});

test('what is carried out is not begun again before it has ended', async () => {
	const folder = makeScratch();
	const files = ['one', 'two', 'three'].map((name) => join(folder, name));
	let under = 0;
	let most = 0;
	let told = 0;
	const go = Promise.withResolvers<void>();
	await using _ = watchFiles(files, async () => {
		under += 1;
		most = Math.max(most, under);
		await go.promise;
		under -= 1;
		told += 1;
	});
	await expect.poll(() => under).toBe(1);
	for (const file of files) writeFileSync(file, 'x');
	go.resolve();
	await expect.poll(() => told).toBeGreaterThan(1);
	expect(most).toBe(1);
});
