// Where packages are installed, asked for again and again.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InstalledFolders } from '../../../src/gates/installed-folders.ts';

let top: string;
beforeEach(() => {
	top = mkdtempSync(join(tmpdir(), 'weir-installed-'));
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

const make = (...paths: readonly string[]) => {
	for (const path of paths) mkdirSync(join(top, path), { recursive: true });
};

test('they are found by their names, the outer ones first, and not in what is built or linked', async () => {
	make('packages/api/node_modules/x', 'node_modules/y/node_modules', 'tools/.venv');
	make('dist/node_modules', 'a/b/c/d/node_modules');
	symlinkSync(join(top, 'packages'), join(top, 'link'));
	expect(await new InstalledFolders().in(top)).toEqual([
		'node_modules',
		'tools/.venv',
		'packages/api/node_modules',
	]);
});

test('what is installed later is found, and what is gone is not, however old its folder says it is', async () => {
	make('packages/api', 'packages/web');
	const installed = new InstalledFolders();
	expect(await installed.in(top)).toEqual([]);
	make('packages/api/node_modules');
	utimesSync(join(top, 'packages/api'), new Date(1000), new Date(1000));
	expect(await installed.in(top)).toEqual(['packages/api/node_modules']);
	rmSync(join(top, 'packages/api/node_modules'), { recursive: true });
	expect(await installed.in(top)).toEqual([]);
});

test('a folder that was not changed for a while is remembered, and looked at again once it is', async () => {
	make('packages/api');
	const installed = new InstalledFolders();
	await new Promise((resolve) => setTimeout(resolve, 2100));
	expect(await installed.in(top)).toEqual([]);
	make('packages/api/.venv');
	expect(await installed.in(top)).toEqual(['packages/api/.venv']);
});
