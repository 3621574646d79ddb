import {
	assert,
	constantFrom,
	dictionary,
	property,
	string,
	stringMatching,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatYaml, parseYaml } from '../../../src/lib/yaml.ts';

function refusalOf(text: string): string {
	const parsed = parseYaml(text, 'a.yaml');
	if (parsed.ok) throw new Error('the text was accepted');
	expect(parsed.refusal.code).toBe('yaml.invalid');
	return parsed.refusal.message;
}

function parsedFrom(text: string) {
	const parsed = parseYaml(text, 'a.yaml');
	if (!parsed.ok) throw new Error(parsed.refusal.message);
	return parsed.value;
}

describe('parseYaml', () => {
	it('gives the value, and null for an empty text', () => {
		expect(parsedFrom('a: 1\nb: [x, yes]\n').value).toEqual({ a: 1, b: ['x', 'yes'] });
		expect(parsedFrom('# nothing\n').value).toBeNull();
	});

	it('tells a syntax error with file, line and column', () => {
		expect(refusalOf('a: 1\nb: [1, 2\n')).toMatch(/^a\.yaml:3:1: /);
	});

	it('refuses a duplicate key where the second one stands', () => {
		expect(refusalOf('a: 1\nb:\n  c: 1\n  c: 2\n')).toBe(
			'a.yaml:4:3: Map keys must be unique',
		);
	});

	it('refuses keys that are not text, unknown tags and a second document', () => {
		expect(refusalOf('? [1]\n: 2\n')).toMatch(/^a\.yaml:1:\d+: .*strings/);
		expect(refusalOf('a: !secret x\n')).toMatch(/^a\.yaml:1:4: Unresolved tag/);
		expect(refusalOf('a: 1\n---\nb: 2\n')).toMatch(/^a\.yaml:2:1: .*multiple documents$/);
	});

	it('refuses aliases that multiply', () => {
		const row = (of: string) => `[${Array.from({ length: 12 }, () => of).join(', ')}]`;
		const bomb = `a: &a ${row('x')}\nb: &b ${row('*a')}\nc: &c ${row('*b')}\nd: ${row('*c')}\n`;
		expect(refusalOf(bomb)).toMatch(/alias/);
	});

	it('refuses an alias inside its own anchor', () => {
		expect(refusalOf('a:\n  b: &b [1, {c: *b}]\n')).toMatch(
			/^a\.yaml:2:\d+: .*own anchor/,
		);
	});

	it('refuses nesting that would exhaust the stack, and endless texts', () => {
		expect(refusalOf('['.repeat(20_000))).toMatch(/stack size/);
		expect(refusalOf('x'.repeat(1_000_001))).toMatch(/million/);
	});

	it('does not let a key reach the prototype', () => {
		const value = parsedFrom('__proto__: {polluted: true}\n').value;
		expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
	});
});

describe('locate', () => {
	const text =
		'name: x\nsteps:\n  - say: hello\n  - run: [a, b]\n    when: 2\nshared: &s {k: 1}\nuse: *s\n';
	const at = (...path: (string | number)[]) => parsedFrom(text).locate(path);

	it('finds keys and list items', () => {
		expect(at('steps', 1, 'when')).toEqual({ line: 5, column: 5 });
		expect(at('steps', 1, 'run', 1)).toEqual({ line: 4, column: 14 });
		expect(at()).toEqual({ line: 1, column: 1 });
	});

	it('gives the deepest part that exists', () => {
		expect(at('steps', 0, 'missing')).toEqual({ line: 3, column: 5 });
		expect(at('name', 'deeper')).toEqual({ line: 1, column: 1 });
	});

	it('follows an alias to the place that was written', () => {
		expect(at('use', 'k')).toEqual({ line: 6, column: 13 });
	});
});

describe('formatYaml', () => {
	it('is read back as the same value', () => {
		const shared = { deep: 'text\nover lines\n\n  kept' };
		const value = { a: shared, b: [shared, 'no', '12', '', 12, null, true], c: '# x: y' };
		expect(parsedFrom(formatYaml(value)).value).toEqual(value);
	});

	it('keeps every text, however it begins, ends and is broken', () => {
		const texts = [stringMatching(/^[ \t\n\-:#'"|>a-z]{0,300}$/), string()];
		for (const text of texts) {
			assert(
				property(text, (value) => {
					expect(parsedFrom(formatYaml({ value, list: [value] })).value).toEqual({
						value,
						list: [value],
					});
				}),
			);
		}
		const long = `        return ${'x '.repeat(60)}\n  end\n`;
		expect(parsedFrom(formatYaml({ long })).value).toEqual({ long });
	});
});

it('what is written is read back equal, long lines and leading blanks included', () => {
	const line = string({
		unit: constantFrom(' ', 'a', ':', '#', '\n', '"', "'", 'é'),
		maxLength: 240,
	});
	assert(
		property(dictionary(stringMatching(/^[a-z]{1,8}$/), line), (value) => {
			const read = parseYaml(formatYaml(value), 'x.yaml');
			expect(read.ok && read.value.value).toEqual({ ...value });
		}),
	);
});
