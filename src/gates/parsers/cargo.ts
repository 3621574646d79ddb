// What `cargo test` prints, and rustc and clippy by way of it.
import type { TestCounts } from '../../domain/gates/findings.ts';
import type { FailureList } from './failure-list.ts';
import { problemAt } from './problems.ts';
import type { Parser } from './reading.ts';
import { summaryCount } from './summary-count.ts';

const running = /^\s*Running (?:unittests )?(\S+\.rs) \(/;
const begun = /^running \d+ tests?$/;
const result = /^test result: (?:ok|FAILED)\. /;
const stdout = /^---- (\S.*) stdout ----$/;
const panic =
	/^(?:note: test did not panic as expected at |thread '.*'(?: \(\d+\))? panicked at )(\S+?):(\d{1,9}):(\d{1,9}):?$/;
const oldPanic = /^thread '.*' panicked at '(.*)', (\S+?):(\d{1,9}):(\d{1,9})$/;
const told =
	/^(?:\s+(?:Compiling|Checking) \S+ v\d|\s+Finished (?:`|\S+ \[)|error: could not compile )/;
const ended = /^\s*process didn't exit successfully: .*\((.*)\)$/;
const docTest = /^(\S+\.rs) - (.*?)\s*\(line (\d{1,9})\)(.*)$/;

/** Reads what failed tests printed, target after target, and what did not compile. */
export const readCargo: Parser = ({ lines }, found) => {
	const known = lines.some((line) => result.test(line) || begun.test(line));
	const built = lines.some((line, at) => told.test(line) || isDiagnostic(lines, at));
	if (!known && !built) return null;
	let target: string | null = null;
	for (let at = 0; at < lines.length; at++) {
		const line = lines[at] ?? '';
		target = running.exec(line)?.[1] ?? (result.test(line) ? null : target);
		const name = stdout.exec(line)?.[1];
		if (name === undefined) {
			readProblem(lines, at, found);
			continue;
		}
		const end = blockEnd(lines, at + 1);
		readTest(name, lines.slice(at + 1, end), target, found);
		at = end - 1;
	}
	const open = lines.filter((line) => begun.test(line)).length;
	const closed = lines.filter((line) => result.test(line)).length;
	const counts = known ? countsOf(lines) : null;
	// Without --no-fail-fast nothing says what the targets after the first red one would have told.
	const stopped = lines.some((line) =>
		/^error: (?:doc)?test failed, to rerun pass /.test(line),
	);
	const all = lines.some((line) => /^error: \d+ targets? failed:$/.test(line));
	return {
		counts,
		closed: known && (open !== closed || (stopped && !all)) ? false : null,
	};
};

/** A problem of rustc or cargo where neither says that it was at work. */
function isDiagnostic(lines: readonly string[], at: number): boolean {
	return (
		/^\s*--> \S/.test(lines[at] ?? '') &&
		/^error(?:\[E\d+\])?: /.test(lines[at - 1] ?? '')
	);
}

function countsOf(lines: readonly string[]): TestCounts {
	const results = lines.filter((line) => result.test(line));
	const sum = (word: string) =>
		results.reduce((all, line) => all + summaryCount(line.replaceAll(';', ','), word), 0);
	return { passed: sum('passed'), failed: sum('failed'), skipped: sum('ignored') };
}

function readProblem(lines: readonly string[], at: number, found: FailureList): void {
	const line = lines[at] ?? '';
	const signal = ended.exec(line)?.[1];
	// A target that merely had failing tests ends with 101 as well.
	if (signal !== undefined && signal !== 'exit status: 101')
		found.add({ kind: 'problem', message: line.trim() });
	if (!/^\s*-->|: (?:error|warning)/.test(line)) return;
	const problem = problemAt(lines, at);
	if (problem) found.add(problem);
}

function blockEnd(lines: readonly string[], from: number): number {
	let end = from;
	while (end < lines.length && !isBlockEnd(lines[end] ?? '')) end++;
	return end;
}

function isBlockEnd(line: string): boolean {
	return stdout.test(line) || line === 'failures:' || result.test(line);
}

function readTest(
	name: string,
	said: readonly string[],
	target: string | null,
	found: FailureList,
): void {
	const at = said.findIndex((line) => panic.test(line) || oldPanic.test(line));
	const old = oldPanic.exec(said[at] ?? '');
	const place = old?.slice(1) ?? panic.exec(said[at] ?? '');
	const inTree = place?.[1] !== undefined && found.file(place[1]) !== null ? place : null;
	const documented = docTest.exec(name);
	const own = target?.startsWith('tests/') ? target : null;
	found.add({
		kind: 'test',
		file: documented?.[1] ?? inTree?.[1] ?? own,
		line: documented?.[3] ?? inTree?.[2],
		column: documented ? null : inTree?.[3],
		// Where a documentation test stands says its line, which must not make it another test.
		name: documented ? `${documented[1]} - ${documented[2]}${documented[4]}` : name,
		message: old?.[1] ?? messageOf(said, at),
	});
}

function messageOf(said: readonly string[], at: number): string {
	const line = said[at] ?? '';
	if (line.startsWith('note: ')) return line.slice('note: '.length);
	const rest = at < 0 ? said : said.slice(at + 1);
	const end = rest.findIndex((one) => /^(?:stack backtrace:|note: )/.test(one));
	return (end < 0 ? rest : rest.slice(0, end)).slice(0, 30).join('\n');
}
