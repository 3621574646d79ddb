// The runs of gates that are under way, as effects and requests see them.
import type { AgentId, EffectId } from '../domain/ids.ts';
import type { CapturedOutput } from '../gates/captured-output.ts';
import type { GateRoom } from './gate-room.ts';

export interface Wanted {
	/** On whose files it runs; null where that is the base, with what is to land. */
	readonly agent: AgentId | null;
	readonly gate: string;
	readonly tree: string;
	/** The branch that it looks at after a move, and for which effect. */
	readonly base?: { readonly branch: string; readonly effect: EffectId };
}

/** A run that is under way: it waits for a slot until it has output. */
export interface LiveRun extends Wanted {
	/** Wall clock, ISO. */
	readonly began: string;
	readonly output: CapturedOutput;
	/** How long it usually takes, in milliseconds. */
	readonly usual: number | null;
}

export interface BegunRun extends Disposable {
	readonly signal: AbortSignal;
	readonly onBegin: (output: CapturedOutput, usual: number | null) => void;
}

export interface GateRuns {
	readonly room: GateRoom;
	/** Its run is called off when the agent's files have moved on, or the gate is another one. */
	begin(id: string, wanted: Wanted): BegunRun;
	/** Those of an agent that have a slot. */
	runsOf(agent: AgentId): LiveRun[];
	/** Looks now, and resolves once what stands there is recorded. */
	look(agent: AgentId): Promise<void>;
}
