// Which gates the files at the top of a repository suggest.
import type { DetectedGate, GateCandidate } from './detected-gate.ts';
import { pythonGates } from './python-gates.ts';
import { scriptGates } from './script-gates.ts';
import { toolchainGates } from './toolchain-gates.ts';

/** The files whose texts say something; others are asked for by name alone. */
export const detectionFiles: readonly string[] = [
	'package.json',
	'pyproject.toml',
	'tox.ini',
	'setup.cfg',
	'requirements-dev.txt',
	'requirements.txt',
	'go.mod',
	'Cargo.toml',
	'GNUmakefile',
	'makefile',
	'Makefile',
];

/** Texts are cut to this before they are looked at. */
const textLimit = 200_000;

/**
 * The gates that these files suggest, by distinct names. What is specific goes before what wraps it:
 * a target of a Makefile is offered where nothing else has its name.
 */
export function detectGates(
	texts: ReadonlyMap<string, string>,
	names: ReadonlySet<string>,
): readonly DetectedGate[] {
	const short = new Map(
		[...texts].map(([name, text]) => [name, text.slice(0, textLimit)]),
	);
	const files = { texts: short, names: new Set([...names, ...short.keys()]) };
	const gates = new Map<string, DetectedGate>();
	for (const candidate of [
		...scriptGates(files),
		...pythonGates(files),
		...toolchainGates(files),
	]) {
		const name = freeName(candidate, gates);
		const { run, parse, why } = candidate;
		if (name !== null) gates.set(name, { name, run, parse, why });
	}
	return [...gates.values()];
}

function freeName(
	{ name, otherName }: GateCandidate,
	taken: ReadonlyMap<string, unknown>,
): string | null {
	if (!taken.has(name)) return name;
	return otherName !== null && !taken.has(otherName) ? otherName : null;
}
