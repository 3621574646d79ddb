import { expect, test } from 'vitest';
import { headsOutside } from '../../../src/protocol/marked-diff.ts';

const heads = headsOutside(
	['docs/a.md', 'a long/way/to/a file.md', 'tab\there'].map((path) => ({ path })),
);

test.each([
	'diff --git a/docs/a.md b/docs/a.md',
	'diff --git a/src/a.md b/docs/a.md',
	'diff --git a/docs/a.md b/src/a.md',
	'diff --git "a/tab\\there" "b/tab\\there"',
	' docs/a.md | 3 ++-',
	' docs/a.md | Bin 0 -> 12 bytes',
	' .../way/to/a file.md | 1 +',
	' {src => docs}/a.md | 0',
	' src/x.md => docs/a.md | 2 +-',
])('a file outside begins at %s', (line) => {
	expect(heads(line)).toBe(true);
});

test.each([
	'diff --git a/src/docs/a.md b/src/docs/a.md',
	'+diff --git a/docs/a.md b/docs/a.md',
	' src/docs/a.md | 3 ++-',
	' 1 file changed, 3 insertions(+)',
	'--- a/docs/a.md',
	' {src => lib}/a.md | 0',
])('and not at %s', (line) => {
	expect(heads(line)).toBe(false);
});

test('without any nothing is marked', () => {
	expect(headsOutside([])('diff --git a/docs/a.md b/docs/a.md')).toBe(false);
});
