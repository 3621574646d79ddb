// TAP 13 and 14: test points, subtests indented below them, and what a producer adds in YAML.
import type { FailureList } from './failure-list.ts';
import type { Parser } from './reading.ts';
import { frameOf, type Place, placeAtEnd } from './stack-frame.ts';

const point = /^(\s*)(not ok|ok)\b(?:\s+(\d+))?(?:\s+-)?(?:\s+(.*))?$/;
const plan = /^(\s*)1\.\.(\d+)(?:\s|$)/;
const subtest = /^(\s*)# Subtest(?:: (.*))?$/;
/** Of Perl: what it says of a failure is set in, titles of tests are not. */
const comment = /^(\s*)# {2,}(\S.*)$/;
/** Of TAP 14 as vitest writes it: a parent stands above its subtests, which end at a `}`. */
const blockStart = /^(.*?)(?:\s# time=\S+)? \{$/;
const bailOut = /^\s*Bail out!\s*(.*)$/;
const yamlStart = /^(\s*)---\s*$/;

interface Point {
	readonly indent: number;
	readonly name: string;
	readonly failed: boolean;
	readonly skipped: boolean;
	/** Whether it stands for subtests that tell more. */
	readonly parent: boolean;
	/** What follows it: YAML, or comments as of Perl. */
	readonly said: readonly string[];
	/** The subtests that it stands for, by name, from the outside. */
	readonly path: readonly string[];
}

/** Reads the points at the ends of the tree: a parent fails because of what failed in it. */
export const readTap: Parser = ({ lines }, found) => {
	const points = pointsOf(lines);
	const planned = topPlan(lines);
	const version = lines.some((line) => /^TAP version 1[34]$/.test(line));
	if (!version && (planned === null || points.length === 0) && planned !== 0) return null;
	const ends = points.filter((one) => !one.parent);
	for (const one of ends) if (one.failed && !one.skipped) addPoint(one, found);
	for (const line of lines) {
		const reason = bailOut.exec(line)?.[1];
		if (reason !== undefined)
			found.add({ kind: 'problem', name: 'Bail out', message: reason || 'Bail out!' });
	}
	const top = points.filter((one) => one.indent === 0).length;
	return {
		counts: {
			passed: ends.filter((one) => !one.failed && !one.skipped).length,
			failed: ends.filter((one) => one.failed && !one.skipped).length,
			skipped: ends.filter((one) => one.skipped).length,
		},
		closed: planned !== null && top >= planned,
	};
};

function topPlan(lines: readonly string[]): number | null {
	const line = lines.find((one) => plan.exec(one)?.[1] === '');
	return line === undefined ? null : Number(plan.exec(line)?.[2]);
}

/** Titles of subtests whose points are being read, and points whose parent has not been seen. */
interface Open {
	readonly titles: {
		readonly indent: number;
		readonly name: string;
		/** Its end is a `}`. */
		readonly block: boolean;
	}[];
	readonly points: { readonly indent: number; readonly failed: boolean }[];
}

function pointsOf(lines: readonly string[]): readonly Point[] {
	const points: Point[] = [];
	const open: Open = { titles: [], points: [] };
	for (let at = 0; at < lines.length; at++) {
		const line = lines[at] ?? '';
		const indent = indentOf(line);
		const title = subtest.exec(line);
		const match = point.exec(line);
		const block = blockStart.exec(match?.[4] ?? '');
		if (title || match) closeTitles(open, indent);
		if (title || block) {
			const name = title?.[2] ?? block?.[1] ?? '';
			open.titles.push({ indent, name, block: block !== null });
			if (match) points.push({ ...pointOf(match, [], open), parent: true });
		} else if (match) {
			const end = saidUntil(lines, at + 1, open.titles.at(-1)?.block ?? false);
			const said = lines.slice(at + 1, end);
			points.push(settled(pointOf(match, said, open), open));
			at = end - 1;
		} else if (line.trim() === '}') closePoints(open, indent);
	}
	return points;
}

/** A point below deeper ones is their parent; it failed by itself where none of them did. */
function settled(one: Point, open: Open): Point {
	const { children, failed } = closePoints(open, one.indent);
	open.points.push({ indent: one.indent, failed: one.failed && !one.skipped });
	return { ...one, parent: children && (failed || !one.failed) };
}

function closePoints(
	{ points }: Open,
	indent: number,
): { readonly children: boolean; readonly failed: boolean } {
	let children = false;
	let failed = false;
	while ((points.at(-1)?.indent ?? -1) > indent) {
		children = true;
		failed = points.pop()?.failed || failed;
	}
	return { children, failed };
}

/** Node names a subtest one level above its points, Perl on that of the point that closes it. */
function closeTitles({ titles }: Open, indent: number): void {
	while ((titles.at(-1)?.indent ?? -1) >= indent) titles.pop();
}

function pointOf(match: RegExpExecArray, said: readonly string[], open: Open): Point {
	const text = match[4] ?? '';
	const directive = /(?:^|\s)# ?(skip|todo)\b/i.exec(text);
	const bare = (directive ? text.slice(0, directive.index) : text).replace(
		/\s# time=.*$/,
		'',
	);
	return {
		indent: (match[1] ?? '').length,
		name: bare.replace(/\\([\\#])/g, '$1').trim() || `test ${match[3] ?? ''}`.trim(),
		failed: match[2] === 'not ok',
		skipped: directive !== null,
		said,
		parent: false,
		path: open.titles.map(({ name }) => name).filter((name) => name !== ''),
	};
}

/** All up to the next point, subtest or plan; what stands in YAML is none of these. */
function saidUntil(lines: readonly string[], from: number, inBlock: boolean): number {
	let at = from;
	while (at < lines.length) {
		const line = lines[at] ?? '';
		const yaml = yamlStart.exec(line);
		if (yaml) at = yamlEnd(lines, at, yaml[1] ?? '') + 1;
		else if (point.test(line) || plan.test(line) || subtest.test(line)) break;
		else if (inBlock && line.trim() === '}') break;
		else at++;
	}
	return Math.min(at, lines.length);
}

function yamlEnd(lines: readonly string[], from: number, indent: string): number {
	for (let at = from + 1; at < Math.min(lines.length, from + 400); at++) {
		const line = lines[at] ?? '';
		if (line.trimEnd() === `${indent}...`) return at;
		if (yamlStart.test(line)) break;
	}
	return from;
}

function addPoint(one: Point, found: FailureList): void {
	const told = placeOf(one.said);
	const place = told && found.ownFile(told.file) !== null ? told : null;
	const [first = ''] = one.name.split(' > ');
	const path = [...one.path, one.name];
	found.add({
		kind: 'test',
		file: place?.file ?? (/\.\w+$/.test(first) ? first : null),
		line: place?.line,
		column: place?.column,
		name: path.join(' > '),
		message: messageOf(one.said),
	});
}

const yamlPlace = /^\s*(?:location|at): (.*)$/;
const perlPlace = /^\s*#\s+at (\S+) line (\d+)\.$/;

function placeOf(said: readonly string[]): Place | null {
	for (const line of said) {
		const perl = perlPlace.exec(line);
		if (perl?.[1]) return { file: perl[1], line: perl[2] ?? '', column: null };
		const yaml = yamlPlace.exec(line);
		const place = yaml?.[1] === undefined ? frameOf(line) : placeAtEnd(unquoted(yaml[1]));
		if (place !== null) return place;
	}
	return null;
}

const yamlMessage = /^(\s*)(?:error|message): (.*)$/;

function messageOf(said: readonly string[]): string {
	const at = said.findIndex((line) => (yamlMessage.exec(line)?.[2] ?? '') !== '');
	const match = yamlMessage.exec(said[at] ?? '');
	if (match?.[2] === undefined) return commentsOf(said);
	if (!/^[|>][-+]?$/.test(match[2])) return unquoted(match[2]);
	const deeper = `${match[1] ?? ''} `;
	const rest = said.slice(at + 1);
	const end = rest.findIndex((line) => line.trim() !== '' && !line.startsWith(deeper));
	return (end < 0 ? rest : rest.slice(0, end)).join('\n');
}

const comparison = /^\s+(?:operator|assertion|expected|actual): +\S/;

/** What Perl's tests say below a point, or mocha without any sign before it. */
function commentsOf(said: readonly string[]): string {
	const spoken = said.flatMap((line) => {
		const text = comment.exec(line)?.[2];
		if (text === undefined || /^(?:Failed|at |Looks like)/.test(text)) return [];
		return [text];
	});
	if (spoken.length > 0) return spoken.slice(0, 6).join('\n');
	const compared = said.filter((line) => comparison.test(line));
	if (compared.length > 0) return compared.map((line) => line.trim()).join(', ');
	return said.find((line) => /^\s+[^\s#-]/.test(line)) ?? '';
}

function indentOf(line: string): number {
	return line.length - line.trimStart().length;
}

function unquoted(text: string): string {
	const quoted = /^(['"])(.*)\1$/.exec(text.trim());
	return (quoted?.[2] ?? text).replaceAll("''", "'");
}
