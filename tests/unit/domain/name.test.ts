import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { checkName, proposeName } from '../../../src/domain/name.ts';

test('what is proposed is itself a name', () => {
	assert(
		property(string({ unit: 'grapheme', maxLength: 200 }), (text) => {
			const proposal = proposeName(text);
			if (proposal === null) return;
			expect(checkName(proposal).ok).toBe(true);
		}),
	);
});

test('no name can leave its folder or look like a flag', () => {
	assert(
		property(string({ maxLength: 70 }), (text) => {
			if (!checkName(text).ok) return;
			expect(text).not.toMatch(/^-|\/|\.\.|\s|\.lock$/);
		}),
	);
});
