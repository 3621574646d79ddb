// What holds of every parser and every output.
import {
	array,
	assert,
	boolean,
	constantFrom,
	oneof,
	property,
	string,
} from 'fast-check';
import { expect, test } from 'vitest';
import {
	fileLimit,
	type GateFailure,
	messageLimit,
	nameLimit,
} from '../../../../src/domain/gates/failure.ts';
import { failureLimit } from '../../../../src/domain/gates/findings.ts';
import { gateFormats } from '../../../../src/domain/gates/format.ts';
import { parseOutput } from '../../../../src/gates/parsers/parse.ts';
import { captured, redOutput } from '../../../support/gate-output.ts';

const control = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Lines of all tools, so that a parser gets past its first look. */
const lines = [
	'vitest/failing.txt',
	'jest/failing.txt',
	'mocha/failing.txt',
	'node/failing.txt',
	'node/failing-tap.txt',
	'node/failing-junit.xml',
	'pytest/failing.txt',
	'go/failing.txt',
	'go/failing.jsonl',
	'cargo/failing.txt',
	'tsc/failing.txt',
	'eslint/failing.txt',
	'problems/biome.txt',
	'problems/ruff.txt',
].flatMap((path) => captured(path).split('\n'));

const line = oneof(
	{ weight: 6, arbitrary: constantFrom(...lines) },
	string({ unit: 'binary' }),
	string({ unit: 'grapheme' }),
	constantFrom('\u001b[31m', '\r', '\u0000', '"', "'", '<', '}', ':1:1: error: ', '1..2'),
);

const outputs = array(line, { maxLength: 80 }).chain((all) =>
	constantFrom(all.join('\n'), all.join('\r\n'), all.join('')),
);

/** What is wrong with a failure as such. */
function faultsOf({ file, line: row, column, name, message }: GateFailure): string[] {
	const texts = [
		[file ?? '', fileLimit],
		[name ?? '', nameLimit],
		[message, messageLimit],
	] as const;
	return [
		...texts.flatMap(([text]) => (control.test(text) ? [`a control in ${text}`] : [])),
		...texts.flatMap(([text, limit]) =>
			Array.from(text).length > limit ? [`too long: ${text}`] : [],
		),
		...[row, column].flatMap((at) => (at !== null && at < 1 ? [`at ${at}`] : [])),
		...(file === null && (row ?? column) !== null ? ['a line in no file'] : []),
		...(/^\/|^\.\.(?:\/|$)/.test(file ?? '') ? [`outside: ${file}`] : []),
	];
}

test.each(gateFormats)(
	'%s: no output throws, and all that is found is bounded',
	(format) => {
		assert(
			property(outputs, outputs, boolean(), boolean(), (output, report, cut, failed) => {
				const reports = report.length % 2 === 0 ? [report] : [];
				const findings = parseOutput(format, redOutput(output, { reports, cut, failed }));
				expect(findings.failures.length).toBeLessThanOrEqual(failureLimit);
				expect(findings.dropped).toBeGreaterThanOrEqual(0);
				expect(findings.failures.flatMap(faultsOf)).toEqual([]);
				expect(findings.whole && !findings.parsed).toBe(false);
			}),
			{ numRuns: 300 },
		);
	},
);

test.each(gateFormats)('%s: the same output is read in the same way', (format) => {
	assert(
		property(outputs, (output) => {
			expect(parseOutput(format, redOutput(output))).toEqual(
				parseOutput(format, redOutput(output)),
			);
		}),
		{ numRuns: 50 },
	);
});
