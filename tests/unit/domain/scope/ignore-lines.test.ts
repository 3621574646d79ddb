// That it is as git has it is the subject of tests/world/domain.
import { expect, it } from 'vitest';
import { IgnoreLines } from '../../../../src/domain/scope/ignore-lines.ts';

it.each([
	[['build/'], 'build/x', true],
	[['build/'], 'build', false],
	[['build/', '!build/keep'], 'build/keep', true],
	[['build/*', '!build/keep'], 'build/keep', false],
	[['*', '!*/', '!*.md'], 'src/a.md', false],
	[['*', '!*/', '!*.md'], 'src/a.ts', true],
	[['a[', '!b['], 'a', false],
	[['*.log', '!../x'], 'a.log', true],
	[['{a,b}'], '{a,b}', true],
	[['ab', '!/a**'], 'a/ab', false],
	[['.git*'], '.gitattributes', true],
])('%j: %s is ignored: %s', (lines, path, ignored) => {
	expect(new IgnoreLines(lines).ignores(path)).toBe(ignored);
});

it.each([
	[['build/'], 'build', true],
	[['build/'], 'build/deep', true],
	[['build/*'], 'build', false],
	[['build/*'], 'build/deep', true],
	[['*.md'], 'docs', false],
	[['*'], '', false],
])('%j: the folder %j is ignored for good: %s', (lines, folder, ignored) => {
	expect(new IgnoreLines(lines).ignoresFolder(folder)).toBe(ignored);
});

it('judges thousands of paths by a thousand lines in a moment', () => {
	const lines: string[] = [];
	for (let at = 0; at < 150; at += 1)
		lines.push(`*.ext${at}`, `name${at}/`, `/top${at}/**`, `sub${at}/*.log`);
	for (let at = 0; at < 200; at += 1)
		lines.push(`/packages/p${at}/**/dist/`, `/packages/p${at}/**/*.tmp`);
	const ignore = new IgnoreLines(lines);
	const from = performance.now();
	for (let at = 0; at < 5_000; at += 1)
		expect(ignore.ignores(`packages/p${at % 200}/src/m${at % 300}/f${at}.ts`)).toBe(
			false,
		);
	// Twelve seconds where patterns that begin alike are followed one by one.
	expect(performance.now() - from).toBeLessThan(3_000);
	expect(ignore.ignores('packages/p7/a/dist/x')).toBe(true);
});
