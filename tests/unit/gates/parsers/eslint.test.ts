import { expect, test } from 'vitest';
import { captured, readRed, shown } from '../../../support/gate-output.ts';

const read = (name: string, failed = true) =>
	shown(readRed('auto', captured(`eslint/${name}`), { failed }));

test('reads broken-config.txt', () => {
	expect(read('broken-config.txt')).toEqual({
		format: 'exit',
		counts: [],
		whole: false,
		failures: [
			'problem nowhere [] Oops! Something went wrong! :( ESLint: 10.15.0 SyntaxError:',
		],
	});
});

test.each(['failing-colours.txt', 'failing-npm.txt', 'failing.txt'])(
	'reads %s',
	(name) => {
		expect(read(name)).toEqual({
			format: 'eslint',
			counts: [],
			whole: true,
			failures: [
				"problem src/a.js:1:7 [no-unused-vars] 'unused' is assigned a value but never used",
				"problem src/a.js:2:5 [no-undef] 'undefinedThing' is not defined",
				"problem src/a.js:2:20 [eqeqeq] Expected '===' and instead saw '=='",
				"problem src/a.js:4:6 [no-unused-vars] 'a' is defined but never used",
				'problem src/broken.js:1:12 [] Parsing error: Unexpected token {',
			],
		});
	},
);

test('reads failing.json', () => {
	expect(read('failing.json')).toEqual({
		format: 'eslint',
		counts: [],
		whole: true,
		failures: [
			"problem src/a.js:1:7 [no-unused-vars] 'unused' is assigned a value but never used.",
			"problem src/a.js:2:5 [no-undef] 'undefinedThing' is not defined.",
			"problem src/a.js:2:20 [eqeqeq] Expected '===' and instead saw '=='.",
			"problem src/a.js:4:6 [no-unused-vars] 'a' is defined but never used.",
			'problem src/broken.js:1:12 [] Parsing error: Unexpected token {',
		],
	});
});

test('reads none.txt', () => {
	expect(read('none.txt')).toEqual({
		format: 'exit',
		counts: [],
		whole: false,
		failures: [
			'problem nowhere [] ESLint: 10.15.0 No files matching the pattern "nothing" were',
		],
	});
});

test('reads passing.json', () => {
	expect(read('passing.json', false)).toEqual({
		format: 'eslint',
		counts: [],
		whole: true,
		failures: [],
	});
});

test('reads passing.txt', () => {
	expect(read('passing.txt', false)).toEqual({
		format: 'exit',
		counts: [],
		whole: false,
		failures: [],
	});
});
