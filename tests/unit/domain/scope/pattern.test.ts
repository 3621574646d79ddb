import { describe, expect, it } from 'vitest';
import {
	checkAddition,
	checkScope,
} from '../../../../src/domain/scope/checked-patterns.ts';
import { parsePattern } from '../../../../src/domain/scope/pattern.ts';

describe('a pattern', () => {
	it.each([
		['', 'is empty'],
		['!', 'is empty'],
		['   ', 'is empty'],
		['../x', 'leads out of a folder'],
		['/src/../x', 'leads out of a folder'],
		['./src', 'holds a . for a folder'],
		['a//b', 'without a name'],
		['a//', 'without a name'],
		['/', 'without a name'],
		['a\0', 'control character'],
		['a\nb', 'control character'],
		['a\\', 'ends in a backslash'],
		['a\\/b', 'a backslash is before a slash'],
		['a[b', 'never closed'],
		['a[b/c]', 'never closed'],
		['[[:letters:]]', 'names no class'],
		['#a', 'a comment to git'],
		['src/{a,b}', 'braces'],
		['a'.repeat(501), 'too long'],
	])('%j is refused: %s', (text, says) => {
		const read = parsePattern(text);
		expect(read.ok ? null : read.refusal.code).toBe('scope.pattern');
		expect(read.ok ? '' : read.refusal.message).toContain(says);
		expect(read.ok ? '' : read.refusal.allow).toBeTruthy();
	});

	it.each([
		'a',
		'!a',
		'/a',
		'a/',
		'**',
		'/**',
		'a\\\\',
		'a\\ ',
		'\\#a',
		'\\!a',
		'a{b}',
		'\\{a,b}',
	])('%j is taken', (text) => {
		expect(parsePattern(text).ok).toBe(true);
	});
});

describe('the patterns of an agent', () => {
	const many = Array.from({ length: 101 }, (_, at) => `d${at}`);

	it.each([
		[['src/**', 'a['], 'never closed'],
		[['!src/**'], 'nothing is left to write'],
		[many, 'at most 100'],
	])('%j are refused: %s', (patterns, says) => {
		const checked = checkScope(patterns);
		expect(checked.ok ? '' : checked.refusal.message).toContain(says);
	});

	it('may be none, and may take out of what they give', () => {
		expect(checkScope([]).ok).toBe(true);
		expect(checkScope(['**', '!src/**']).ok).toBe(true);
	});

	it('are only added to', () => {
		expect(checkAddition(['docs/**'], 99).ok).toBe(true);
		expect(checkAddition(['docs/**'], 100).ok).toBe(false);
		expect(checkAddition(['!docs/**'], 1).ok).toBe(false);
		expect(checkAddition(['..'], 1).ok).toBe(false);
	});
});
