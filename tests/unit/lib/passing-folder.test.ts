import { spawnSync } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	rmSync,
	symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withPassingFolder } from '../../../src/lib/passing-folder.ts';

let top: string;
beforeEach(() => {
	top = mkdtempSync(join(tmpdir(), 'passing-'));
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

test('a folder is there for the job alone, whatever comes of it', async () => {
	const during = await withPassingFolder('trial', async () => readdirSync(top), top);
	expect(during).toHaveLength(1);
	expect(readdirSync(top)).toEqual([]);
	const fails = withPassingFolder('trial', () => Promise.reject(new Error('no')), top);
	await expect(fails).rejects.toThrow('no');
	expect(readdirSync(top)).toEqual([]);
});

test('what a program left that is no more goes, and nothing else', async () => {
	const nobody = spawnSync('true').pid;
	await withPassingFolder(
		'trial',
		async (own) => {
			const name = basename(own);
			const home = /^weir-trial-(\d+)\./.exec(name)?.[1];
			const left = `weir-trial-${home}.${nobody}-abcdef`;
			const others = [
				`weir-trial-${Number(home) + 1}.${nobody}-abcdef`,
				`weir-trial-${nobody}-abcdef`,
				`my-trial-${home}.${nobody}-abcdef`,
			];
			for (const folder of [left, ...others])
				mkdirSync(join(top, folder, 'below'), { recursive: true });
			const link = `weir-other-${home}.${nobody}-abcdef`;
			symlinkSync(own, join(top, link));
			await withPassingFolder('other', async () => undefined, top);
			expect(readdirSync(top).toSorted()).toEqual([name, link, ...others].toSorted());
			expect(existsSync(own)).toBe(true);
		},
		top,
	);
});
