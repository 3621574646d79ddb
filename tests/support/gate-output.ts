import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { GateFailure } from '../../src/domain/gates/failure.ts';
import type { Findings } from '../../src/domain/gates/findings.ts';
import type { GateFormat } from '../../src/domain/gates/format.ts';
import type { GateOutput } from '../../src/gates/parsers/gate-output.ts';
import { parseOutput } from '../../src/gates/parsers/parse.ts';

const captures = fileURLToPath(new URL('../fixtures/gates/', import.meta.url));

/** What a real tool printed, by its path below tests/fixtures/gates; it ran in /work/project. */
export function captured(path: string): string {
	return readFileSync(captures + path, 'utf8');
}

/** The output of a gate that failed, whole, in /work/project. */
export function redOutput(output: string, change: Partial<GateOutput> = {}): GateOutput {
	return {
		output,
		cut: false,
		failed: true,
		reports: [],
		root: '/work/project',
		goModules: [{ name: 'example.com/project', folder: '' }],
		...change,
	};
}

export function readRed(
	format: GateFormat,
	output: string,
	change: Partial<GateOutput> = {},
): Findings {
	return parseOutput(format, redOutput(output, change));
}

/** What was found, short enough to be compared by eye: places, names and starts of messages. */
export interface Shown {
	readonly format: string;
	/** Passed, failed, skipped; nothing where no tests are counted. */
	readonly counts: readonly number[];
	readonly whole: boolean;
	readonly failures: readonly string[];
}

export function shown({ format, counts, whole, failures }: Findings): Shown {
	return {
		format,
		counts: counts ? [counts.passed, counts.failed, counts.skipped] : [],
		whole,
		failures: failures.map(shownFailure),
	};
}

export function shownFailure(failure: GateFailure): string {
	const { kind, file, line, column, name, message } = failure;
	const place = [file, line, column].filter((part) => part !== null).join(':');
	return `${kind} ${place || 'nowhere'} [${name ?? ''}] ${message.slice(0, 60).trim()}`;
}
