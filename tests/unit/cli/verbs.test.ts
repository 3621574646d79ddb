import { describe, expect, test } from 'vitest';
import { parseCall } from '../../../src/cli/arguments.ts';
import { helpOf } from '../../../src/cli/help.ts';
import { meantVerb } from '../../../src/cli/meant-verb.ts';
import { laterVerbs, verbs } from '../../../src/cli/verbs.ts';

describe.each(Object.entries(verbs))('%s', (name, verb) => {
	test('its help fits one screen', () => {
		const lines = helpOf(name, verb).split('\n');
		expect(lines.length).toBeLessThanOrEqual(24);
		expect(lines.filter((line) => line.length > 80)).toEqual([]);
	});

	test('its examples are valid by its own row', () => {
		const own = verb.examples.filter((example) => example.includes('weir '));
		expect(own.length).toBeGreaterThan(0);
		for (const example of own) {
			const [, words = ''] = /weir ?([^|)]*)/.exec(example) ?? [];
			const [said, ...rest] = wordsOf(words);
			// `weir` alone is attach.
			expect(said ?? 'attach').toBe(name);
			expect(parseCall(name, verb, rest, {})).toMatchObject({ ok: true });
		}
	});

	test('its file is there and runs', async () => {
		expect((await verb.load()).run).toBeTypeOf('function');
	});
});

test.each([
	['ls', 'list'],
	['ps', 'list'],
	['rm', 'remove'],
	['start', 'new'],
	['lsit', 'list'],
])('weir %s points to %s', (word, verb) => {
	expect(meantVerb(word)).toBe(verb);
});

test('weir stop points to both ways of stopping', () => {
	expect(meantVerb('stop')).toMatch(/kill.*weir down/);
});

test('no verb is both there and for later', () => {
	expect(Object.keys(laterVerbs).filter((name) => name in verbs)).toEqual([]);
});

/** Words as a shell would split them; quotes hold words together. */
function wordsOf(line: string): string[] {
	return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(
		([, quoted, plain = '']) => quoted ?? plain,
	);
}
