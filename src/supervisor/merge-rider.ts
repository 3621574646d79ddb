// A landing that waits for its end, whichever round brings it.
import type { EffectOutcome } from '../domain/command.ts';
import type { PendingOf } from '../domain/state.ts';
import type { Freight } from './merge-freight.ts';

type Ending = EffectOutcome<'merge'>;

export class Rider {
	readonly effect: PendingOf<'merge'>;
	/** How often the base moved while it was tried. */
	missed = 0;
	#freight: Freight | null = null;
	#open = true;
	readonly #end = Promise.withResolvers<Ending>();

	constructor(effect: PendingOf<'merge'>) {
		this.effect = effect;
	}

	get loaded(): boolean {
		return this.#freight !== null;
	}

	get freight(): Freight {
		if (!this.#freight) throw new Error(`${this.effect.id} is tried before it is loaded`);
		return this.#freight;
	}

	/** Has not come to its end. */
	get open(): boolean {
		return this.#open;
	}

	get ended(): Promise<Ending> {
		return this.#end.promise;
	}

	load(freight: Freight): void {
		this.#freight = freight;
	}

	settle(ending: Ending): void {
		this.#open = false;
		this.#end.resolve(ending);
	}

	/** A broken assumption: it ends with the error. */
	fail(error: unknown): void {
		this.#open = false;
		this.#end.reject(error);
	}
}

/** Of a landing; the map has those of a round by the ids of their landings. */
export function riderOf(
	riders: ReadonlyMap<string, Rider>,
	{ id }: { readonly id: string },
): Rider {
	const rider = riders.get(id);
	if (!rider) throw new Error(`${id} is no landing of this round`);
	return rider;
}
