// Gates from the configuration of Python's tools.
import type { GateCandidate, TopFiles } from './detected-gate.ts';

/** Tests, linter and type checker as far as something configures or requires them. */
export function pythonGates(files: TopFiles): readonly GateCandidate[] {
	return [testGate(files), lintGate(files), typesGate(files)].filter(
		(gate) => gate !== null,
	);
}

interface Tool {
	/** Names of files that are the tool's own. */
	readonly own: readonly string[];
	/** Sections by file. */
	readonly sections: readonly (readonly [file: string, section: RegExp])[];
}

const pytest: Tool = {
	own: ['pytest.ini', '.pytest.ini', 'conftest.py'],
	sections: [
		['pyproject.toml', /^\[tool\.pytest\b/m],
		['tox.ini', /^\[pytest\]/m],
		['setup.cfg', /^\[tool:pytest\]/m],
		['pyproject.toml', /["']pytest\b|^pytest[\w-]* *=/m],
		['requirements-dev.txt', /^pytest\b/m],
		['requirements.txt', /^pytest\b/m],
	],
};

const ruff: Tool = {
	own: ['ruff.toml', '.ruff.toml'],
	sections: [['pyproject.toml', /^\[tool\.ruff\b/m]],
};

const flake8: Tool = {
	own: ['.flake8'],
	sections: [
		['setup.cfg', /^\[flake8\]/m],
		['tox.ini', /^\[flake8\]/m],
	],
};

const mypy: Tool = {
	own: ['mypy.ini', '.mypy.ini'],
	sections: [
		['pyproject.toml', /^\[tool\.mypy\]/m],
		['setup.cfg', /^\[mypy\]/m],
	],
};

const pyright: Tool = {
	own: ['pyrightconfig.json'],
	sections: [['pyproject.toml', /^\[tool\.(?:based)?pyright\]/m]],
};

function testGate(files: TopFiles): GateCandidate | null {
	const why = foundIn(pytest, files);
	if (why !== null)
		return {
			name: 'test',
			otherName: 'pytest',
			run: `${runner(files)}pytest`,
			parse: 'pytest',
			why: `${why} speaks of pytest`,
		};
	if (!files.names.has('tox.ini')) return null;
	return {
		name: 'test',
		otherName: 'tox',
		run: 'tox',
		parse: 'auto',
		why: 'there is a tox.ini',
	};
}

function lintGate(files: TopFiles): GateCandidate | null {
	const byRuff = foundIn(ruff, files);
	const why = byRuff ?? foundIn(flake8, files);
	if (why === null) return null;
	const tool = byRuff === null ? 'flake8' : 'ruff';
	// Its configuration may say that it mends what it finds; a gate must not.
	const command = byRuff === null ? 'flake8' : 'ruff check --no-fix';
	return {
		name: 'lint',
		otherName: tool,
		run: runner(files) + command,
		parse: 'problems',
		why: `${why} configures ${tool}`,
	};
}

function typesGate(files: TopFiles): GateCandidate | null {
	const byMypy = foundIn(mypy, files);
	const why = byMypy ?? foundIn(pyright, files);
	if (why === null) return null;
	const tool = byMypy === null ? 'pyright' : 'mypy';
	const told = /^(?:files|packages|modules) *=/m.test(files.texts.get(why) ?? '');
	const command = tool === 'mypy' && !told ? 'mypy .' : tool;
	return {
		name: 'types',
		otherName: tool,
		run: runner(files) + command,
		parse: 'problems',
		why: `${why} configures ${tool}`,
	};
}

/** The file that speaks of a tool. */
function foundIn({ own, sections }: Tool, { texts, names }: TopFiles): string | null {
	const section = sections.find(([file, pattern]) => pattern.test(texts.get(file) ?? ''));
	return section?.[0] ?? own.find((name) => names.has(name)) ?? null;
}

const runners: readonly (readonly [lockfile: string, runner: string])[] = [
	['uv.lock', 'uv run '],
	['poetry.lock', 'poetry run '],
	['pdm.lock', 'pdm run '],
	['Pipfile.lock', 'pipenv run '],
];

/** What puts the project's environment around a tool. */
function runner({ names }: TopFiles): string {
	return runners.find(([lockfile]) => names.has(lockfile))?.[1] ?? '';
}
