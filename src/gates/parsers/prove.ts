// What perl's `prove` prints of several files: their diagnostics and a report at the end.
import type { FailureList } from './failure-list.ts';
import type { Parser } from './reading.ts';

const files = /^Files=\d+, Tests=\d+,/;
const diagnostic = /^(\s*)# {3}Failed test(?: '(.*)')?$/;
const place = /^\s*# {3}at (\S+) line (\d+)\.$/;
const report = /^(\S+)\s+\(Wstat: .*\) Tests: (\d+) Failed: (\d+)\)$/;
const reason = /^ {2}(Non-zero (?:exit|wait) status|Parse errors): (.*)$/;

/** Reads what tests said of their failures, and of the report what concerns files as a whole. */
export const readProve: Parser = ({ lines }, found) => {
	const end = lines.findLast((line) => files.test(line));
	if (end === undefined) return null;
	let depth = 0;
	for (const [at, line] of lines.entries()) {
		const match = diagnostic.exec(line);
		if (!match) continue;
		const indent = (match[1] ?? '').length;
		// A parent tells after its subtests that one of them failed.
		if (indent >= depth) readDiagnostic(lines, at, match[2] ?? '', found);
		depth = indent;
	}
	const reports = lines.flatMap((line, at) => {
		const match = report.exec(line);
		return match ? [{ match, at }] : [];
	});
	for (const { match, at } of reports) if (match[3] === '0') readFile(lines, at, found);
	const failed = reports.reduce((all, { match }) => all + Number(match[3]), 0);
	const passed = Math.max(0, testsOf(end) - failed);
	return { counts: { passed, failed, skipped: 0 }, closed: true };
};

function testsOf(end: string): number {
	return Number(/Tests=(\d{1,9})/.exec(end)?.[1] ?? 0);
}

function readDiagnostic(
	lines: readonly string[],
	at: number,
	name: string,
	found: FailureList,
): void {
	const told = lines.slice(at + 1, at + 12);
	const where = place.exec(told[0] ?? '');
	const end = told.findIndex((line) => diagnostic.test(line) || !/^\s*#/.test(line));
	const said = told.slice(where ? 1 : 0, end < 0 ? told.length : end);
	found.add({
		kind: 'test',
		file: where?.[1],
		line: where?.[2],
		name: name || 'unnamed test',
		message: said
			.map((line) => line.replace(/^\s*#\s*/, ''))
			.filter((line) => !line.startsWith('Looks like'))
			.join('\n'),
	});
}

function readFile(lines: readonly string[], at: number, found: FailureList): void {
	const reasons = lines
		.slice(at + 1, at + 6)
		.flatMap((line) => (reason.test(line) ? [line.trim()] : []));
	found.add({
		kind: 'problem',
		file: report.exec(lines[at] ?? '')?.[1],
		message: reasons.slice(0, 2).join(', ') || 'the file failed',
	});
}
