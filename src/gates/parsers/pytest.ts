// What pytest prints on a terminal, in any of its styles of tracebacks.
import type { TestCounts } from '../../domain/gates/findings.ts';
import type { FailureList } from './failure-list.ts';
import type { Parser } from './reading.ts';
import { summaryCount } from './summary-count.ts';

const started = /^=+ test session starts =+$/;
const rootFolder =
	/^rootdir: (\S.*?)(?:, (?:configfile|inifile|testpaths|plugins)\b.*)?$/;
const ended =
	/^(?:=+ )?(?:no tests ran|\d+ (?:failed|passed|skipped|deselected|xfailed|xpassed|errors?|warnings?|rerun)\b.*) in \d[\d.]*s\b/;
const heading = /^_{3,} (\S.*?) _{3,}$/;
const place = /^(\S.*?):(\d+): ?(?:in \S|[\w.]*$)/;
const said = /^E {3}\s*(.*)$/;
const verdict = /^(FAILED|ERROR) (\S.*)$/;
/** After `-x`, or since a file could not be collected: tests were not run. */
const interrupted = /^!+ (?:stopping after|Interrupted|xdist\.dsession\.Interrupted)/;
const sectionEnd = /^=+ .* =+$/;

/** What a traceback tells. */
interface Block {
	readonly title: string;
	readonly places: readonly { readonly file: string; readonly line: string }[];
	readonly message: string;
}

/** Reads the short summary, and where there is none the tracebacks. */
export const readPytest: Parser = ({ lines }, found) => {
	const begun = lines.some((line) => started.test(line));
	const end = lines.findLast((line) => ended.test(line));
	if (!begun && end === undefined) return null;
	found.enter(lines.map((line) => rootFolder.exec(line)?.[1]).find((one) => one) ?? '');
	const blocks = blocksOf(lines);
	const verdicts = summaryOf(lines);
	if (verdicts.length > 0) for (const one of verdicts) readVerdict(one, blocks, found);
	else for (const block of [...blocks.values()].flat()) readBlock(block, found);
	const counts = end === undefined ? null : countsOf(end, found);
	const stopped = lines.some((line) => interrupted.test(line));
	return { counts, closed: end !== undefined && !stopped };
};

function countsOf(end: string, found: FailureList): TestCounts {
	const errors = summaryCount(end, 'error') - found.count('problem');
	return {
		passed: summaryCount(end, 'passed') + summaryCount(end, 'xpassed'),
		failed: summaryCount(end, 'failed') + Math.max(0, errors),
		skipped: summaryCount(end, 'skipped') + summaryCount(end, 'xfailed'),
	};
}

/** By their titles: tests of one name in several files have one each. */
type Blocks = ReadonlyMap<string, readonly Block[]>;

function blocksOf(lines: readonly string[]): Blocks {
	const blocks = new Map<string, Block[]>();
	for (let at = 0; at < lines.length; at++) {
		const title = heading.exec(lines[at] ?? '')?.[1];
		if (title === undefined || /^[_ ]+$/.test(title)) continue;
		let end = at + 1;
		while (end < lines.length && !endsBlock(lines[end] ?? '')) end++;
		const block = blockOf(title, lines.slice(at + 1, end));
		const same = blocks.get(title);
		if (same === undefined) blocks.set(title, [block]);
		else same.push(block);
		at = end - 1;
	}
	return blocks;
}

function endsBlock(line: string): boolean {
	return heading.test(line) || sectionEnd.test(line);
}

function blockOf(title: string, lines: readonly string[]): Block {
	const places = lines.flatMap((line) => {
		const match = place.exec(line);
		return match?.[1] ? [{ file: match[1], line: match[2] ?? '' }] : [];
	});
	const errors = lines.flatMap((line) => said.exec(line)?.[1] ?? []);
	return { title, places, message: errors.slice(0, 20).join('\n') };
}

/** The lines below the last heading of the short summary. */
function summaryOf(lines: readonly string[]): readonly RegExpExecArray[] {
	const from = lines.findLastIndex((line) =>
		/^=+ short test summary info =+$/.test(line),
	);
	if (from < 0) return [];
	return lines.slice(from).flatMap((line) => {
		const match = verdict.exec(line);
		return match ? [match] : [];
	});
}

function readVerdict(
	[, word, rest = '']: RegExpExecArray,
	blocks: Blocks,
	found: FailureList,
): void {
	const [id, short] = parted(rest);
	const [file = '', ...names] = id.split('::');
	const name = names.join('::');
	const titles = word === 'ERROR' ? errorTitles(file, names) : [names.join('.')];
	const same = found.full ? [] : titles.flatMap((title) => blocks.get(title) ?? []);
	const block = same.length === 1 ? same[0] : same.find((one) => isIn(one, file, found));
	add(file, name === '' ? null : name, block, short, found);
}

function isIn({ places }: Block, file: string, found: FailureList): boolean {
	const own = found.file(file);
	return places.some((place) => own !== null && found.file(place.file) === own);
}

/** `path::name[parameters] - message`: parameters may hold a dash as well. */
function parted(rest: string): readonly [id: string, message: string] {
	const parameters = rest.indexOf('[');
	const bare = rest.indexOf(' - ');
	const close = parameters >= 0 && parameters < bare ? rest.indexOf('] - ') + 1 : 0;
	const at = close > 0 ? close : bare;
	return at < 0 ? [rest, ''] : [rest.slice(0, at), rest.slice(at + 3)];
}

function errorTitles(file: string, names: readonly string[]): readonly string[] {
	const name = names.join('.');
	if (name === '') return [`ERROR collecting ${file}`];
	return [`ERROR at setup of ${name}`, `ERROR at teardown of ${name}`];
}

function readBlock({ title, ...block }: Block, found: FailureList): void {
	const file = block.places.find((one) => found.file(one.file) !== null)?.file ?? '';
	const collecting = /^ERROR collecting (.*)$/.exec(title)?.[1];
	const name = title.replace(/^ERROR at (?:setup|teardown) of /, '');
	const test = collecting === undefined ? withColons(name) : null;
	add(collecting ?? file, test, { title, ...block }, '', found);
}

/** Classes in front of a test, as the summary writes them; parameters may have dots of their own. */
function withColons(title: string): string {
	const parameters = title.indexOf('[');
	const names = parameters < 0 ? title : title.slice(0, parameters);
	return names.replaceAll('.', '::') + title.slice(names.length);
}

function add(
	file: string,
	name: string | null,
	block: Block | undefined,
	short: string,
	found: FailureList,
): void {
	const own = found.file(file);
	const at = block?.places.findLast(
		(one) => own !== null && found.file(one.file) === own,
	);
	found.add({
		kind: name === null ? 'problem' : 'test',
		file,
		line: at?.line,
		name,
		message: block?.message || short || 'failed',
	});
}
