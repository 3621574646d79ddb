// What node's own test runner prints by its reporter `spec`.
import type { FailureList } from './failure-list.ts';
import type { Parser } from './reading.ts';
import { isFrame } from './stack-frame.ts';

const info = /^ℹ (tests|pass|fail|cancelled|skipped|todo) (\d+)$/;
const listed = /^test at (.+):(\d+):(\d+)$/;
const failed = /^✖ (.*?)(?: \([\d.]+m?s\))?(?: #.*)?$/;

/** Reads the list below `failing tests:`. */
export const readNodeSpec: Parser = ({ lines, cut }, found) => {
	const told = new Map<string, number>();
	for (const line of lines) {
		const match = info.exec(line);
		if (match?.[1]) told.set(match[1], Number(match[2]));
	}
	if (!told.has('tests') || !told.has('pass')) return null;
	const list = lines.lastIndexOf('✖ failing tests:');
	if (list >= 0) readList(lines.slice(list), found);
	const count = (key: string) => told.get(key) ?? 0;
	// Node counts a test again whose subtests failed, and does not list it.
	const all = count('fail') + count('cancelled');
	const failures = found.count('test') + found.dropped;
	return {
		counts: {
			passed: count('pass'),
			failed: cut || failures === 0 ? all : failures,
			skipped: count('skipped') + count('todo'),
		},
		closed: true,
	};
};

function readList(lines: readonly string[], found: FailureList): void {
	for (let at = 0; at < lines.length; at++) {
		const place = listed.exec(lines[at] ?? '');
		// What is to do may fail: it stands behind another sign.
		const name = place && failed.exec(lines[at + 1] ?? '')?.[1];
		if (!place || !name) continue;
		let end = at + 2;
		while (end < lines.length && !listed.test(lines[end] ?? '')) end++;
		const said = lines.slice(at + 2, end);
		const stack = said.findIndex(isFrame);
		found.add({
			kind: 'test',
			file: place[1],
			line: place[2],
			column: place[3],
			name,
			message: unquoted((stack < 0 ? said : said.slice(0, stack)).join('\n').trim()),
		});
		at = end - 1;
	}
}

function unquoted(text: string): string {
	return /^'[^']*'$/.test(text) ? text.slice(1, -1) : text;
}
