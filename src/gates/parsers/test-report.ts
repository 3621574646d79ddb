// The JSON of `vitest --reporter=json` and `jest --json`, which is one format with two accents.
import type { NamedFormat } from '../../domain/gates/format.ts';
import type { FailureList } from './failure-list.ts';
import { field, listIn, numberIn, textIn } from './json-documents.ts';
import type { Material, Parser, Reading } from './reading.ts';
import { beforeFrames, frameIn } from './stack-frame.ts';

/** Reads the report of one of both; the other's is not its. */
export function testReport(format: 'vitest' | 'jest'): Parser {
	return (material, found) => {
		const report = reportOf(material, format);
		if (report === undefined) return null;
		for (const suite of listIn(report, 'testResults')) readSuite(suite, format, found);
		return reading(report);
	};
}

function reportOf({ documents }: Material, format: NamedFormat): unknown {
	return documents
		.all()
		.find(
			(document) =>
				Array.isArray(field(document, 'testResults')) &&
				numberIn(document, 'numTotalTests') !== null &&
				(numberIn(document, 'numRuntimeErrorTestSuites') === null ? 'vitest' : 'jest') ===
					format,
		);
}

function reading(report: unknown): Reading {
	const count = (key: string) => numberIn(report, key) ?? 0;
	const counts = {
		passed: count('numPassedTests'),
		failed: count('numFailedTests'),
		skipped: count('numPendingTests') + count('numTodoTests'),
	};
	return { counts, closed: true };
}

function readSuite(suite: unknown, format: 'vitest' | 'jest', found: FailureList): void {
	const file = textIn(suite, 'name');
	const tests = listIn(suite, 'assertionResults');
	const failed = tests.filter((test) => hasFailed(test, format));
	for (const test of failed)
		if (found.full) found.drop();
		else readTest(test, file, format, found);
	if (textIn(suite, 'status') !== 'failed' || failed.length > 0) return;
	found.add({ kind: 'problem', file, message: suiteMessage(suite) });
}

/** Jest writes a title and a hint of many lines above what is wrong. */
function suiteMessage(suite: unknown): string {
	const message = beforeFrames(textIn(suite, 'message') ?? '');
	const said = message.split('\n').filter((line) => line.trim() !== '');
	const error = said.find((line) => /^\s*\w*Error: /.test(line));
	return (
		error ??
		(said.filter((line) => !line.includes('●')).join('\n') || 'the file failed to run')
	);
}

/** What vitest calls pending was under way when its worker ended; with jest it is skipped. */
function hasFailed(test: unknown, format: 'vitest' | 'jest'): boolean {
	const status = textIn(test, 'status');
	return status === 'failed' || (status === 'pending' && format === 'vitest');
}

function readTest(
	test: unknown,
	file: string | null,
	format: 'vitest' | 'jest',
	found: FailureList,
): void {
	const titles = listIn(test, 'ancestorTitles').filter((one) => typeof one === 'string');
	const title = textIn(test, 'title') ?? textIn(test, 'fullName') ?? '';
	const said = listIn(test, 'failureMessages').find((one) => typeof one === 'string');
	const message = said ?? 'the test did not finish';
	const own = found.file(file);
	const frame = frameIn(
		message.split('\n', 60),
		(path) => own !== null && found.file(path) === own,
	);
	found.add({
		kind: 'test',
		file,
		line: frame?.line ?? numberIn(field(test, 'location'), 'line'),
		column: frame?.column ?? numberIn(field(test, 'location'), 'column'),
		name: [...titles, title].join(format === 'vitest' ? ' > ' : ' › '),
		message: beforeFrames(message),
	});
}
