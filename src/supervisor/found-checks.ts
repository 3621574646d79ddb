// Which checks a repository has by the words of its own files. They are named; none is run.
import { join } from 'node:path';
import { readIfThere } from '../lib/read-if-there.ts';

/** `test`, `lint` and `typecheck`, as far as some file names one. */
export async function checksIn(root: string): Promise<readonly CheckName[]> {
	const found = await Promise.all(
		sources.map(async ({ file, has }) => {
			const text = await readIfThere(join(root, file)).catch(() => null);
			return text === null ? [] : checkNames.filter((name) => has(text, name));
		}),
	);
	return checkNames.filter((name) => found.flat().includes(name));
}

const checkNames = ['test', 'lint', 'typecheck'] as const;
export type CheckName = (typeof checkNames)[number];

interface Source {
	readonly file: string;
	readonly has: (text: string, check: CheckName) => boolean;
}

const sources: readonly Source[] = [
	{ file: 'package.json', has: (text, check) => inScripts(text, words[check]) },
	{ file: 'Makefile', has: (text, check) => inTargets(text, words[check]) },
	{ file: 'pyproject.toml', has: (text, check) => inTables(text, pythonTools[check]) },
];

const words: Readonly<Record<CheckName, readonly string[]>> = {
	test: ['test', 'tests'],
	lint: ['lint'],
	typecheck: ['typecheck', 'type-check', 'types', 'tsc', 'check-types'],
};

const pythonTools: Readonly<Record<CheckName, readonly string[]>> = {
	test: ['pytest'],
	lint: ['ruff', 'pylint', 'flake8'],
	typecheck: ['mypy', 'pyright'],
};

/** What `npm init` writes for a test is none. */
const noTest = 'no test specified';

function inScripts(text: string, names: readonly string[]): boolean {
	const scripts = scriptsOf(text);
	return names.some((name) => {
		const script = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
		return typeof script === 'string' && !script.includes(noTest);
	});
}

function scriptsOf(text: string): Readonly<Record<string, unknown>> {
	try {
		const scripts: unknown = (JSON.parse(text) as { scripts?: unknown } | null)?.scripts;
		return typeof scripts === 'object' && scripts !== null ? { ...scripts } : {};
	} catch {
		// Whoever edits it at this moment has no checks yet.
		return {};
	}
}

function inTargets(text: string, names: readonly string[]): boolean {
	return names.some((name) => new RegExp(`^${name}\\s*:(?!=)`, 'm').test(text));
}

function inTables(text: string, tools: readonly string[]): boolean {
	return tools.some((tool) => new RegExp(`^\\[tool\\.${tool}[.\\]]`, 'm').test(text));
}
