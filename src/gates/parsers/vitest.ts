// What vitest's usual reporter prints.
import type { TestCounts } from '../../domain/gates/findings.ts';
import type { FailureList } from './failure-list.ts';
import type { Parser } from './reading.ts';
import { frameIn, isFrame } from './stack-frame.ts';
import { summaryCount } from './summary-count.ts';

const start = /^\s*RUN\s+v\d+\.\d+\S*\s+(\S.*)$/;
const summary = /^\s+Tests\s+(?=\d|no tests)/;
const section = /^\s*⎯{3,} (Failed Suites|Failed Tests|Unhandled Errors|Startup Error)\b/;
const unhandled = /^\s*⎯{3,} (Unhandled (?!Errors)\w+|Uncaught \w+) ⎯{3,}/;
const rule = /^\s*⎯{3,}/;
/** In front of the file stands the project, in bars or, where it is coloured, set apart by blanks. */
const header = /^\s*FAIL\s+(?:\|[^|]*\|\s+|\S+ {2,})?(\S.*)$/;
const origin = /^This error originated in "([^"]+)"/;

/** Reads the failures that vitest lists at its end. */
export const readVitest: Parser = ({ lines }, found) => {
	const started = lines.map((line) => start.exec(line)).find((match) => match !== null);
	const counts = countsOf(lines);
	const broken = lines.some((line) => section.exec(line)?.[1] === 'Startup Error');
	if (!started && counts === null && !broken) return null;
	if (started) found.enter(started[1]?.replace(/\s+$/, '') ?? '');
	readSections(lines, found);
	const none = lines.find((line) => line.startsWith('No test files found'));
	if (none !== undefined) found.add({ kind: 'problem', message: none });
	return { counts: counts?.counts ?? null, closed: counts?.complete ?? false };
};

/** `complete` where every test has come to an end: a worker that dies leaves some without. */
function countsOf(
	lines: readonly string[],
): { readonly counts: TestCounts; readonly complete: boolean } | null {
	const line = lines.findLast((one) => summary.test(one));
	if (line === undefined) return null;
	const counts = {
		passed: summaryCount(line, 'passed'),
		failed: summaryCount(line, 'failed'),
		skipped: summaryCount(line, 'skipped') + summaryCount(line, 'todo'),
	};
	const total = Number(/\((\d{1,9})\)\s*$/.exec(line)?.[1] ?? 0);
	return { counts, complete: counts.passed + counts.failed + counts.skipped >= total };
}

function readSections(lines: readonly string[], found: FailureList): void {
	let inside: string | undefined;
	for (let at = 0; at < lines.length; at++) {
		const line = lines[at] ?? '';
		inside = section.exec(line)?.[1] ?? inside;
		const title = unhandled.exec(line)?.[1];
		if (inside === 'Startup Error' && section.test(line))
			readError('Startup Error', body(lines, at + 1), found);
		else if (inside === 'Unhandled Errors' && title)
			readError(title, body(lines, at + 1), found);
		else if (inside?.startsWith('Failed') && header.test(line)) {
			const heads = headers(lines, at);
			at += heads.length - 1;
			const said = body(lines, at + 1);
			for (const head of heads) readFailure(head, inside, said, found);
		}
	}
}

/** Tests that fail with one error are listed above it one after another. */
function headers(lines: readonly string[], from: number): readonly string[] {
	const heads: string[] = [];
	for (let at = from; at < lines.length; at++) {
		const match = header.exec(lines[at] ?? '');
		if (match?.[1] === undefined) break;
		heads.push(match[1]);
	}
	return heads;
}

/** All that is said of one failure: up to the next one or the next rule. */
function body(lines: readonly string[], from: number): readonly string[] {
	let end = from;
	while (end < lines.length && end - from < 400) {
		const line = lines[end] ?? '';
		if (rule.test(line) || header.test(line)) break;
		end++;
	}
	return lines.slice(from, end);
}

function readFailure(
	head: string,
	inside: string,
	said: readonly string[],
	found: FailureList,
): void {
	const [path = '', ...titles] = head.split(' > ');
	const file = path.replace(/ \[ .* \]$/, '');
	const own = found.file(file);
	const read = found.full ? [] : said;
	const frame = frameIn(read, (other) => own !== null && found.file(other) === own);
	found.add({
		kind: inside === 'Failed Tests' ? 'test' : 'problem',
		file,
		line: frame?.line,
		column: frame?.column,
		name: titles.length === 0 ? null : titles.join(' > '),
		message: messageOf(read),
	});
}

function readError(title: string, said: readonly string[], found: FailureList): void {
	const frame = frameIn(said, (path) => found.ownFile(path) !== null);
	const from = said.map((line) => origin.exec(line)?.[1]).find((one) => one);
	found.add({
		kind: 'problem',
		file: frame?.file ?? from,
		line: frame?.line,
		column: frame?.column,
		name: title,
		message: messageOf(said),
	});
}

/** The error itself, before its difference, its frames and the code around it. */
function messageOf(said: readonly string[]): string {
	const end = said.findIndex((line) => isFrame(line) || line.startsWith('- Expected'));
	return (end < 0 ? said : said.slice(0, end)).join('\n');
}
