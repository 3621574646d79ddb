// The landing queue as scripts see it: keys always present, unknown is null.
import { gatesOf } from '../domain/gates/gate-standing.ts';
import type { AgentId } from '../domain/ids.ts';
import type { Hold } from '../domain/queue/hold.ts';
import { type QueueEntry, queueOf } from '../domain/queue/queue.ts';
import type { Sight } from '../domain/queue/sight.ts';
import type { StandingWord } from '../domain/queue/standing.ts';
import type { State } from '../domain/state.ts';
import { type GateWord, gateJson, type RunningGate } from './gates.ts';

export interface QueueEntryJson {
	/** From 1 on: the first lands first. */
	readonly position: number;
	readonly agent: string;
	readonly base: string;
	readonly head: string | null;
	readonly standing: StandingWord;
	/** Null where it is ready. */
	readonly why: string | null;
	readonly held: Hold | null;
	readonly gates: readonly { readonly name: string; readonly verdict: GateWord }[];
	/** Files in which it conflicts with its base; null is not known yet. */
	readonly conflicts: readonly string[] | null;
	/** Others that wait and that it conflicts with: once one of the two has landed, the other conflicts. */
	readonly clashes: readonly {
		readonly agent: string;
		readonly position: number;
		/** Not all where there are many. */
		readonly files: readonly string[];
		readonly count: number;
	}[];
	/** Its commits have been put beside those of all others. */
	readonly predicted: boolean;
}

type Seen = Readonly<
	Record<
		AgentId,
		(Sight & { readonly gates?: Readonly<Record<string, RunningGate>> }) | undefined
	>
>;

/** All that waits, the first to land first. */
export function queueJson(state: State, seen: Seen): readonly QueueEntryJson[] {
	const gates = gatesOf(state).map(([name]) => name);
	return queueOf(state, seen).map((entry) =>
		entryJson(entry, gates, seen[entry.agent.id]?.gates ?? {}),
	);
}

function entryJson(
	entry: QueueEntry,
	gates: readonly string[],
	running: Readonly<Record<string, RunningGate>>,
): QueueEntryJson {
	const { agent, position, head, standing, held, conflicts, clashes } = entry;
	return {
		position,
		agent: agent.name,
		base: agent.base.branch,
		head,
		standing: standing.word,
		why: standing.why,
		held,
		gates: gates.map((name) => {
			const { verdict } = gateJson(agent, name, running[name] ?? null);
			return { name, verdict };
		}),
		conflicts,
		clashes: clashes.map(({ name, position: at, files, count }) => ({
			agent: name,
			position: at,
			files,
			count,
		})),
		predicted: !entry.predicting,
	};
}
