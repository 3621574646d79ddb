// What jest's usual reporter prints.
import type { TestCounts } from '../../domain/gates/findings.ts';
import type { FailureList } from './failure-list.ts';
import type { Parser } from './reading.ts';
import { frameIn, isFrame } from './stack-frame.ts';
import { summaryCount } from './summary-count.ts';

const suite = /^\s?(FAIL|PASS)\s+(?:\S+ )?(\S+)(?: \([\d.]+ m?s\))?$/;
const bullet = /^ {2}● {1,2}(\S.*)$/;
const summary = /^Tests:\s+\d/;
/** By `--bail` some files were not run: `Test Suites: 1 failed, 1 of 5 total`. */
const bailed = /^Test Suites:.* \d+ of \d+ total/;
const noTests = /^No tests found, exiting with code \d/;
/** From here on jest lists once more what failed, where there were many suites. */
const repetition = /^Summary of all failing tests$/;

/** Reads what failed as jest lists it below each file. */
export const readJest: Parser = ({ lines }, found) => {
	const counts = countsOf(lines);
	const exited = lines.some((line) => /^ {2}● {2}process\.exit called with/.test(line));
	const none = lines.find((line) => noTests.test(line));
	if (counts === null && !exited && none === undefined && !hasFailedSuite(lines))
		return null;
	readSuites(lines, found);
	if (none !== undefined) found.add({ kind: 'problem', message: none });
	return { counts, closed: counts !== null && !lines.some((line) => bailed.test(line)) };
};

function hasFailedSuite(lines: readonly string[]): boolean {
	return lines.some(
		(line, at) =>
			suite.exec(line)?.[1] === 'FAIL' &&
			lines.slice(at + 1, at + 3).some((next) => bullet.test(next)),
	);
}

function countsOf(lines: readonly string[]): TestCounts | null {
	const line = lines.findLast((one) => summary.test(one));
	if (line === undefined) return null;
	return {
		passed: summaryCount(line, 'passed'),
		failed: summaryCount(line, 'failed'),
		skipped: summaryCount(line, 'skipped') + summaryCount(line, 'todo'),
	};
}

function readSuites(lines: readonly string[], found: FailureList): void {
	let file: string | null = null;
	const told = new Set<string>();
	let repeated = false;
	for (let at = 0; at < lines.length; at++) {
		const line = lines[at] ?? '';
		if (repetition.test(line)) repeated = true;
		const head = suite.exec(line);
		if (head) file = head[1] === 'FAIL' ? (head[2] ?? null) : null;
		const title = bullet.exec(line)?.[1];
		if (title === undefined) continue;
		const exited = title.startsWith('process.exit');
		if (file === null && !exited) continue;
		const key = `${file}\n${title}`;
		if (!repeated || !told.has(key)) readFailure(title, file, body(lines, at + 1), found);
		told.add(key);
	}
}

function body(lines: readonly string[], from: number): readonly string[] {
	let end = from;
	while (end < lines.length && end - from < 400) {
		const line = lines[end] ?? '';
		if (bullet.test(line) || suite.test(line) || /^\S/.test(line)) break;
		end++;
	}
	return lines.slice(from, end);
}

function readFailure(
	title: string,
	file: string | null,
	said: readonly string[],
	found: FailureList,
): void {
	const whole = title === 'Test suite failed to run' || file === null;
	const own = found.file(file);
	const frame = frameIn(
		said,
		(path) => found.ownFile(path) !== null && (own === null || found.file(path) === own),
	);
	found.add({
		kind: whole ? 'problem' : 'test',
		file: file ?? frame?.file,
		line: frame?.line,
		column: frame?.column,
		name: whole ? null : title,
		message: file === null ? title : messageOf(said),
	});
}

/** The assertion, without the code around it; of a file that does not parse, the error alone. */
function messageOf(said: readonly string[]): string {
	const error = said.find((line) => /^\s+SyntaxError: /.test(line));
	if (error !== undefined) return error;
	const end = said.findIndex(
		(line) =>
			isFrame(line) || /^\s+(?:> )?\d+ \|/.test(line) || /^\s+- Expected/.test(line),
	);
	return (end < 0 ? said : said.slice(0, end)).join('\n');
}
