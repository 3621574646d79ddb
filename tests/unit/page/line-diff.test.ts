import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedParts, diffLines } from '../../../src/page/line-diff.ts';
import { applyPatch } from '../../../src/scenes/patch.ts';

const shape = (before: string, after: string) =>
	diffLines(before, after).map(
		({ kind, number, text }) =>
			`${number}${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`,
	);

describe('diffLines', () => {
	it('finds what was added, removed and kept', () => {
		expect(shape('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual([
			'1 a',
			'2-b',
			'2+x',
			'3 c',
			'4+d',
		]);
		expect(shape('', 'a\n')).toEqual(['1+a']);
		expect(shape('a\n', '')).toEqual(['1-a']);
	});

	it('holds both texts', () => {
		const lines = array(constantFrom('a', 'b', 'c', ''), { maxLength: 12 });
		assert(
			property(lines, lines, (before, after) => {
				const diff = diffLines(`${before.join('\n')}\n`, `${after.join('\n')}\n`);
				const side = (without: string) =>
					diff.filter(({ kind }) => kind !== without).map(({ text }) => text);
				expect(side('added')).toEqual(before.length > 0 ? before : ['']);
				expect(side('removed')).toEqual(after.length > 0 ? after : ['']);
			}),
		);
	});

	it('shows changes with the lines around them', () => {
		const parts = changedParts(diffLines('1\n2\n3\n4\n5\n', '1\n2\nx\n4\n5\n'), 1);
		expect(parts.map(({ text }) => text)).toEqual(['2', '3', 'x', '4']);
	});
});

describe('applyPatch', () => {
	const patch = `--- a/x
+++ b/x
@@ -2,3 +2,3 @@
 b
-c
+C
 d
`;

	it('applies at its line, or where the same lines stand now', () => {
		expect(applyPatch('a\nb\nc\nd\n', patch)).toEqual({
			ok: true,
			value: 'a\nb\nC\nd\n',
		});
		expect(applyPatch('0\n0\na\nb\nc\nd\n', patch)).toEqual({
			ok: true,
			value: '0\n0\na\nb\nC\nd\n',
		});
	});

	it('makes a new file and empties one', () => {
		expect(applyPatch('', '@@ -0,0 +1,2 @@\n+a\n+b\n')).toEqual({
			ok: true,
			value: 'a\nb\n',
		});
		expect(applyPatch('a\n', '@@ -1 +0,0 @@\n-a\n')).toEqual({ ok: true, value: '' });
	});

	it('refuses what fits nowhere or is no patch', () => {
		expect(applyPatch('a\n', patch)).toMatchObject({
			ok: false,
			refusal: { code: 'patch.mismatch' },
		});
		expect(applyPatch('a\n', 'hello')).toMatchObject({
			ok: false,
			refusal: { code: 'patch.malformed' },
		});
	});
});
