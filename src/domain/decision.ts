// What a decision is made of: the facts it brings, numbered as the journal will number them.
import type { Outcome } from '../lib/outcome.ts';
import type { EventData, EventKind, Fact } from './event.ts';
import { type AgentId, type EffectId, effectId } from './ids.ts';
import type { State } from './state.ts';

export interface Context {
	/** Wall clock, ISO UTC. */
	readonly now: string;
}

/** The facts that follow, or why not. No facts at all is a yes that changes nothing. */
export type Decision = Outcome<readonly Fact[]>;

/** Collects facts and knows the number that each will get, so that ids can be made of it. */
export class Draft {
	readonly #facts: Fact[] = [];
	readonly #before: number;

	constructor(state: State) {
		this.#before = state.seq;
	}

	/** The sequence number of the next fact. */
	get seq(): number {
		return this.#before + this.#facts.length + 1;
	}

	/** The id of the effect that the next fact asks for. */
	get effect(): EffectId {
		return effectId(this.seq);
	}

	add<K extends EventKind>(kind: K, data: EventData<K>): this {
		// The pair is a member of the union by the signature; the compiler cannot see it.
		this.#facts.push({ kind, data } as unknown as Fact);
		return this;
	}

	done(): Decision {
		return { ok: true, value: this.#facts };
	}
}

export function refused(refusal: {
	code: string;
	message: string;
	allow?: string | undefined;
}): Decision {
	return { ok: false, refusal };
}

export function unknownAgent(id: AgentId): Decision {
	return refused({
		code: 'agent.unknown',
		message: `no agent has the id ${id}`,
		allow: 'weir list',
	});
}

export const unchanged: Decision = { ok: true, value: [] };
