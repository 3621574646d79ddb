// Patterns and paths that have much to do with one another.
import * as fc from 'fast-check';
import { parsePattern } from '../../src/domain/scope/pattern.ts';

const word = fc.oneof(
	{ weight: 5, arbitrary: fc.constantFrom('a', 'b', 'ab', 'ba', '.a', 'a.b') },
	{
		weight: 3,
		arbitrary: fc.constantFrom(
			'*',
			'?',
			'a*',
			'*b',
			'?b',
			'*.b',
			'a?',
			'*a*',
			'??',
			'a**',
			'ab**',
		),
	},
	{
		weight: 2,
		arbitrary: fc.constantFrom('[ab]', '[!a]', '[^b]*', '[a-b]b', '[]a]', '\\a'),
	},
	{
		weight: 1,
		arbitrary: fc.string({
			unit: fc.constantFrom(...Array.from('ab*?[]!-\\.^')),
			maxLength: 6,
		}),
	},
	{ weight: 2, arbitrary: fc.constant('**') },
);

/** Of those that weir takes. */
export const positivePattern = fc
	.tuple(
		fc.constantFrom('', '', '', '/'),
		fc.array(word, { minLength: 1, maxLength: 4 }),
		fc.constantFrom('', '', '', '/'),
	)
	.map(([before, words, after]) => before + words.join('/') + after)
	.filter((text) => !text.startsWith('!') && parsePattern(text).ok);

export const anyPattern = fc
	.tuple(fc.constantFrom('', '', '!'), positivePattern)
	.map(([not, text]) => not + text);

export const patternList = fc.array(anyPattern, { minLength: 1, maxLength: 4 });
export const positiveList = fc.array(positivePattern, { minLength: 1, maxLength: 4 });

const name = fc.constantFrom(
	'a',
	'b',
	'ab',
	'ba',
	'aa',
	'.a',
	'a.b',
	'b.b',
	'aab',
	'-',
	']',
);

export const path = fc
	.array(name, { minLength: 1, maxLength: 4 })
	.map((all) => all.join('/'));
