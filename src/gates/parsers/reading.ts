// What every parser is: a function that meets failures on its way through an output.
import type { TestCounts } from '../../domain/gates/findings.ts';
import type { FailureList } from './failure-list.ts';
import type { GateOutput } from './gate-output.ts';
import type { JsonDocuments } from './json-documents.ts';

/** What is to be read, in the shapes that parsers ask for. */
export interface Material extends GateOutput {
	/** The output as lines, long ones cut. */
	readonly lines: readonly string[];
	readonly longLines: readonly string[];
	/** The JSON in reports and output. */
	readonly documents: JsonDocuments;
}

export interface Reading {
	readonly counts: TestCounts | null;
	/**
	 * Whether the output says by itself that all of it was there: a plan that was kept, a summary.
	 * False where it should and does not, null where its format has nothing of the kind.
	 */
	readonly closed: boolean | null;
}

/** Null where the output is not in the parser's format. */
export type Parser = (material: Material, found: FailureList) => Reading | null;
