import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { patternOf } from '../../../../src/domain/scope/path-pattern.ts';
import { parsePattern } from '../../../../src/domain/scope/pattern.ts';
import { compileScope, covers, isPath } from '../../../../src/domain/scope/scope.ts';

const name = fc.oneof(
	fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
	fc.string({
		unit: fc.constantFrom(...Array.from('ab*?[]!#\\{,} .-')),
		minLength: 1,
		maxLength: 6,
	}),
);
const path = fc
	.array(
		name.map((text) => text.replaceAll('/', '_')),
		{ minLength: 1, maxLength: 3 },
	)
	.map((names) => names.join('/'))
	// No part of it is a folder of git, and no control character, which a pattern cannot name.
	.filter((text) => isPath(text) && !/git/i.test(text) && !/\p{Cc}/u.test(text));

it('the pattern of a path covers it and no other', () => {
	fc.assert(
		fc.property(path, path, (one, other) => {
			const pattern = patternOf(one);
			expect(parsePattern(pattern).ok).toBe(true);
			const scope = compileScope([pattern]);
			expect(covers(scope, one)).toBe(true);
			expect(covers(scope, `${one}/x`)).toBe(true);
			const same = `${other}/`.normalize('NFC').startsWith(`${one}/`.normalize('NFC'));
			expect(covers(scope, other)).toBe(same);
			expect(covers(scope, `x/${one}`)).toBe(`x/${one}/`.startsWith(`${one}/`));
		}),
		{ numRuns: 2_000 },
	);
});

it.each(['src/[id]/a*b ', 'a\nb', '{a,b}', '#a', '!a', ' a', '.gitattributes'])(
	'%j has one',
	(file) => {
		expect(covers(compileScope([patternOf(file)]), file)).toBe(true);
	},
);
