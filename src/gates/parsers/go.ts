// What `go test` prints, by `-json` or as text, and what go's compiler and vet print.
import type { FailureList } from './failure-list.ts';
import type { GoModule } from './gate-output.ts';
import { textIn } from './json-documents.ts';
import { problemAt } from './problems.ts';
import type { Material, Parser, Reading } from './reading.ts';

/** A test of one package, or what concerns the package as a whole. */
interface Run {
	readonly package: string;
	readonly test: string | null;
	readonly said: string[];
	state: 'running' | 'pass' | 'fail' | 'skip';
}

/** So many lines of a test are kept: the first tell what failed. */
const saidLimit = 200;

const packageEnd = /^(ok {2}|FAIL|\? {3})\t(\S+)[\t ](.*)$/;
const testEnd = /^\s*--- (PASS|FAIL|SKIP): (\S+) \(\d[\d.]*s\)$/;

export const readGo: Parser = (material, found) =>
	readJson(material, found) ?? readText(material, found);

/** With `-v`: from here on a test speaks. */
const turn = /^=== (?:RUN|CONT|NAME) +(\S+)$/;

/** Reads one event a line; a build that failed is told between them as text. */
function readJson(material: Material, found: FailureList): Reading | null {
	const runs = new Map<string, Run>();
	const build: string[] = [];
	let ended = true;
	for (const line of material.longLines) {
		const event = line.startsWith('{"') ? eventOf(line) : null;
		if (event === null) continue;
		if (event.action === 'build-output') build.push(event.output.trimEnd());
		const run = runOf(runs, event.package, event.test);
		take(run, event);
		ended = event.test === null && run.state !== 'running';
	}
	if (runs.size === 0) return null;
	readBuild(build.length > 0 ? build : material.lines, found);
	return report([...runs.values()], material, found, ended);
}

interface GoEvent {
	readonly action: string;
	readonly package: string;
	readonly test: string | null;
	readonly output: string;
}

function eventOf(line: string): GoEvent | null {
	let value: unknown;
	try {
		value = JSON.parse(line);
	} catch {
		// A line of a program may begin like an event.
		return null;
	}
	const action = textIn(value, 'Action');
	const name = textIn(value, 'Package') ?? textIn(value, 'ImportPath');
	if (action === null || name === null) return null;
	return {
		action,
		package: name.replace(/ \[.*\]$/, ''),
		test: textIn(value, 'Test'),
		output: textIn(value, 'Output') ?? '',
	};
}

function runOf(runs: Map<string, Run>, name: string, test: string | null): Run {
	const key = `${name}\n${test ?? ''}`;
	const run = runs.get(key) ?? { package: name, test, said: [], state: 'running' };
	runs.set(key, run);
	return run;
}

function take(run: Run, event: GoEvent): void {
	const { action } = event;
	if (action === 'pass' || action === 'fail' || action === 'skip') run.state = action;
	if (action === 'build-fail') run.state = 'fail';
	if (event.output !== '' && run.said.length < saidLimit)
		run.said.push(event.output.slice(0, 4000).trimEnd());
}

/** Reads text: what a test says stands below its verdict, its package at the end. */
function readText(material: Material, found: FailureList): Reading | null {
	const runs: Run[] = [];
	const said = new Map<string, string[]>();
	let open: Run[] = [];
	let current: string[] = [];
	let known = false;
	let ended = false;
	for (const line of material.lines) {
		const end = packageEnd.exec(line);
		const verdict = testEnd.exec(line);
		if (end?.[2]) {
			for (const run of open) runs.push({ ...run, package: end[2] });
			if (end[1] === 'FAIL')
				runs.push({
					package: end[2],
					test: null,
					said: [(end[3] ?? '').replace(/^\d[\d.]*s$/, '')],
					state: 'fail',
				});
			open = [];
			current = [];
			said.clear();
			known = true;
			ended = true;
		} else if (verdict?.[2]) {
			known = true;
			current = saidBy(said, verdict[2]);
			const state = stateOf(verdict[1]);
			open.push({ package: '', test: verdict[2], said: current, state });
			ended = false;
		} else {
			const name = turn.exec(line)?.[1];
			if (name !== undefined) current = saidBy(said, name);
			else if (current.length < saidLimit) current.push(line);
		}
	}
	if (!known && !material.lines.some((line) => /^(?:vet: |# \S+$|# \S+ \[)/.test(line)))
		return null;
	readBuild(material.lines, found);
	if (!known) return found.all(true).length === 0 ? null : { counts: null, closed: null };
	return report([...runs, ...open], material, found, ended);
}

/** With `-v` a test speaks before its verdict, else below it. */
function saidBy(all: Map<string, string[]>, test: string): string[] {
	const said = all.get(test) ?? [];
	all.set(test, said);
	return said;
}

function stateOf(word: string | undefined): Run['state'] {
	if (word === 'PASS') return 'pass';
	return word === 'FAIL' ? 'fail' : 'skip';
}

/** What the compiler and vet say, outside of what tests print. */
function readBuild(lines: readonly string[], found: FailureList): void {
	let inside = false;
	for (const [at, line] of lines.entries()) {
		if (/^# \S/.test(line)) inside = true;
		else if (/^(?:\{"Time|=== |--- |ok\b|FAIL\b|\?)/.test(line)) inside = false;
		if (!inside) continue;
		const told = problemAt([line.replace(/^vet: /, '')], 0);
		if (told) found.add(told);
		else if (at > 0 && line.startsWith('vet: '))
			found.add({ kind: 'problem', message: line.slice(5) });
	}
}

function report(
	runs: readonly Run[],
	material: Material,
	found: FailureList,
	ended: boolean,
): Reading {
	const failed = runs.filter(({ state }) => state === 'fail' || state === 'running');
	const parents = new Set(
		failed.flatMap((run) => (run.test === null ? [] : parentsOf(run.package, run.test))),
	);
	const ends = failed.filter(
		(run) => run.test !== null && !parents.has(`${run.package}\n${run.test}`),
	);
	for (const run of ends) addTest(run, material, found);
	const told = new Set(ends.map((run) => run.package));
	for (const run of failed)
		if (run.test === null && run.state === 'fail' && !told.has(run.package))
			addPackage(run, found);
	const tests = runs.filter((run) => run.test !== null);
	const count = (state: Run['state']) =>
		tests.filter((run) => run.state === state).length;
	return {
		counts: { passed: count('pass'), failed: ends.length, skipped: count('skip') },
		closed: ended ? null : false,
	};
}

/** A test fails with its subtests, which tell more. */
function parentsOf(name: string, test: string): readonly string[] {
	const parts = test.split('/').slice(0, 20);
	return parts.slice(1).map((_, at) => `${name}\n${parts.slice(0, at + 1).join('/')}`);
}

const testPlace = /^\s+([\w.-]+\.go):(\d{1,9}): (.*)$/;
const stackPlace = /^\s+(\S.*[\\/].*\.go):(\d{1,9})(?: \+0x[0-9a-f]+)?$/;

function addTest(run: Run, { goModules }: Material, found: FailureList): void {
	const said = found.full ? [] : run.said;
	const at = said.findIndex((line) => testPlace.test(line));
	const told = testPlace.exec(said[at] ?? '');
	const frame = said
		.map((line) => stackPlace.exec(line))
		.find((match) => match?.[1] !== undefined && found.file(match[1]) !== null);
	const folder = packageFolder(run.package, goModules);
	const inFolder = told && folder !== null ? `${folder}/${told[1]}` : null;
	found.add({
		kind: 'test',
		file: inFolder ?? frame?.[1] ?? null,
		line: inFolder ? told?.[2] : frame?.[2],
		name: [run.package, run.test].filter(Boolean).join(' '),
		message: testMessage(run, said, at),
	});
}

function testMessage(run: Run, said: readonly string[], at: number): string {
	if (at >= 0) {
		const rest = said.slice(at + 1);
		const end = rest.findIndex((line) => !/^\s{8}/.test(line) || testPlace.test(line));
		const first = testPlace.exec(said[at] ?? '')?.[3] ?? '';
		return [first, ...rest.slice(0, end < 0 ? rest.length : end)].join('\n');
	}
	const panic = said.find((line) => line.startsWith('panic: '));
	if (panic !== undefined) return panic;
	if (run.state === 'running') return 'the test did not finish';
	const own = said.find((line) => line.trim() !== '' && !/^\s*(?:===|---) /.test(line));
	return own ?? 'failed';
}

/** Where a package lies in the tree; null where nothing says which module that is. */
function packageFolder(name: string, modules: readonly GoModule[]): string | null {
	const [own] = modules
		.filter((one) => name === one.name || name.startsWith(`${one.name}/`))
		// Of one within another the inner one has it.
		.toSorted((one, other) => other.name.length - one.name.length);
	if (!own) return null;
	const below = name.slice(own.name.length + 1);
	return [own.folder, below].filter((part) => part !== '').join('/') || '.';
}

/** A package fails without a test of its failing: it did not build, or its program ended early. */
function addPackage(run: Run, found: FailureList): void {
	const said = run.said.findLast(
		(line) => line.trim() !== '' && !line.startsWith('FAIL\t') && line !== 'FAIL',
	);
	const built = run.said.some((line) => line.includes('[build failed]'));
	if (built && found.count('problem') > 0) return;
	found.add({
		kind: 'problem',
		name: run.package,
		message: said ?? 'the package failed',
	});
}
