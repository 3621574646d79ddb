// What eslint prints: its usual list by file, or JSON.
import type { FailureList } from './failure-list.ts';
import { field, listIn, numberIn, textIn } from './json-documents.ts';
import type { Material, Parser, Reading } from './reading.ts';

const row = /^\s+(\d{1,9}):(\d{1,9})\s+(?:✖ +|⚠ +)?(error|warning)\s+(\S.*)$/;
const total = /^✖ (\d+) problems? \((\d+) errors?, (\d+) warnings?\)/;

/** Reads what eslint calls errors; warnings where a limit of them makes the gate red. */
export const readEslint: Parser = (material, found) =>
	readJson(material, found) ?? readList(material, found);

function readJson({ documents }: Material, found: FailureList): Reading | null {
	const results = documents.all().find(isResult);
	if (!Array.isArray(results)) return null;
	for (const result of results as readonly unknown[])
		for (const message of listIn(result, 'messages')) {
			const severity = numberIn(message, 'severity');
			if (severity !== 1 && severity !== 2) continue;
			found.add({
				kind: 'problem',
				file: textIn(result, 'filePath'),
				line: numberIn(message, 'line'),
				column: numberIn(message, 'column'),
				name: textIn(message, 'ruleId'),
				message: textIn(message, 'message') ?? '',
				warning: severity === 1 && field(message, 'fatal') !== true,
			});
		}
	return { counts: null, closed: true };
}

function isResult(document: unknown): boolean {
	return (
		Array.isArray(document) &&
		document.length > 0 &&
		textIn(document[0], 'filePath') !== null &&
		Array.isArray(field(document[0], 'messages'))
	);
}

/** A line with the path of a file, and below it the rows of its problems. */
function readList({ lines }: Material, found: FailureList): Reading | null {
	let file = '';
	let rows = 0;
	for (const line of lines) {
		const match = row.exec(line);
		if (match) {
			rows++;
			const [, at, column, level, rest = ''] = match;
			const [name, message] = ruleOf(rest);
			const warning = level === 'warning';
			found.add({ kind: 'problem', file, line: at, column, name, message, warning });
		} else if (/^\S/.test(line)) file = line.trimEnd();
	}
	const told = lines.map((line) => total.exec(line)).findLast((match) => match !== null);
	if (rows === 0 && !told) return null;
	return { counts: null, closed: told ? Number(told[1]) <= rows : null };
}

/** The rule is the last word, set apart by blanks; a problem of the parser has none. */
function ruleOf(text: string): readonly [rule: string | null, message: string] {
	const rest = text.trimEnd();
	const gap = rest.lastIndexOf('  ');
	const rule = gap < 0 ? '' : rest.slice(gap + 2);
	return rule === '' || rule.includes(' ')
		? [null, rest]
		: [rule, rest.slice(0, gap).trimEnd()];
}
