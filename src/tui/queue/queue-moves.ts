// Moves of entries of the queue, one after the other: keys come quicker than answers, and each is meant of the
// order that the one before it leaves.
import { Lane } from '../../lib/lane.ts';

export class QueueMoves {
	readonly #lane = new Lane(1);
	/** As the last answer has it; null while none is under way, when the screen has it. */
	#order: readonly string[] | null = null;

	/**
	 * Moves an entry past its neighbour. `shown` is the order on the screen; `ask` answers with the order that
	 * came of it, or null. Answers with the neighbour; null where there is none or it was refused.
	 */
	async move(
		shown: readonly string[],
		name: string,
		by: 1 | -1,
		ask: (other: string) => Promise<readonly string[] | null>,
	): Promise<string | null> {
		return this.#lane.run(async () => {
			const among = new Set(shown);
			const order = (this.#order ?? shown).filter((one) => among.has(one));
			const at = order.indexOf(name);
			const other = at < 0 ? undefined : order[at + by];
			try {
				if (other === undefined) return null;
				const after = await ask(other);
				if (after === null) return null;
				this.#order = after;
				return other;
			} finally {
				if (this.#lane.length === 1) this.#order = null;
			}
		});
	}
}
