// Files of the shapes that well-known repositories have, written for these tests.
import { assert, constantFrom, dictionary, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectGates, detectionFiles } from '../../../../src/domain/gates/detect.ts';
import type { DetectedGate } from '../../../../src/domain/gates/detected-gate.ts';

/** What is detected, one line a gate. */
function detected(
	texts: Readonly<Record<string, string>>,
	...names: readonly string[]
): readonly string[] {
	const gates = detectGates(new Map(Object.entries(texts)), new Set(names));
	return gates.map(({ name, run, parse }) => `${name}: ${run} (${parse})`);
}

function scripts(
	all: Readonly<Record<string, string>>,
	...names: readonly string[]
): readonly string[] {
	return detected({ 'package.json': JSON.stringify({ scripts: all }) }, ...names);
}

const gateOf = (test: string, ...names: readonly string[]) =>
	scripts({ test }, ...names)[0];

describe('scripts of package.json', () => {
	test('of a library of old', () => {
		expect(
			scripts({
				lint: 'eslint .',
				test: 'mocha --require test/support/env --reporter spec test/',
				'test-ci': 'istanbul cover node_modules/mocha/bin/_mocha',
			}),
		).toEqual(['test: npm test (mocha)', 'lint: npm run lint (eslint)']);
	});

	test('of an application of today', () => {
		expect(
			scripts(
				{
					dev: 'vite',
					build: 'vue-tsc && vite build',
					test: 'vitest',
					lint: 'eslint . --ext .ts,.vue',
					'type-check': 'vue-tsc --noEmit',
					check: 'npm run lint && npm run type-check && npm test',
				},
				'package-lock.json',
			),
		).toEqual([
			'test: npm test -- --run (vitest)',
			'lint: npm run lint (eslint)',
			'types: npm run type-check (tsc)',
			'build: npm run build (auto)',
		]);
	});

	test('of a script that runs others, whose format is found out each time', () => {
		expect(
			scripts(
				{
					lint: 'prettier -c "src/**/*.ts"',
					'test:unit': 'jest --coverage',
					test: 'yarn run test:types && yarn run test:unit',
				},
				'yarn.lock',
			),
		).toEqual(['test: yarn run test (auto)', 'lint: yarn run lint (auto)']);
	});

	test.each([
		['package-lock.json', 'test: npm test -- --run (vitest)'],
		['pnpm-lock.yaml', 'test: pnpm test --run (vitest)'],
		['yarn.lock', 'test: yarn run test --run (vitest)'],
		['bun.lockb', 'test: bun run test --run (vitest)'],
	])('are run by whose lockfile there is: %s', (lockfile, gate) => {
		expect(gateOf('vitest', lockfile)).toBe(gate);
	});

	test('are run by the manager that is named before any lockfile', () => {
		const text = JSON.stringify({
			packageManager: 'pnpm@9.12.0+sha512.abc',
			scripts: { lint: 'oxlint' },
		});
		expect(detected({ 'package.json': text }, 'package-lock.json')).toEqual([
			'lint: pnpm run lint (auto)',
		]);
	});

	test.each([
		'echo "Error: no test specified" && exit 1',
		'echo "no tests yet"',
		'exit 0',
		'true',
		'',
	])('are none where nobody has written them: %s', (text) => {
		expect(scripts({ test: text })).toEqual([]);
	});

	test('are replaced by the next best where nobody has written them', () => {
		expect(scripts({ test: 'exit 0', 'test:unit': 'vitest run' })).toEqual([
			'test: npm run test:unit (vitest)',
		]);
	});

	test('count as a check where they do not run the others', () => {
		expect(scripts({ lint: 'eslint .', check: 'svelte-check' })).toContain(
			'check: npm run check (auto)',
		);
	});

	test.each(['{', 'null', '[]', '{"scripts":[]}', '{"scripts":{"test":{"a":1}}}'])(
		'are none in what npm cannot read: %s',
		(text) => {
			expect(detected({ 'package.json': text })).toEqual([]);
		},
	);
});

describe('what would wait for changes', () => {
	test.each([
		['vitest run', 'npm test'],
		['vitest --run', 'npm test'],
		['vitest --coverage', 'npm test -- --run'],
		['tsc -b && vitest', 'npm test -- --run'],
		['vitest && eslint .', 'CI=true npm test'],
		['vitest watch --coverage', 'npx --no-install vitest run --coverage'],
		['jest --watch', 'npx --no-install jest'],
		['jest --watchAll=false', 'npm test'],
		['NODE_ENV=test jest --watchAll', 'NODE_ENV=test npx --no-install jest'],
		['mocha -w test', 'npx --no-install mocha test'],
		['node --test --watch', 'npx --no-install node --test'],
		['react-scripts test --env=jsdom', 'CI=true npm test'],
		['cross-env PORT=4100 react-scripts test', 'CI=true npm test'],
		['ng test', 'npm test -- --watch=false'],
		['karma start karma.conf.js', 'npm test -- --single-run'],
		['jest -w 2', 'npm test'],
	])('is made to end: %s', (script, run) => {
		expect(gateOf(script)?.replace(/^test: (.*) \(\w+\)$/, '$1')).toBe(run);
	});

	test.each([
		'nodemon --exec jest',
		'jest --watch && echo done',
		'npx nodemon -x "npm run unit"',
		'jest\u001b[2J',
	])('is not offered where it cannot: %s', (script) => {
		expect(gateOf(script)).toBeUndefined();
	});
});

test.each([
	['eslint . --fix', 'npx --no-install eslint .'],
	['biome check --write src', 'npx --no-install biome check src'],
	['prettier --write .', 'npx --no-install prettier --check .'],
	['eslint . --fix-dry-run', 'npm run lint'],
])('what would change files is made to look only: %s', (lint, run) => {
	expect(scripts({ lint })[0]).toMatch(new RegExp(`^lint: ${RegExp.escape(run)} \\(`));
});

test('what was taken out of a script is said', () => {
	const files = {
		'package.json': JSON.stringify({ scripts: { lint: 'eslint . --fix' } }),
	};
	expect(detectGates(new Map(Object.entries(files)), new Set())[0]?.why).toBe(
		'package.json has the script lint, run without --fix',
	);
});

describe('Python', () => {
	const flask = [
		'[project]',
		'name = "flask"',
		'[dependency-groups]',
		'tests = ["asgiref", "pytest"]',
		'[tool.pytest.ini_options]',
		'testpaths = ["tests"]',
		'[tool.mypy]',
		'files = ["src", "tests/type_check"]',
		'[tool.pyright]',
		'include = ["src"]',
		'[tool.ruff]',
		'fix = true',
	].join('\n');

	test('by its tools, of which none mends what it finds', () => {
		expect(detected({ 'pyproject.toml': flask }, 'uv.lock')).toEqual([
			'test: uv run pytest (pytest)',
			'lint: uv run ruff check --no-fix (problems)',
			'types: uv run mypy (problems)',
		]);
	});

	test.each<[string, Record<string, string>, string[], string[]]>([
		['pytest.ini', {}, ['pytest.ini'], ['test: pytest (pytest)']],
		[
			'a requirement',
			{ 'requirements-dev.txt': 'black\npytest>=7\n' },
			[],
			['test: pytest (pytest)'],
		],
		[
			'poetry',
			{ 'pyproject.toml': '[tool.poetry.group.dev.dependencies]\npytest = "^8"\n' },
			['poetry.lock'],
			['test: poetry run pytest (pytest)'],
		],
		['tox alone', { 'tox.ini': '[tox]\nenvlist = py311\n' }, [], ['test: tox (auto)']],
		[
			'files of before pyproject',
			{ 'setup.cfg': '[tool:pytest]\n[flake8]\n[mypy]\nstrict = True\n' },
			[],
			['test: pytest (pytest)', 'lint: flake8 (problems)', 'types: mypy . (problems)'],
		],
		['nothing', { 'pyproject.toml': '[project]\nname = "pytestless"\n' }, [], []],
	])('by %s', (_what, texts, names, gates) => {
		expect(detected(texts, ...names)).toEqual(gates);
	});
});

test('Go and Rust have one way to test', () => {
	expect(detected({ 'go.mod': 'module example.com/a\n' }, '.golangci.yml')).toEqual([
		'test: go test ./... (go)',
		'vet: go vet ./... (go)',
		'lint: golangci-lint run (problems)',
	]);
	expect(detected({ 'Cargo.toml': '[package]\nname = "rg"\n[workspace]\n' })).toEqual([
		'test: cargo test --workspace --no-fail-fast (cargo)',
	]);
	expect(
		detected({ 'Cargo.toml': '[package]\n[lints.clippy]\npedantic = "warn"\n' }),
	).toEqual([
		'test: cargo test --no-fail-fast (cargo)',
		'lint: cargo clippy --all-targets (cargo)',
	]);
});

describe('targets of a Makefile', () => {
	const makefile = [
		'VERSION := $(shell git describe)',
		'build ?= no',
		'.PHONY: all build test lint',
		'all: target/fzf',
		'test lint: $(SOURCES)',
		'\tgo test ./...',
		'\tcheck: no target',
		'# check: nor this',
		'target/fzf:',
	].join('\n');

	test('are offered as they are called', () => {
		expect(detected({ Makefile: makefile })).toEqual([
			'test: make test (auto)',
			'lint: make lint (auto)',
		]);
	});

	test('are not offered where something specific has the name', () => {
		expect(detected({ Makefile: makefile, 'go.mod': 'module a\n' })).toEqual([
			'test: go test ./... (go)',
			'vet: go vet ./... (go)',
			'lint: make lint (auto)',
		]);
	});

	test('are of the file that make takes', () => {
		expect(detected({ Makefile: 'test:\n', GNUmakefile: 'lint:\n' })).toEqual([
			'lint: make lint (auto)',
		]);
	});
});

test('a repository of two languages has the tests of both', () => {
	const both = {
		'package.json': JSON.stringify({ scripts: { test: 'jest', lint: 'eslint .' } }),
		'pyproject.toml': '[tool.pytest.ini_options]\n[tool.ruff]\n',
		'Cargo.toml': '[package]\n',
	};
	expect(detected(both)).toEqual([
		'test: npm test (jest)',
		'lint: npm run lint (eslint)',
		'pytest: pytest (pytest)',
		'ruff: ruff check --no-fix (problems)',
		'cargo-test: cargo test --no-fail-fast (cargo)',
	]);
});

test('an empty repository has no gates', () => {
	expect(detected({}, 'README.md')).toEqual([]);
});

test('no text throws, and every gate has its own name and one line to run', () => {
	const faults = (gates: readonly DetectedGate[]) => [
		...gates.filter(({ name }) => !/^[a-z][a-z-]*$/.test(name)),
		...gates.filter(({ run }) => run === '' || /[\u0000-\u001f]/.test(run)),
		...gates.filter(({ name }, at) => gates.findIndex((one) => one.name === name) !== at),
	];
	assert(
		property(
			dictionary(constantFrom(...detectionFiles), string({ maxLength: 300 })),
			dictionary(constantFrom('test', 'lint', 'tsc', '__proto__'), string()),
			(texts, all) => {
				const files = { 'package.json': JSON.stringify({ scripts: all }), ...texts };
				const gates = detectGates(new Map(Object.entries(files)), new Set());
				expect(faults(gates)).toEqual([]);
			},
		),
	);
});
