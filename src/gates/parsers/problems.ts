// Lines by which compilers and linters of all sorts tell a place and what is wrong there.
import type { ToldFailure } from './failure-list.ts';
import type { Parser } from './reading.ts';

/** `file:1:2: text`, `file:1: text`, `file:1:2 - text`, `file: line 1: text` and `file: 1: text`. */
const colons =
	/^([^\s:][^\s:]*|[A-Za-z]:[\\/][^\s:]+):(?: (?:line )?)?(\d{1,9})(?::(\d{1,9}))?(?::| -)\s+(\S.*)$/;
/** `file(1,2): text`. */
const parentheses = /^([^\s(]+)\((\d{1,9})(?:,(\d{1,9}))?\) ?: (\S.*)$/;
/** ` --> file:1:2` of rustc and ruff, and the frame that oxlint and others draw. */
const arrow = /^\s*(?:-->|::: |╭─\[|╭▸|,-\[) ?(\S+?):(\d{1,9})(?::(\d{1,9}))?\]?$/;
/** `file:1:2 lint/rule ━━━` and `file format ━━━` of biome. */
const ruled =
	/^(\S+?)(?::(\d{1,9}):(\d{1,9}))? ((?:lint|assist|parse|format|suppressions|syntax|organizeImports)\S*) .*━$/;
const annotation = /^::(error|warning) ([^:]*(?::(?!:)[^:]*)*)::(.*)$/;
const pythonFile = /^\s*File "([^"]+)", line (\d{1,9})/;
const pythonError =
	/^([A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt|Warning)): ?(.*)$/;

const severity =
	/^(?:fatal )?(error|warning|note|info|help|remark|hint)\b(?:\[([\w-]+)\])?:?\s*/i;

/** Reads every line that names a place below the root. */
export const readProblems: Parser = ({ lines }, found) => {
	for (let at = 0; at < lines.length; at++) {
		const told = problemAt(lines, at);
		if (told !== null) found.add(told);
	}
	return found.all(true).length === 0 ? null : { counts: null, closed: null };
};

/** The problem that a line tells, perhaps with those around it. */
export function problemAt(lines: readonly string[], at: number): ToldFailure | null {
	const line = lines[at] ?? '';
	// All of them need a number; most lines of an output are none of them.
	if (!/\d|format|━/.test(line)) return null;
	return (
		onOneLine(line) ??
		belowItsText(line, lines, at) ??
		aboveItsText(line, lines, at) ??
		annotated(line) ??
		pythons(line, lines, at)
	);
}

function onOneLine(line: string): ToldFailure | null {
	const match = colons.exec(line) ?? parentheses.exec(line);
	if (!match?.[1] || !isFile(match[1])) return null;
	return told(match[1], match[2], match[3], match[4] ?? '');
}

/** A name with an ending or in a folder; no address, no time and no program such as `make`. */
function isFile(path: string): boolean {
	if (/^[\d.]+$/.test(path) || /^\w+:\/\//.test(path) || path.startsWith('***'))
		return false;
	return /[\\/]|\.[A-Za-z]\w*$|file$/.test(path);
}

function told(
	file: string,
	line: string | undefined,
	column: string | undefined,
	text: string,
): ToldFailure | null {
	const grade = severity.exec(text);
	const level = grade?.[1]?.toLowerCase() ?? 'error';
	if (level !== 'error' && level !== 'warning') return null;
	const rest = text.slice(grade?.[0].length ?? 0);
	const [name, message] = grade?.[2] ? [grade[2], rest] : namedRule(rest);
	const warning =
		level === 'warning' || text.slice(text.lastIndexOf('[')).startsWith('[Warning/');
	return { kind: 'problem', file, line, column, name, message, warning };
}

/** `F401 text`, `TS2345: text`, `text [rule]`: the code apart from what it says. */
function namedRule(text: string): readonly [name: string | null, message: string] {
	const front = /^([A-Z]{1,6}\d{1,5}|invalid-syntax)\b:? +(?:\[\*\] )?/.exec(text);
	if (front?.[1]) return [front[1], text.slice(front[0].length)];
	const open = text.lastIndexOf('[');
	const back = open > 0 && text.endsWith(']') ? text.slice(open + 1, -1) : '';
	const rule = back.replace(/^(?:Error|Warning)\//, '').replace(/^-Werror=/, '');
	if (!/^[\w@/().=-]+$/.test(rule)) return [null, text];
	return [rule, text.slice(0, open).trimEnd()];
}

/** The text stands above the arrow, with a code in front of it. */
function belowItsText(
	line: string,
	lines: readonly string[],
	at: number,
): ToldFailure | null {
	const match = arrow.exec(line);
	if (!match?.[1] || line.trimStart().startsWith(':::')) return null;
	const above = (lines[at - 1] ?? '').trim();
	if (above === '' || above.startsWith('|')) return null;
	const sign = /^[x×⚠!] /.exec(above)?.[0] ?? '';
	const text = above.slice(sign.length);
	const rule = /^([\w@/-]+(?:\([\w@/-]+\))?): (.*)$/.exec(text);
	const plain = severity.test(text) || sign === '';
	const problem = told(match[1], match[2], match[3], plain ? text : (rule?.[2] ?? text));
	if (problem === null) return null;
	const name = plain ? problem.name : (rule?.[1] ?? problem.name);
	return { ...problem, name, warning: problem.warning || sign === '⚠ ' || sign === '! ' };
}

/** The text stands below the heading, behind a sign of its severity. */
function aboveItsText(
	line: string,
	lines: readonly string[],
	at: number,
): ToldFailure | null {
	const match = line.endsWith('━') ? ruled.exec(line) : null;
	if (!match?.[1]) return null;
	const below =
		lines.slice(at + 1, at + 5).find((next) => /^\s+[×✖!i] /.test(next)) ?? '';
	const sign = below.trim()[0];
	if (sign === 'i') return null;
	const warning = sign === '!';
	const message = below.trim().slice(2);
	const [, file, row, column, name] = match;
	return { kind: 'problem', file, line: row, column, name, message, warning };
}

/** `::error file=a,line=1,title=b::text` of tools that think they run for GitHub. */
function annotated(line: string): ToldFailure | null {
	const match = line.startsWith('::') ? annotation.exec(line) : null;
	if (!match) return null;
	const fields = new Map(
		(match[2] ?? '').split(',').map((one) => {
			const equals = one.indexOf('=');
			return [one.slice(0, equals).trim(), one.slice(equals + 1)] as const;
		}),
	);
	const [file, row, column] = ['file', 'line', 'col'].map((key) => fields.get(key));
	const message = (match[3] ?? '')
		.replaceAll('%0A', ' ')
		.replaceAll('%25', '%')
		.replace(/^\S+?:\d{1,9}:\d{1,9}: /, '');
	const name = fields.get('title') ?? null;
	const warning = match[1] === 'warning';
	return { kind: 'problem', file, line: row, column, name, message, warning };
}

/** The last place of a traceback, with the error that follows it. */
function pythons(line: string, lines: readonly string[], at: number): ToldFailure | null {
	const match = pythonFile.exec(line);
	if (!match?.[1]) return null;
	for (const next of lines.slice(at + 1, at + 8)) {
		if (pythonFile.test(next)) return null;
		const error = pythonError.exec(next);
		if (error)
			return {
				kind: 'problem',
				file: match[1],
				line: match[2],
				name: error[1],
				message: error[2] || (error[1] ?? ''),
			};
	}
	return null;
}
