// Scopes: pairwise proofs that they have no path in common, and paths judged one by one. Nothing but
// the core runs. Alone: node bench/scopes.ts [--json].
import { IgnoreLines } from '../src/domain/scope/ignore-lines.ts';
import { disjoint } from '../src/domain/scope/overlap.ts';
import { compileScope, covers } from '../src/domain/scope/scope.ts';
import { type StartRow, startRow, startTable } from './start.ts';

const scopes = 100;
const paths = 30_000;
const runs = 5;

export function measureScopes(): StartRow[] {
	const proved = `${scopes} scopes of 3 patterns proved pairwise disjoint`;
	return [
		startRow(`${proved}, by folders`, proofs(byFolders), 200, 'a fifth of a second'),
		startRow(`${proved}, wildcards above`, proofs(byDepth), 200, 'the same'),
		startRow(`${proved}, names alike at both ends`, proofs(byMiddle), 200, 'the same'),
		startRow(
			`${paths} paths judged by 3 patterns`,
			judgements(),
			100,
			'a tenth of a second',
		),
		startRow(
			`${paths} paths judged by 1,000 ignore lines`,
			ignoring(),
			1_000,
			'a second',
		),
	];
}

function byFolders(at: number): string[] {
	return [`src/module${at}/**`, `tests/module${at}/**`, `docs/module${at}.md`];
}

function byDepth(at: number): string[] {
	return [
		`packages/*/src/m${at}/**`,
		`packages/*/tests/*-${at}.test.ts`,
		`docs/*/${at}-*.md`,
	];
}

/** Nothing but the automata tells these apart. */
function byMiddle(at: number): string[] {
	const number = String(at).padStart(3, '0');
	return [`src/?${number}?/**`, `tests/?${number}*.test.ts`, `docs/?${number}*.md`];
}

function proofs(patterns: (at: number) => string[]): number[] {
	return timed(() => {
		const all = Array.from({ length: scopes }, (_, at) => compileScope(patterns(at)));
		for (const [at, one] of all.entries())
			for (const other of all.slice(at + 1))
				if (!disjoint(one, other).disjoint) throw new Error('two of them overlap');
	});
}

function judgements(): number[] {
	const all = somePaths();
	return timed(() => {
		const scope = compileScope(['src/api/**', '!src/api/module7/**', '*.md']);
		const covered = all.filter((path) => covers(scope, path)).length;
		if (covered === 0 || covered === paths) throw new Error(`${covered} are covered`);
	});
}

function ignoring(): number[] {
	const all = somePaths();
	const lines = Array.from({ length: 250 }, (_, at) => [
		...[`*.kind${at}`, `made${at}/`],
		...[`/src/*/module${at}/**/*.out`, `docs/${at}/*.html`],
	]).flat();
	return timed(() => {
		const ignore = new IgnoreLines(lines);
		if (all.some((path) => ignore.ignores(path))) throw new Error('some are ignored');
	});
}

function somePaths(): string[] {
	return Array.from(
		{ length: paths },
		(_, at) => `src/${at % 3 ? 'api' : 'core'}/module${at % 300}/file${at}.ts`,
	);
}

function timed(work: () => void): number[] {
	return Array.from({ length: runs }, () => {
		const from = performance.now();
		work();
		return performance.now() - from;
	});
}

if (import.meta.main) {
	const rows = measureScopes();
	const json = process.argv.includes('--json');
	console.log(json ? JSON.stringify({ v: 1, scopes: rows }) : startTable(rows));
}
