// Which files of a run are read beside what it printed.
import {
	mkdirSync,
	mkdtempSync,
	rmSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CapturedOutput } from '../../../src/gates/captured-output.ts';
import { leftBy } from '../../../src/gates/read-report.ts';

let root: string;
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'weir-report-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
	mkdirSync(dirname(join(root, path)), { recursive: true });
	writeFileSync(join(root, path), text);
}

const left = (report: string[], parse: 'auto' | 'go' = 'auto', since = 0) =>
	leftBy({ parse, report }, new CapturedOutput(), true, { root, since });

test('several files and patterns are read, each once and in order', async () => {
	write('out/b.xml', 'b');
	write('out/a.xml', 'a');
	write('other.xml', 'other');
	write('node_modules/x/out/c.xml', 'not this');
	const { reports } = await left(['out/*.xml', 'out/a.xml', 'other.xml', '**/c.xml']);
	expect(reports).toEqual(['other', 'a', 'b']);
});

test('what an earlier run left is no report of this one', async () => {
	write('old.xml', 'old');
	utimesSync(join(root, 'old.xml'), new Date(1000), new Date(1000));
	write('new.xml', 'new');
	const { reports } = await left(['*.xml'], 'auto', Date.now() - 5000);
	expect(reports).toEqual(['new']);
});

test('nothing outside of the folder is read', async () => {
	const outside = mkdtempSync(join(tmpdir(), 'weir-outside-'));
	writeFileSync(join(outside, 'secret.xml'), 'secret');
	symlinkSync(outside, join(root, 'out'));
	expect((await left(['out/secret.xml', 'out/*.xml'])).reports).toEqual([]);
	rmSync(outside, { recursive: true });
});

test('modules of go are found below the top, where go is spoken', async () => {
	write('go.mod', 'module example.com/top\n');
	write('tools/lint/go.mod', 'module example.com/lint // nested\n');
	write('vendor/x/go.mod', 'module example.com/vendored\n');
	expect((await left([])).goModules).toEqual([
		{ name: 'example.com/top', folder: '' },
		{ name: 'example.com/lint', folder: 'tools/lint' },
	]);
	rmSync(join(root, 'go.mod'));
	expect((await left([])).goModules).toEqual([]);
	expect((await left([], 'go')).goModules).toHaveLength(1);
});
