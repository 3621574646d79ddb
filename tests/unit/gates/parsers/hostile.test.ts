// Output that was written to hurt its reader: a parser that looks at one start more than once would
// take minutes for a megabyte of it.
import { expect, test } from 'vitest';
import { gateFormats } from '../../../../src/domain/gates/format.ts';
import { readRed, shownFailure } from '../../../support/gate-output.ts';

const size = 1_000_000;
const filled = (unit: string, before = '') =>
	before + unit.repeat(Math.floor((size - before.length) / unit.length));

/** Lines as long as they are looked at, each of them hard to get through. */
const lines = (unit: string, start = '') =>
	filled(`${start}${unit.repeat(Math.floor((3990 - start.length) / unit.length))}\n`);

const tap = 'TAP version 13\n';
const summary = '=== short test summary info ===\n';
const vitest = ' RUN  v5.0.0 /work/project\n⎯⎯⎯⎯ Failed Tests 9 ⎯⎯⎯⎯\n';

const hostile: Readonly<Record<string, string>> = {
	'sequences that never end': filled('\u001b['),
	'titles that never end': filled('\u001b]0;'),
	'one sequence of parameters': filled('1;', '\u001b['),
	'carriage returns': filled('a\r'),
	'one line': filled('a:1:'),
	'lines of colons': lines('a:1:'),
	'lines of colons and blanks': lines(': '),
	'lines of parentheses': tap + lines('((1:', '  at: '),
	'lines of frames': lines('(a:1', '    at '),
	'lines of dashes': lines(' - 1', 'FAILED a['),
	'lines of rules': lines(' ___', '___ a'),
	'lines of numbers': lines(' in 1', '1 passed'),
	'lines of signs': lines('>', ' FAIL  a'),
	'lines of quotes': `running 1 test\n${lines("' panicked at ", "thread '")}`,
	'lines of brackets': lines(' [a', 'a.c:1:1: error: '),
	'lines of words': lines('a ', 'FAIL '),
	'lines of commas': lines('a=,', '::error '),
	'lines of hashes': lines(' # TODO', 'not ok 1 - '),
	'lines of units': lines(' (1', '✖ a'),
	'lines of parts': lines('a/', '{"Action":"fail","Package":"p","Test":"'),
	'empty lines': filled('\n'),
	blanks: filled(' '),
	brackets: filled('['),
	'deep JSON': filled('{"a":['),
	'lines of JSON without an end': filled('{"a":\n'),
	'lists that open': filled('[{\n'),
	'tags that open': filled('<testsuite>'),
	'tags without an end': filled('<testsuite '),
	'signs of tags': filled('<', '<testsuites>'),
	'an attribute without an end': filled('a', '<testsuites><testcase name="'),
	attributes: filled(' a="', '<testsuites><testcase'),
	'words in a tag': filled('a', '<testsuites><testcase '),
	'comments in comments': filled('<!--', '<testsuites>'),
	'cases that fail': filled('<testcase><failure>x', '<testsuites>'),
	entities: filled('&amp;', '<testsuites><testcase><failure>'),
	'YAML that never ends': filled('---\n', `${tap}not ok 1\n`),
	'points that fail': filled('not ok 1 - a\n', tap),
	'deeper and deeper subtests': filled('not ok 1\n    ok 2\n', tap),
	'titles of subtests': filled('# Subtest: a\n', tap),
	'verdicts of pytest': filled('FAILED a::b[ - \n', summary),
	'headings of pytest': filled('___ a ___\n', '=== test session starts ===\n'),
	'failures of vitest': filled(' FAIL  a > b\n', vitest),
	'rules of vitest': filled('⎯⎯⎯ Unhandled Errors ⎯⎯⎯\n', vitest),
	'failures of jest': filled('FAIL a.js\n  ● a\n'),
	'bullets of jest': filled('  ● a\n', 'FAIL a.js\n'),
	'failures of mocha': filled('  1) a\n', '  1 passing\n  9 failing\n'),
	'places of node': filled(
		'test at a:1:1\n✖ b\n',
		'ℹ tests 1\nℹ pass 0\n✖ failing tests:\n',
	),
	'events of go': filled('{"Action":"fail","Package":"a","Test":"b/c/d"}\n'),
	'runs of go': filled('=== RUN   A\n--- FAIL: A (0.00s)\n'),
	'tests of cargo': filled('---- a stdout ----\n', 'running 1 test\n'),
	'arrows of rustc': filled(' --> a.rs:1:1\n'),
	'rows of eslint': filled('  1:1  error  a  b\n'),
	problems: filled('a.c:1:1: error: no [b]\n'),
	annotations: filled('::error file=a,line=1::'),
	'tracebacks of Python': filled('  File "a.py", line 1\n'),
	'diagnostics of Perl': filled("#   Failed test 'a'\n", 'Files=1, Tests=1,\n'),
};

test.each(Object.entries(hostile))('%s are read within bounds', (_what, output) => {
	const begun = performance.now();
	const findings = readRed('auto', output);
	// A hundredfold of what it takes; what is quadratic takes more than a thousandfold.
	expect(performance.now() - begun).toBeLessThan(30_000);
	expect(findings.failures.length).toBeLessThanOrEqual(500);
});

test.each(gateFormats)('hard lines are read as %s within bounds', (format) => {
	const hard = Object.entries(hostile).filter(([what]) => what.startsWith('lines of '));
	const output = hard.map(([, text]) => text.slice(0, size / hard.length)).join('\n');
	const begun = performance.now();
	expect(readRed(format, output).failures.length).toBeLessThanOrEqual(500);
	expect(performance.now() - begun).toBeLessThan(30_000);
});

test('a report file is no safer than an output', () => {
	for (const format of gateFormats)
		for (const output of [hostile['deep JSON'], hostile['tags that open']]) {
			const findings = readRed(format, '', { reports: [output ?? ''] });
			expect(findings.failures.length).toBeLessThanOrEqual(500);
		}
});

test('no entity is expanded but those of XML itself', () => {
	const bomb = [
		'<?xml version="1.0"?>',
		'<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]>',
		'<testsuites><testcase name="a &lol2; &lt;b&gt; &#x41; &#0; &#x110000;">',
		'<failure message="&lol2; &amp;lt;"/></testcase></testsuites>',
	].join('\n');
	const { failures } = readRed('junit', '', { reports: [bomb] });
	expect(failures.map(shownFailure)).toEqual([
		'test nowhere [a &lol2; <b> A &#0; &#x110000;] &lol2; &lt;',
	]);
});

test('a name that every object has is a name like any other', () => {
	const report = `{"__proto__":{"polluted":1},"numTotalTests":1,"numFailedTests":1,"testResults":[
		{"name":"/work/project/a.test.ts","status":"failed","constructor":{"prototype":{"polluted":1}},
		"assertionResults":[{"status":"failed","title":"__proto__","ancestorTitles":["constructor"],
		"failureMessages":["no"]}]}]}`;
	const { failures } = readRed('vitest', '', { reports: [report] });
	expect(failures.map(shownFailure)).toEqual([
		'test a.test.ts [constructor > __proto__] no',
	]);
	expect(({} as { polluted?: number }).polluted).toBeUndefined();
});
