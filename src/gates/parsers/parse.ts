// From the output of a gate to what it found. Whether the gate passed is not asked here: its exit
// code has said so already.
import type { Findings } from '../../domain/gates/findings.ts';
import type { GateFormat, NamedFormat } from '../../domain/gates/format.ts';
import { readCargo } from './cargo.ts';
import { readEslint } from './eslint.ts';
import { FailureList } from './failure-list.ts';
import type { GateOutput } from './gate-output.ts';
import { readGo } from './go.ts';
import { readJest } from './jest.ts';
import { JsonDocuments } from './json-documents.ts';
import { readJunit } from './junit.ts';
import { addLastWords } from './last-words.ts';
import { readMocha } from './mocha.ts';
import { readNodeSpec } from './node-spec.ts';
import { outputLines, shortLines } from './output-lines.ts';
import { readProblems } from './problems.ts';
import { readProve } from './prove.ts';
import { readPytest } from './pytest.ts';
import type { Material, Parser } from './reading.ts';
import { readTap } from './tap.ts';
import { testReport } from './test-report.ts';
import { readTsc } from './tsc.ts';
import { readVitest } from './vitest.ts';

/**
 * Counted up whenever parsers read an output otherwise than before: what they found is kept beside a
 * verdict, and one that others have read is said anew.
 */
export const parsersVersion = 1;

/** Each format with its parsers, the first that knows the output reads it. */
const parsers: Readonly<Record<NamedFormat, readonly Parser[]>> = {
	exit: [],
	tap: [readProve, readTap],
	junit: [readJunit],
	vitest: [testReport('vitest'), readVitest],
	jest: [testReport('jest'), readJest],
	mocha: [readMocha],
	node: [readNodeSpec],
	pytest: [readPytest],
	go: [readGo],
	cargo: [readCargo],
	tsc: [readTsc],
	eslint: [readEslint],
	problems: [readProblems],
};

/** From what is unmistakable to what a line of anything may look like. */
const guesses: readonly NamedFormat[] = [
	'junit',
	'vitest',
	'jest',
	'pytest',
	'cargo',
	'go',
	'tap',
	'node',
	'mocha',
	'tsc',
	'eslint',
	'problems',
];

/**
 * Reads an output as what it is said to be. Of a red gate of which nothing could be told the last
 * words are the one failure, and `whole` is false: nothing follows from it.
 */
export function parseOutput(format: GateFormat, output: GateOutput): Findings {
	const longLines = outputLines(output.output);
	const lines = shortLines(longLines);
	const material: Material = {
		...output,
		longLines,
		lines,
		cut: output.cut || lines.length < longLines.length,
		documents: new JsonDocuments(output.reports, longLines),
	};
	if (format === 'auto') return guessed(material);
	return readAs(format, material)?.findings ?? unread(format, material);
}

/**
 * A command may run one tool after another, of which the last to print has failed: what has
 * failures goes before what is merely known.
 */
function guessed(material: Material): Findings {
	let known: Findings | null = null;
	for (const format of guesses) {
		const read = readAs(format, material);
		if (read?.told) return read.findings;
		known ??= read?.findings ?? null;
	}
	return known ?? unread('exit', material);
}

/** Whether the parser told of failures by itself, or there are none but the last words. */
interface Read {
	readonly findings: Findings;
	readonly told: boolean;
}

function readAs(format: NamedFormat, material: Material): Read | null {
	for (const parser of parsers[format]) {
		const found = new FailureList(material.root);
		const reading = parser(material, found);
		if (reading === null) continue;
		const told = found.all(material.failed).length > 0;
		if (!told && material.failed) addLastWords(material.lines, found);
		const findings: Findings = {
			format,
			parsed: true,
			failures: found.all(material.failed),
			dropped: found.dropped,
			whole: (told || !material.failed) && (reading.closed ?? !material.cut),
			counts: reading.counts,
		};
		return { findings, told };
	}
	return null;
}

/** Of an output that could not be read: its last words, where it is red. */
export function unreadOutput(output: GateOutput): Findings {
	const longLines = outputLines(output.output.slice(-endCharacters));
	const lines = shortLines(longLines);
	const documents = new JsonDocuments([], []);
	return unread('exit', { ...output, longLines, lines, documents, cut: true });
}

const endCharacters = 20_000;

/** Of what is not known, or to be known, nothing but the last words. */
function unread(format: NamedFormat, material: Material): Findings {
	const found = new FailureList(material.root);
	if (material.failed) addLastWords(material.lines, found);
	const failures = found.all(material.failed);
	return { format, parsed: false, failures, dropped: 0, whole: false, counts: null };
}
