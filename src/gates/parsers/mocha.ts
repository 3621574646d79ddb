// What mocha's usual reporters print at their end.
import type { FailureList } from './failure-list.ts';
import type { Parser } from './reading.ts';
import { frameIn, isFrame, type Place } from './stack-frame.ts';

const passing = /^\s+(\d+) passing(?: \(.*\))?$/;
const failing = /^\s+(\d+) failing$/;
const pending = /^\s+(\d+) pending$/;
const numbered = /^\s{2}(\d+)\) (\S.*)$/;
const exception = /^\s*(?:Exception during run: )?(\w*Error)\[ @(\S+) \]: (.*)$/;

/** Reads the list of failures below the count of what passed. */
export const readMocha: Parser = ({ lines }, found) => {
	const broken = lines
		.map((line) => exception.exec(line))
		.find((match) => match !== null);
	const end = lines.findLastIndex((line) => passing.test(line));
	if (end < 0 && !broken) return null;
	if (broken)
		found.add({
			kind: 'problem',
			file: broken[2],
			name: broken[1],
			message: broken[3] ?? '',
		});
	if (end < 0) return { counts: null, closed: false };
	const told = lines.slice(end);
	readFailures(told, found);
	const count = (pattern: RegExp) =>
		Number(told.map((line) => pattern.exec(line)?.[1]).find((one) => one) ?? 0);
	return {
		counts: { passed: count(passing), failed: count(failing), skipped: count(pending) },
		closed: true,
	};
};

function readFailures(lines: readonly string[], found: FailureList): void {
	for (let at = 0; at < lines.length; at++) {
		if (!numbered.test(lines[at] ?? '')) continue;
		const titles = titlesAt(lines, at);
		let end = at + titles.length;
		while (end < lines.length && !numbered.test(lines[end] ?? '')) end++;
		readFailure(titles, lines.slice(at + titles.length, end), found);
		at = end - 1;
	}
}

/** The suites and the test, a line each, the last of them with a colon. */
function titlesAt(lines: readonly string[], from: number): readonly string[] {
	const titles: string[] = [];
	for (let at = from; at < Math.min(lines.length, from + 20); at++) {
		const line = (lines[at] ?? '').replace(/^\s{2}\d+\) /, '').trim();
		if (line === '') break;
		titles.push(line.replace(/:$/, ''));
		if (line.endsWith(':')) return titles;
	}
	return titles.slice(0, 1);
}

function readFailure(
	titles: readonly string[],
	said: readonly string[],
	found: FailureList,
): void {
	const frame = testFrame(said, found);
	const message = messageOf(said);
	const timedOut = /\((\S+)\)$/.exec(message.trim())?.[1];
	found.add({
		kind: 'test',
		file: frame?.file ?? timedOut,
		line: frame?.line,
		column: frame?.column,
		name: titles.join(' > '),
		message,
	});
}

/** The frame of the test itself, which mocha calls on its context, else the first one of yours. */
function testFrame(said: readonly string[], found: FailureList): Place | null {
	const yours = (path: string) => found.ownFile(path) !== null;
	const own = said.filter((line) => /^\s+at (?:async )?Context\./.test(line));
	return frameIn(own, yours) ?? frameIn(said, yours);
}

function messageOf(said: readonly string[]): string {
	const end = said.findIndex(
		(line) => isFrame(line) || /^\s+\+ expected - actual/.test(line),
	);
	return (end < 0 ? said : said.slice(0, end)).join('\n');
}
