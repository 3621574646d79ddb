// Which files decide what gates say, beside their definitions.
import { describe, expect, test } from 'vitest';
import { gateOf } from '../../../../src/domain/gates/gate.ts';
import { filesRunBy, gateFilesAmong } from '../../../../src/domain/gates/gate-files.ts';
import {
	sameInstalled,
	sameJudging,
	scriptsOf,
	withJudgingOf,
} from '../../../../src/domain/gates/package-parts.ts';

const among = (paths: readonly string[], run = 'npm test', config: string[] = []) =>
	gateFilesAmong(paths, [gateOf({ run, config })], []);

test.each([
	'package.json',
	'packages/api/package.json',
	'tsconfig.json',
	'tsconfig.build.json',
	'vitest.config.ts',
	'apps/web/jest.config.cjs',
	'vitest.workspace.ts',
	'.eslintrc.cjs',
	'.mocharc.yml',
	'eslint.config.js',
	'biome.json',
	'pyproject.toml',
	'tox.ini',
	'ruff.toml',
	'Cargo.toml',
	'.cargo/config.toml',
	'.golangci.yml',
	'Makefile',
	'CMakeLists.txt',
	'phpunit.xml.dist',
	'.weir/config.yaml',
])('%s is one', (path) => {
	expect(among([path])).toEqual([path]);
});

test.each([
	'src/index.ts',
	'src/config.ts',
	'src/app.configure.ts',
	'docs/config.md',
	'tests/api.test.ts',
	'readme.md',
	'go.mod',
	'data/project.xml',
])('%s is none', (path) => {
	expect(among([path])).toEqual([]);
});

test('the setting names more, as git reads patterns', () => {
	const paths = ['tests/conftest.py', 'src/conftest.py', 'tests/a.py'];
	expect(among(paths, 'pytest', ['conftest.py'])).toEqual(paths.slice(0, 2));
	expect(among(paths, 'pytest', ['/tests/conftest.py'])).toEqual(paths.slice(0, 1));
});

test('what a command runs is one, and what its scripts run', () => {
	expect(among(['check.sh', 'other.sh'], 'sh check.sh')).toEqual(['check.sh']);
	const gates = [gateOf('npm test')];
	expect(gateFilesAmong(['scripts/test.mjs'], gates, ['node scripts/test.mjs'])).toEqual([
		'scripts/test.mjs',
	]);
});

describe('files that a command runs', () => {
	test.each([
		['./check.sh --fast', ['check.sh', '--fast']],
		['CI=1 node --test scripts/test.mjs a b', ['scripts/test.mjs']],
		['lint && python3 tools/check.py', ['lint', 'tools/check.py']],
		['vitest --config conf/unit.ts src/a.ts', ['conf/unit.ts']],
		['tsc -p conf/ts.json', ['conf/ts.json']],
		['tool --rules=conf/rules.txt src/a.ts', ['conf/rules.txt']],
		['sh -c "sh ./check.sh"', ['check.sh']],
	])('%s', (command, files) => {
		const found = filesRunBy(command);
		for (const file of files.filter((one) => !one.startsWith('-')))
			expect(found).toContain(file);
		expect(found).not.toContain('src/a.ts');
	});
});

describe('of a package.json', () => {
	const base = JSON.stringify({
		name: 'a',
		scripts: { test: 'vitest run' },
		vitest: { include: ['tests/**'] },
		dependencies: { zod: '1' },
	});
	const withPart = (part: object) => JSON.stringify({ ...JSON.parse(base), ...part });

	test('dependencies and what describes the package decide nothing', () => {
		expect(sameJudging(base, withPart({ dependencies: { zod: '2' } }))).toBe(true);
		expect(sameJudging(base, withPart({ version: '2.0.0' }))).toBe(true);
		expect(sameInstalled(base, withPart({ dependencies: { zod: '2' } }))).toBe(false);
		expect(sameInstalled(base, withPart({ version: '2.0.0' }))).toBe(true);
	});

	test('scripts, what tools read there and what nobody knows decide', () => {
		expect(sameJudging(base, withPart({ scripts: { test: 'true' } }))).toBe(false);
		expect(sameJudging(base, withPart({ vitest: { include: [] } }))).toBe(false);
		expect(sameJudging(base, withPart({ another: 1 }))).toBe(false);
		expect(sameJudging(base, 'not json')).toBe(false);
	});

	test('what decides is the base’s, the rest is of the work', () => {
		const merged = withPart({
			scripts: { test: 'true' },
			another: 1,
			dependencies: { zod: '2' },
		});
		expect(JSON.parse(withJudgingOf(base, merged))).toEqual({
			...JSON.parse(base),
			dependencies: { zod: '2' },
		});
		expect(withJudgingOf(base, 'not json')).toBe(base);
		const other = withPart({ version: '2' });
		expect(withJudgingOf(base, other)).toBe(other);
	});

	test('its scripts are commands', () => {
		expect(scriptsOf(base)).toEqual(['vitest run']);
		expect(scriptsOf('{"scripts": {"a": 1, "b": "x"}}')).toEqual(['x']);
		expect(scriptsOf('[')).toEqual([]);
	});
});
