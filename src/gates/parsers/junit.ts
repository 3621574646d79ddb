// JUnit's XML, as surefire, pytest, jest-junit, vitest, mocha and node write it.
import type { FailureList } from './failure-list.ts';
import type { Parser } from './reading.ts';
import { beforeFrames, placeAtEnd } from './stack-frame.ts';
import { type XmlToken, xmlTokens } from './xml.ts';

type Open = Extract<XmlToken, { kind: 'open' }>;

/** A `testcase` while its end has not been seen. */
interface Case {
	readonly tag: Open;
	readonly suites: readonly Open[];
	state: 'passed' | 'failed' | 'skipped';
	message: string;
	text: string;
}

interface Tally {
	passed: number;
	failed: number;
	skipped: number;
	/** Documents that were closed as they were opened. */
	whole: boolean;
	known: boolean;
}

/** So deep may suites nest. */
const depthLimit = 100;

/** Reads the reports that the setting names; where there is none, XML in the output. */
export const readJunit: Parser = ({ reports, output }, found) => {
	const tally: Tally = { passed: 0, failed: 0, skipped: 0, whole: true, known: false };
	const documents = reports.length > 0 ? reports : fromOutput(output);
	for (const document of documents) readDocument(document, tally, found);
	if (!tally.known) return null;
	const { passed, failed, skipped } = tally;
	return { counts: { passed, failed, skipped }, closed: tally.whole };
};

function fromOutput(output: string): readonly string[] {
	const start = /<testsuites?[\s>]/.exec(output);
	if (start === null) return [];
	return [output.slice(start.index, lastEnd(output))];
}

/** What follows the last end tag is no XML: a program went on printing. */
function lastEnd(output: string): number {
	const end = output.lastIndexOf('</testsuite');
	return end < 0 ? output.length : output.indexOf('>', end) + 1 || output.length;
}

function readDocument(document: string, tally: Tally, found: FailureList): void {
	const suites: Open[] = [];
	let open: Case | null = null;
	/** The child of a test whose text is being read. */
	let inside = '';
	for (const token of xmlTokens(document)) {
		if (token.kind === 'text') {
			if (open && inside !== '' && open.text === '') open.text = token.text;
		} else if (token.kind === 'open') {
			if (/^testsuites?$/.test(token.name)) {
				tally.known = true;
				if (!token.empty && suites.length < depthLimit) suites.push(token);
			} else if (token.name === 'testcase') {
				open = {
					tag: token,
					suites: [...suites],
					state: 'passed',
					message: '',
					text: '',
				};
				if (!token.empty) continue;
				close(open, tally, found);
				open = null;
			} else if (open) inside = takeChild(open, token);
		} else if (token.name === 'testcase') {
			if (open) close(open, tally, found);
			open = null;
		} else if (/^testsuites?$/.test(token.name)) suites.pop();
		else inside = '';
	}
	if (suites.length > 0 || open) tally.whole = false;
}

/** What became of the test; the name of the child whose text tells more, if there is one. */
function takeChild(open: Case, token: Open): string {
	if (token.name === 'skipped') open.state = 'skipped';
	if (token.name !== 'failure' && token.name !== 'error') return '';
	if (open.state === 'passed') {
		open.state = 'failed';
		open.message =
			token.attributes().get('message') ?? token.attributes().get('type') ?? '';
	}
	return token.empty ? '' : token.name;
}

function close(one: Case, tally: Tally, found: FailureList): void {
	tally[one.state]++;
	if (one.state !== 'failed') return;
	if (found.full) found.drop();
	else addCase(one, found);
}

function addCase(one: Case, found: FailureList): void {
	const { tag } = one;
	const name = tag.attributes().get('name') ?? '';
	const owner = tag.attributes().get('classname') ?? '';
	const file = fileOf(one, found);
	const place = placeIn(one.text, file, found);
	const qualified = isFolderOrFile(owner) || name.startsWith(owner) || owner === 'test';
	found.add({
		kind: 'test',
		file: file ?? place?.file,
		line: tag.attributes().get('line') ?? place?.line,
		column: place?.column,
		name: qualified || owner === '' ? name : `${owner} ${name}`,
		message: one.message || beforeFrames(one.text.trim()),
	});
}

/** From an attribute, else what class or suite are called where that is a path, as with vitest. */
function fileOf({ tag, suites }: Case, found: FailureList): string | null {
	const owner = tag.attributes().get('classname') ?? '';
	const told = [
		tag.attributes().get('file'),
		...suites.toReversed().map((suite) => suite.attributes().get('file')),
		...[
			owner,
			...suites.toReversed().map((suite) => suite.attributes().get('name') ?? ''),
		].filter(isFolderOrFile),
	];
	return told.find((path) => path && found.file(path) !== null) ?? pythonFile(owner, tag);
}

function isFolderOrFile(name: string): boolean {
	return /^[^\s:]*[\\/.][^\s:]*\.(?:[cm]?[jt]sx?|py|rb|php|rs|go)$/.test(name);
}

/** pytest tells modules by dots, and says `tests/test_a.py:8: AssertionError` below. */
function pythonFile(owner: string, { attributes }: Open): string | null {
	const name = attributes().get('name') ?? '';
	const module = owner === '' ? name : owner;
	return /^(?:\w+\.)*test_\w+/.test(module)
		? `${/^(?:\w+\.)*?test_\w+/.exec(module)?.[0].replaceAll('.', '/') ?? ''}.py`
		: null;
}

interface Told {
	readonly file: string;
	readonly line: string;
	readonly column: string | null;
}

const python = /^(\S+\.py):(\d{1,9}):/;
const java = /^\s*at ([\w.$/]+)\(([\w$]+\.(?:java|kt|scala|groovy)):(\d{1,9})\)$/;

function placeIn(text: string, file: string | null, found: FailureList): Told | null {
	const own = found.file(file);
	for (const line of text.split('\n', 200)) {
		const told = placeOf(line);
		if (told === null) continue;
		const at = found.ownFile(told.file);
		if (at !== null && (own === null || at === own)) return told;
	}
	return null;
}

function placeOf(line: string): Told | null {
	const inPython = python.exec(line);
	if (inPython?.[1]) return { file: inPython[1], line: inPython[2] ?? '', column: null };
	if (java.test(line)) return null;
	return placeAtEnd(line.trim());
}
