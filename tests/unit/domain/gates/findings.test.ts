import { expect, test } from 'vitest';
import type { GateFailure } from '../../../../src/domain/gates/failure.ts';
import { type Findings, tellAll } from '../../../../src/domain/gates/findings.ts';

const failure: GateFailure = {
	kind: 'test',
	file: 'a.test.ts',
	line: null,
	column: null,
	name: 'adds',
	message: 'no',
};

const findings: Findings = {
	format: 'vitest',
	parsed: true,
	failures: [failure],
	dropped: 0,
	whole: true,
	counts: { passed: 3, failed: 1, skipped: 0 },
};

test('a red run can be compared where all that failed is known', () => {
	expect(tellAll(findings)).toBe(true);
	expect(tellAll({ ...findings, counts: null })).toBe(true);
});

test.each<[string, Partial<Findings>]>([
	['its output was not understood', { parsed: false }],
	['more failed than was kept', { dropped: 1 }],
	['part of its output is missing', { whole: false }],
	['nothing says why it is red', { failures: [] }],
	[
		'it counts more failed tests than it names',
		{ counts: { passed: 0, failed: 2, skipped: 0 } },
	],
	['what it names are no tests', { failures: [{ ...failure, kind: 'problem' }] }],
])('but not where %s', (_why, change) => {
	expect(tellAll({ ...findings, ...change })).toBe(false);
});
