import { describe, expect, test } from 'vitest';
import { fileInTree } from '../../../../src/gates/parsers/file-place.ts';

describe('a path is told as it stands in the worktree', () => {
	test.each([
		['src/a.ts', 'src/a.ts'],
		['./src/a.ts', 'src/a.ts'],
		['src/../a.ts', 'a.ts'],
		['/work/project/src/a.ts', 'src/a.ts'],
		['file:///work/project/src/a%20b.ts', 'src/a b.ts'],
		['file:///work/project/src/a%b.ts', 'src/a%b.ts'],
		['src\\deep\\a.ts', 'src/deep/a.ts'],
		['odd\\name/a.ts', 'odd\\name/a.ts'],
	])('%s', (path, file) => {
		expect(fileInTree(path, '/work/project')).toBe(file);
	});

	test('of Windows, with forward slashes', () => {
		expect(fileInTree('C:\\project\\src\\a.ts', 'C:\\project')).toBe('src/a.ts');
		expect(fileInTree('file:///C:/project/src/a.ts', 'C:\\project\\')).toBe('src/a.ts');
	});

	test('from the folder in which the tool ran', () => {
		expect(fileInTree('test/a.ts', '/work/project', 'packages/one')).toBe(
			'packages/one/test/a.ts',
		);
		expect(fileInTree('../two/a.ts', '/work/project', 'packages/one')).toBe(
			'packages/two/a.ts',
		);
	});
});

test.each([
	'',
	'/etc/passwd',
	'../other/a.ts',
	'/work/project-of-another/a.ts',
	'/work/project',
	'src/../../../etc/passwd',
	'node:internal/timers',
	'<frozen importlib._bootstrap>',
	'src/a\u001b[31m.ts',
	'src/a\n.ts',
	'src/a\u202est.ts',
	'x'.repeat(501),
])('what lies elsewhere or is no path is null: %j', (path) => {
	expect(fileInTree(path, '/work/project')).toBeNull();
});
