import { expect, test } from 'vitest';
import { captured, readRed, shown } from '../../../support/gate-output.ts';

const read = (name: string, failed = true) =>
	shown(readRed('auto', captured(`problems/${name}`), { failed }));

test('reads bash.txt', () => {
	expect(read('bash.txt')).toEqual({
		format: 'problems',
		counts: [],
		whole: true,
		failures: ['problem a.sh:3 [] syntax error: unexpected end of file'],
	});
});

test('reads biome-github.txt', () => {
	expect(read('biome-github.txt')).toEqual({
		format: 'problems',
		counts: [],
		whole: true,
		failures: [
			'problem biome.json:1:2 [format] Formatter would have printed the following content:',
			'problem package.json:1:2 [format] Formatter would have printed the following content:',
			'problem src/a.js:2:12 [lint/suspicious/noDoubleEquals] Using == may be unsafe if you are relying on type coercion.',
			'problem src/a.js:3:1 [lint/correctness/noInnerDeclarations] This var should be declared at the root of the module.',
			'problem src/a.js:4:1 [lint/suspicious/noDebugger] This is an unexpected use of the debugger statement.',
			'problem src/a.js:1:2 [format] Formatter would have printed the following content:',
		],
	});
});

test('reads biome.txt', () => {
	expect(read('biome.txt')).toEqual({
		format: 'problems',
		counts: [],
		whole: true,
		failures: [
			'problem biome.json [format] Formatter would have printed the following content:',
			'problem package.json [format] Formatter would have printed the following content:',
			'problem src/a.js:2:12 [lint/suspicious/noDoubleEquals] Using == may be unsafe if you are relying on type coercion.',
			'problem src/a.js:3:1 [lint/correctness/noInnerDeclarations] This var should be declared at the root of the module.',
			'problem src/a.js:4:1 [lint/suspicious/noDebugger] This is an unexpected use of the debugger statement.',
			'problem src/a.js [format] Formatter would have printed the following content:',
		],
	});
});

test('reads gcc-link.txt', () => {
	expect(read('gcc-link.txt')).toEqual({
		format: 'exit',
		counts: [],
		whole: false,
		failures: [
			"problem nowhere [] /usr/bin/ld: /tmp/ccFMQlMF.o: in function `main': b.c:(.text",
		],
	});
});

test('reads gcc.txt', () => {
	expect(read('gcc.txt')).toEqual({
		format: 'problems',
		counts: [],
		whole: true,
		failures: ['problem a.c:3:16 [] expected ‘;’, ‘,’ or ‘)’ before ‘{’ token'],
	});
});

test('reads make.txt', () => {
	expect(read('make.txt')).toEqual({
		format: 'problems',
		counts: [],
		whole: true,
		failures: [
			'problem a.c:5:18 [format=] format ‘%d’ expects argument of type ‘int’, but argument 2 h',
			'problem a.c:6:9 [implicit-function-declaration] implicit declaration of function ‘undefined_function’',
			'problem a.c:7:16 [int-conversion] returning ‘char *’ from a function with return type ‘int’ ma',
			'problem a.c:4:13 [unused-variable] unused variable ‘unused’',
		],
	});
});

test('reads mypy-broken.txt', () => {
	expect(read('mypy-broken.txt')).toEqual({
		format: 'problems',
		counts: [],
		whole: true,
		failures: [
			'problem src/broken.py:1 [syntax] Expected a parameter or the end of the parameter list',
			'problem src/broken.py:2 [syntax] Unexpected EOF while parsing',
		],
	});
});

test.each(['mypy-passing.txt', 'ruff-passing.txt'])('reads %s', (name) => {
	expect(read(name, false)).toEqual({
		format: 'exit',
		counts: [],
		whole: false,
		failures: [],
	});
});

test('reads mypy-pretty.txt', () => {
	expect(read('mypy-pretty.txt')).toEqual({
		format: 'problems',
		counts: [],
		whole: true,
		failures: [
			'problem src/a.py:4:12 [] Incompatible return value type (got "int", expected',
			'problem src/a.py:6:3 [] Argument 1 to "f" has incompatible type "str"; expected',
			'problem src/a.py:7:7 [name-defined] Name "undefined" is not defined',
		],
	});
});

test('reads mypy.txt', () => {
	expect(read('mypy.txt')).toEqual({
		format: 'problems',
		counts: [],
		whole: true,
		failures: [
			'problem src/a.py:4 [return-value] Incompatible return value type (got "int", expected "str")',
			'problem src/a.py:6 [arg-type] Argument 1 to "f" has incompatible type "str"; expected "int',
			'problem src/a.py:7 [name-defined] Name "undefined" is not defined',
		],
	});
});

test.each(['oxlint-colours.txt', 'oxlint-github.txt', 'oxlint-unix.txt', 'oxlint.txt'])(
	'reads %s',
	(name) => {
		expect(read(name)).toEqual({
			format: 'problems',
			counts: [],
			whole: true,
			failures: [
				"problem src/a.js:3:5 [eslint(no-unused-vars)] Variable 'a' is declared but never used. Unused variables sh",
				'problem src/a.js:4:1 [eslint(no-debugger)] `debugger` statement is not allowed',
			],
		});
	},
);

test('reads oxlint-stylish.txt', () => {
	expect(read('oxlint-stylish.txt')).toEqual({
		format: 'eslint',
		counts: [],
		whole: true,
		failures: [
			"problem src/a.js:3:5 [eslint(no-unused-vars)] Variable 'a' is declared but never used. Unused variables sh",
			'problem src/a.js:4:1 [eslint(no-debugger)] `debugger` statement is not allowed',
		],
	});
});

test('reads python-syntax.txt', () => {
	expect(read('python-syntax.txt')).toEqual({
		format: 'problems',
		counts: [],
		whole: true,
		failures: ['problem run.py:1 [SyntaxError] invalid syntax'],
	});
});

test('reads python.txt', () => {
	expect(read('python.txt')).toEqual({
		format: 'problems',
		counts: [],
		whole: true,
		failures: ['problem run.py:2 [ValueError] no such thing'],
	});
});

test.each(['ruff-colours.txt', 'ruff.txt'])('reads %s', (name) => {
	expect(read(name)).toEqual({
		format: 'problems',
		counts: [],
		whole: true,
		failures: [
			'problem src/a.py:1:1 [I001] Import block is un-sorted or un-formatted',
			'problem src/a.py:1:8 [F401] `os` imported but unused',
			'problem src/a.py:7:7 [F821] Undefined name `undefined`',
			'problem src/broken.py:1:7 [invalid-syntax] Expected a parameter or the end of the parameter list',
			'problem src/broken.py:1:9 [invalid-syntax] unexpected EOF while parsing',
		],
	});
});

test('reads ruff-concise.txt', () => {
	expect(read('ruff-concise.txt')).toEqual({
		format: 'problems',
		counts: [],
		whole: true,
		failures: [
			'problem src/a.py:1:1 [I001] Import block is un-sorted or un-formatted',
			'problem src/a.py:1:8 [F401] `os` imported but unused',
			'problem src/a.py:7:7 [F821] Undefined name `undefined`',
			'problem src/broken.py:1:7 [invalid-syntax] Expected a parameter or the end of the parameter list',
			'problem src/broken.py:2:1 [invalid-syntax] unexpected EOF while parsing',
		],
	});
});

test('reads ruff-format.txt', () => {
	expect(read('ruff-format.txt')).toEqual({
		format: 'problems',
		counts: [],
		whole: true,
		failures: [
			'problem src/a.py:3:1 [] unformatted: File would be reformatted',
			'problem src/broken.py:1:7 [invalid-syntax] Expected a parameter or the end of the parameter list',
		],
	});
});

test('reads ruff-github.txt', () => {
	expect(read('ruff-github.txt')).toEqual({
		format: 'problems',
		counts: [],
		whole: true,
		failures: [
			'problem src/a.py:1:1 [ruff (I001)] I001 Import block is un-sorted or un-formatted help: Organiz',
			'problem src/a.py:1:8 [ruff (F401)] F401 `os` imported but unused help: Remove unused import: `o',
			'problem src/a.py:7:7 [ruff (F821)] F821 Undefined name `undefined`',
			'problem src/broken.py:1:7 [ruff (invalid-syntax)] invalid-syntax: Expected a parameter or the end of the param',
			'problem src/broken.py:2:1 [ruff (invalid-syntax)] invalid-syntax: unexpected EOF while parsing',
		],
	});
});

test('reads sh.txt', () => {
	expect(read('sh.txt')).toEqual({
		format: 'problems',
		counts: [],
		whole: true,
		failures: ['problem a.sh:3 [] Syntax error: end of file unexpected (expecting "fi")'],
	});
});
