// How gates are looked at: the cell under the cursor and what was fetched of it. Its row is the agent in
// focus.
import type { DetectedGate } from '../../domain/gates/detected-gate.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Outcome } from '../../lib/outcome.ts';
import type { GateReportJson } from '../../protocol/gates.ts';

export interface GatesView {
	/** The column of the cursor; null is the first. */
	readonly gate: string | null;
	/** Which failure of the report is marked. */
	readonly failure: number;
	readonly report: CellReport | null;
	/** How many slots there are for runs; null until it was told. */
	readonly slots: number | null;
	/** What the repository's own files suggest where no gate is set up. */
	readonly suggested: readonly DetectedGate[];
}

export interface CellReport {
	readonly agent: AgentId;
	readonly gate: string;
	readonly told: Outcome<GateReportJson>;
	/** What it printed. */
	readonly lines: readonly string[];
}

export const firstGates: GatesView = {
	gate: null,
	failure: 0,
	report: null,
	slots: null,
	suggested: [],
};
