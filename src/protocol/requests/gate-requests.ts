// Gates: how they stand, and what they said.
import * as z from 'zod/mini';
import type { DetectedGate } from '../../domain/gates/detected-gate.ts';
import type { AgentGatesJson, BaseGatesJson, GateReportJson } from '../gates.ts';
import { agent, name, wait } from './fields.ts';

export const gateRequests = {
	/** How gates stand, of one agent or of all. */
	gates: z.object({ agent: z.nullable(name) }),
	/** Lets gates run on what stands there now; null is all of them. */
	'gate.run': z.object({
		...agent,
		...wait,
		gates: z.nullable(z.array(name).check(z.minLength(1), z.maxLength(100))),
		/** What was said of the same tree before does not count. */
		anew: z.boolean(),
	}),
	/** Lets the gates of landings run on a branch where those go. */
	'base.run': z.object({ branch: name, ...wait }),
	/** What one of them said of it and printed. */
	'base.report': z.object({ branch: name, gate: name }),
	/** The agent is told what the gate said of its work, once it is idle. */
	'gate.tell': z.object({ ...agent, gate: name }),
	/** What one gate said of an agent's work, or of its last landing, and printed. */
	'gate.report': z.object({ ...agent, gate: name, landing: z.optional(z.boolean()) }),
} as const;

export interface GateResponses {
	gates: {
		readonly gates: readonly {
			readonly name: string;
			readonly run: string;
			readonly when: string;
		}[];
		/** What the repository's own files suggest; empty where gates are set up. */
		readonly suggested: readonly DetectedGate[];
		/** The settings that name them are trusted: none runs before. */
		readonly trusted: boolean;
		readonly slots: { readonly taken: number; readonly all: number };
		readonly agents: readonly AgentGatesJson[];
		/** Branches where landings go, unless one agent was asked about; absent from an older supervisor. */
		readonly bases?: readonly BaseGatesJson[];
	};
	'gate.run': AgentGatesJson;
	'base.run': BaseGatesJson;
	'base.report': GateReportJson;
	/** What it is told. */
	'gate.tell': { readonly text: string };
	'gate.report': GateReportJson;
}
