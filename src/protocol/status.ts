// The JSON that scripts may rely on: keys always present, unknown is null, additive only.
import type { Agent, Life } from '../domain/agent.ts';
import type { Guard } from '../domain/guard.ts';
import type { InboxItem } from '../domain/inbox.ts';
import { type RecordingStanding, recordingFault } from '../domain/recording-fault.ts';
import { notResolving, type Resolving } from '../domain/resolving.ts';
import type { Question } from '../domain/state.ts';
import type { CostJson } from './cost.ts';
import {
	type BaseGatesJson,
	type GateJson,
	gateJson,
	type RunningGate,
} from './gates.ts';
import { type PullJson, pullJson } from './pull.ts';
import type { QueueEntryJson } from './queue.ts';

/** How much a worktree differs from where its work began. */
export interface DiffCounts {
	readonly files: number;
	readonly added: number;
	readonly removed: number;
	readonly uncommitted: number;
}

export interface AgentJson extends Resolving {
	readonly name: string;
	readonly kind: string;
	readonly state: string;
	readonly since: string;
	readonly source: string;
	readonly inferred: boolean;
	readonly why: string | null;
	readonly generation: number;
	/** How often its program was started for its task. */
	readonly tries: number;
	readonly pid: number | null;
	readonly exit: { readonly code: number | null; readonly signal: string | null } | null;
	readonly worktree: string;
	readonly branch: string;
	readonly base: { readonly branch: string; readonly commit: string };
	readonly head: string | null;
	readonly scope: readonly string[];
	/** What refuses its program a write outside the scope, and why nothing stronger does. */
	readonly guard: Guard;
	/** Writes outside the scope that were refused in the present try, where a layer tells them. */
	readonly denied: number;
	readonly gates: readonly GateJson[];
	readonly diff: DiffCounts | null;
	/** What it used, as its records tell; null where they tell nothing. */
	readonly cost: CostJson | null;
	readonly task: null;
	readonly mission: null;
	readonly role: null;
	readonly id: string;
	readonly ports: { readonly first: number; readonly count: number };
	readonly life: Life['kind'];
	readonly landed: string | null;
	/** What of it was pushed, and its pull request; null where nothing was. */
	readonly pull: PullJson | null;
	/** Files in which it would conflict with its base; null is not known yet. */
	readonly conflicts: readonly string[] | null;
	/** How many files of its commits its scope keeps from landing. */
	readonly cannotLand: number;
	/** The oldest question that it waits for an answer to. */
	readonly asks: { readonly question: string; readonly text: string } | null;
	/** Paths of its worktree that were written outside its scope and are not as before: the first hundred. */
	readonly outside: readonly string[];
	/** How many others there are. */
	readonly outsideMore: number;
	/** Why such writes are looked for now and then and not seen at once; null where they are. */
	readonly unwatched: string | null;
	/** Null where all that its program printed is recorded, as far as is known. */
	readonly recording: {
		/** Why what it prints now is not recorded, and what helps; null while it is. */
		readonly trouble: string | null;
		readonly allow: string | null;
		/** Bytes of its output that are missing from its recording. */
		readonly lost: number;
	} | null;
}

export interface ListJson {
	readonly v: 1;
	/** Items of the inbox that must not wait. */
	readonly alarms: readonly InboxItemJson[];
	readonly agents: readonly AgentJson[];
}

/** An item of the inbox with the name of what it is about: an agent, or a branch. */
export interface InboxItemJson extends InboxItem {
	readonly name: string;
}

export interface StatusJson {
	readonly v: 1;
	readonly supervisor: {
		readonly pid: number;
		readonly since: string;
		readonly version: string;
		readonly protocol: number;
	} | null;
	readonly repository: {
		readonly root: string;
		readonly commonDir: string;
		readonly base: string | null;
		readonly trusted: boolean;
	};
	readonly journal: { readonly seq: number; readonly ok: boolean };
	readonly holders: readonly {
		readonly id: string;
		readonly process: number;
		readonly agents: number;
	}[];
	/** Programs that run for no agent of this journal: the one that knew them was removed. */
	readonly strays: readonly {
		readonly pid: number;
		readonly folder: string;
		readonly argv: readonly string[];
	}[];
	/** All that waits to land, the first to land first. */
	readonly queue: readonly QueueEntryJson[];
	readonly inbox: readonly InboxItemJson[];
	/** What gates say of each branch that landings or others have moved. */
	readonly bases: readonly BaseGatesJson[];
	readonly agents: readonly AgentJson[];
}

/** One agent as scripts see it; `seen` is what of it is observed rather than recorded. */
export function agentJson(
	agent: Agent,
	seen: Pick<AgentJson, 'head' | 'diff' | 'conflicts'> & {
		readonly outside?: { readonly count: number } | null;
		readonly recording?: RecordingStanding;
		readonly unwatched?: string;
		readonly gates?: Readonly<Record<string, RunningGate>>;
		readonly cost?: CostJson | null;
	},
	asks: Pick<Question, 'id' | 'text'> | undefined,
	resolving: Resolving = notResolving,
): AgentJson {
	const { life, report } = agent;
	const fault = recordingFault(agent.name, seen.recording);
	const exit = life.kind === 'ended' || life.kind === 'backing-off' ? life.exit : null;
	return {
		name: agent.name,
		kind: agent.kind,
		state: report.state,
		since: report.since,
		source: report.source,
		inferred: report.inferred,
		why: report.why,
		generation: agent.generation,
		tries: agent.tries,
		pid: life.kind === 'running' ? life.process.pid : null,
		exit: exit && { code: exit.code, signal: exit.signal },
		worktree: agent.path,
		branch: agent.branch,
		base: agent.base,
		head: seen.head,
		scope: agent.scope,
		guard: guardJson(agent),
		denied: agent.denied.count,
		gates: Object.keys(agent.gates).map((name) =>
			gateJson(agent, name, seen.gates?.[name] ?? null),
		),
		diff: seen.diff,
		cost: seen.cost ?? null,
		task: null,
		mission: null,
		role: null,
		id: agent.id,
		ports: agent.ports,
		life: life.kind,
		landed: agent.landed?.commit ?? null,
		pull: pullJson(agent.pull),
		...resolving,
		conflicts: seen.conflicts,
		cannotLand: seen.outside?.count ?? 0,
		asks: asks ? { question: asks.id, text: asks.text } : null,
		outside: (agent.trespasses?.paths ?? []).map(({ path }) => path),
		outsideMore: agent.trespasses?.more ?? 0,
		unwatched: seen.unwatched ?? null,
		recording: seen.recording
			? {
					trouble: fault?.why ?? null,
					allow: fault?.allow ?? null,
					lost: seen.recording.lost,
				}
			: null,
	};
}

/** Nothing holds what was not started yet. */
function guardJson({ guard }: Agent): Guard {
	return (
		guard ?? { prevention: 'none', reason: 'not started yet', allow: null, loose: 0 }
	);
}
