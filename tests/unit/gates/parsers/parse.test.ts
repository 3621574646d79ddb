import { describe, expect, test } from 'vitest';
import { tellAll } from '../../../../src/domain/gates/findings.ts';
import { captured, readRed, shown, shownFailure } from '../../../support/gate-output.ts';

const failuresOf = (output: string) => readRed('auto', output).failures.map(shownFailure);

describe('of a command that runs several tools', () => {
	test('the one that failed is read, though another is known as well', () => {
		const both = `${captured('vitest/passing.txt')}\n${captured('eslint/failing.txt')}`;
		const findings = readRed('auto', both);
		expect(findings.format).toBe('eslint');
		expect(findings.failures).toHaveLength(5);
	});

	test('the one that is known is told where none says what failed', () => {
		const findings = readRed(
			'auto',
			`${captured('vitest/passing.txt')}\nnpm error code 1\n`,
		);
		expect(findings).toMatchObject({ format: 'vitest', parsed: true, whole: false });
		expect(tellAll(findings)).toBe(false);
	});
});

describe('of a red gate of which nothing is understood', () => {
	test('the last words are the failure, without what a package manager adds', () => {
		const output = [
			'> project@1.0.0 test',
			'> node check.js',
			'',
			'reading the list',
			'\u001b[31mno such list\u001b[0m',
			'npm error Lifecycle script `test` failed with error:',
			'npm error code 1',
			' ELIFECYCLE  Command failed with exit code 1.',
			'make: *** [Makefile:3: test] Error 1',
		].join('\r\n');
		const findings = readRed('auto', output);
		expect(shown(findings)).toEqual({
			format: 'exit',
			counts: [],
			whole: false,
			failures: ['problem nowhere [] reading the list no such list'],
		});
		expect(findings.parsed).toBe(false);
	});

	test('nothing is said where nothing was printed', () => {
		expect(readRed('auto', '\n\n').failures).toEqual([]);
	});

	test('nothing is made up where it is green', () => {
		expect(readRed('auto', 'all is well\n', { failed: false }).failures).toEqual([]);
	});

	test('a format that it is said to have and has not is not taken for it', () => {
		const findings = readRed('pytest', captured('vitest/failing.txt'));
		expect(findings).toMatchObject({ format: 'pytest', parsed: false, whole: false });
		expect(tellAll(findings)).toBe(false);
	});

	test('by the format exit no output is looked at', () => {
		const findings = readRed('exit', captured('vitest/failing.txt'));
		expect(findings).toMatchObject({ format: 'exit', parsed: false, counts: null });
	});
});

describe('whether anything may be missing', () => {
	const lines = 'src/a.c:1:2: error: no [-Werror=x]\n';

	test('is said by the gap of an output whose format counts nothing', () => {
		expect(tellAll(readRed('problems', lines))).toBe(true);
		expect(tellAll(readRed('problems', lines, { cut: true }))).toBe(false);
	});

	test('is said by the summary of one that counts', () => {
		const whole = captured('vitest/failing.txt');
		expect(tellAll(readRed('vitest', whole, { cut: true }))).toBe(true);
		const gap = whole.replace(/ FAIL {2}test\/sum.test.js > throws[^⎯]*/, '…\n');
		expect(tellAll(readRed('vitest', gap, { cut: true }))).toBe(false);
	});

	test('is said by the number of problems that eslint counts', () => {
		const whole = captured('eslint/failing.txt');
		expect(tellAll(readRed('eslint', whole, { cut: true }))).toBe(true);
		const gap = whole.replace(/.*eqeqeq\n/, '');
		expect(tellAll(readRed('eslint', gap, { cut: true }))).toBe(false);
	});

	test("is said by the number of failures that node's runner counts, where it is cut", () => {
		const gap = captured('node/failing.txt').replace(
			/test at \S+:4:2\n✖ adds badly[^]*?\n\n/,
			'',
		);
		expect(tellAll(readRed('node', gap, { cut: true }))).toBe(false);
	});

	test.each([
		'cargo/failing.txt',
		'jest/bail.txt',
		'pytest/failing-x.txt',
		'pytest/broken.txt',
		'pytest/crash.txt',
		'vitest/crash.txt',
		'jest/crash.txt',
		'cargo/crash.txt',
		'tape/failing.txt',
		'prove/crash.tap',
	])('is said by a run that ended early: %s', (path) => {
		expect(tellAll(readRed('auto', captured(path)))).toBe(false);
	});

	test.each([
		'cargo/failing-no-fail-fast.txt',
		'pytest/failing.txt',
		'vitest/failing.txt',
		'vitest/failing-5.json',
		'jest/failing.json',
		'jest/failing.txt',
		'mocha/failing.txt',
		'node/failing.txt',
		'node/failing-tap.txt',
		'node/failing-junit.xml',
		'go/failing.jsonl',
		'tsc/failing.txt',
		'eslint/failing.json',
		'problems/make.txt',
	])('is not said by one that came to its end: %s', (path) => {
		expect(tellAll(readRed('auto', captured(path)))).toBe(true);
	});

	test('is said by a report that is cut in a tag', () => {
		const report = captured('pytest/junit.xml');
		const cut = report.slice(0, report.indexOf('test_throws'));
		const findings = readRed('junit', '', { reports: [cut] });
		expect(findings).toMatchObject({ parsed: true, whole: false });
		expect(findings.failures.length).toBeGreaterThan(0);
	});

	test('is said by the number of failures that were dropped', () => {
		const many = Array.from(
			{ length: 700 },
			(_, at) => `src/a.c:${at + 1}:1: error: no ${at}`,
		);
		const findings = readRed('problems', many.join('\n'));
		expect(findings).toMatchObject({ dropped: 200 });
		expect(findings.failures).toHaveLength(500);
		expect(tellAll(findings)).toBe(false);
	});
});

test('warnings count where a gate is red and names nothing worse', () => {
	const warning = 'src/a.c:1:2: warning: unused [-Wunused]';
	expect(failuresOf(warning)).toEqual(['problem src/a.c:1:2 [-Wunused] unused']);
	expect(failuresOf(`${warning}\nsrc/a.c:3:4: error: no`)).toEqual([
		'problem src/a.c:3:4 [] no',
	]);
	expect(readRed('auto', warning, { failed: false }).failures).toEqual([]);
});

test('one problem that is told for each target is one', () => {
	const line = 'src/a.c:1:2: error: no\n';
	expect(failuresOf(line + line)).toHaveLength(1);
});

test.each([
	'2026-11-22T03:08:02.1Z started',
	'12:30:45: a moment',
	'127.0.0.1:8080: refused',
	'http://localhost:3000/a.js:1:2 is up',
	'    at run (/work/project/src/a.js:1:2)',
	'make: *** [Makefile:3: all] Error 1',
	'src/a.c:1:2: note: declared here',
])('no problem is seen in %s', (line) => {
	expect(readRed('problems', line).parsed).toBe(false);
});

test('paths of vitest in a workspace start where it ran', () => {
	const output = captured('vitest/failing.txt').replace(
		'v4.1.12 /work/project',
		'v4.1.12 /work/project/packages/one',
	);
	expect(readRed('vitest', output).failures[2]?.file).toBe(
		'packages/one/test/sum.test.js',
	);
});

test('output with paths of Windows is read as any other', () => {
	const output = [
		'src\\a.ts(2,7): error TS2322: no',
		'C:\\project\\src\\b.ts:3:4 - error TS2322: no',
	].join('\r\n');
	expect(
		readRed('tsc', output, { root: 'C:\\project' }).failures.map(shownFailure),
	).toEqual(['problem src/a.ts:2:7 [TS2322] no', 'problem src/b.ts:3:4 [TS2322] no']);
});

// As documented for go 1.24; the captures are of an older one, which prints them as text.
test('what does not build is told by events as well', () => {
	const pkg = 'example.com/project/broken';
	const events = [
		{ ImportPath: `${pkg} [${pkg}.test]`, Action: 'build-output', Output: `# ${pkg}\n` },
		{
			ImportPath: `${pkg} [${pkg}.test]`,
			Action: 'build-output',
			Output: 'broken/broken_test.go:5:32: undefined: undefined\n',
		},
		{ ImportPath: `${pkg} [${pkg}.test]`, Action: 'build-fail' },
		{ Action: 'start', Package: pkg },
		{ Action: 'output', Package: pkg, Output: `FAIL\t${pkg} [build failed]\n` },
		{ Action: 'fail', Package: pkg, Elapsed: 0, FailedBuild: `${pkg} [${pkg}.test]` },
	];
	const output = events.map((event) => JSON.stringify(event)).join('\n');
	expect(shown(readRed('go', output)).failures).toEqual([
		'problem broken/broken_test.go:5:32 [] undefined: undefined',
	]);
});

test('without its module a test of go has a place only where it tells a whole path', () => {
	const { failures } = readRed('go', captured('go/failing.jsonl'), { goModules: [] });
	expect(failures.map(({ file }) => file)).toEqual([
		'broken/broken_test.go',
		'broken/broken_test.go',
		'crash/crash_test.go',
		null,
		null,
	]);
});

test('a test of go lies in the innermost module of its name', () => {
	const event = (name: string, more: object) =>
		JSON.stringify({ Package: `example.com/${name}`, Test: 'TestA', ...more });
	const output = ['top/a', 'top/tools/b', 'top/tools']
		.flatMap((name) => [
			event(name, { Action: 'output', Output: '    a_test.go:3: no\n' }),
			event(name, { Action: 'fail' }),
		])
		.join('\n');
	const goModules = [
		{ name: 'example.com/top', folder: '' },
		{ name: 'example.com/top/tools', folder: 'internal/tools' },
	];
	expect(readRed('go', output, { goModules }).failures.map(({ file }) => file)).toEqual([
		'a/a_test.go',
		'internal/tools/b/a_test.go',
		'internal/tools/a_test.go',
	]);
});

test('failures of surefire are told by class and test', () => {
	// Written by hand after its schema.
	const report = `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="SumTest" tests="2" errors="1" skipped="0" failures="0">
	<properties><property name="a" value="b>c"/></properties>
	<testcase name="adds" classname="org.example.SumTest" time="0.01"/>
	<testcase name="throwsUp" classname="org.example.SumTest" time="0">
		<error message="no &quot;such&quot; thing" type="java.lang.IllegalStateException"><![CDATA[java.lang.IllegalStateException: no such thing
	at org.example.SumTest.throwsUp(SumTest.java:7)]]></error>
		<system-out><![CDATA[<testcase name="forged"><failure/></testcase>]]></system-out>
	</testcase>
</testsuite>`;
	expect(shown(readRed('junit', '', { reports: [report, report] }))).toMatchObject({
		counts: [2, 2, 0],
		whole: true,
		failures: [
			'test nowhere [org.example.SumTest throwsUp] no "such" thing',
			'test nowhere [org.example.SumTest throwsUp] no "such" thing',
		],
	});
});
