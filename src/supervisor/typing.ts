// What weir types into panes: one text after another in each, so that none lands within another.
import { setTimeout as sleep } from 'node:timers/promises';
import { Lane } from '../lib/lane.ts';
import type { Outcome } from '../lib/outcome.ts';
import type { HolderRequest } from '../protocol/holder.ts';

type Write = (request: HolderRequest<'write'>) => Promise<Outcome<object>>;

export class Typing {
	readonly #send: Write;
	readonly #lanes = new Map<string, Lane>();

	constructor(send: Write) {
		this.#send = send;
	}

	/** Types a text as it is. */
	text(pane: string, text: string): Promise<Outcome<object>> {
		return this.#laneOf(pane).run(() => this.#write(pane, text));
	}

	/**
	 * Types a text, and Enter after a pause in milliseconds: one write of both is a paste to some
	 * programs, which then wait for Enter. What bears the name `once` is typed the first time only,
	 * also where a supervisor crashed between the two.
	 */
	line(
		pane: string,
		text: string,
		{ enterMs, once }: { readonly enterMs: number; readonly once?: string },
	): Promise<Outcome<object>> {
		return this.#laneOf(pane).run(async () => {
			const typed = await this.#write(pane, text, once && `${once} text`);
			if (!typed.ok) return typed;
			await sleep(enterMs);
			return this.#write(pane, '\r', once && `${once} enter`);
		});
	}

	forget(pane: string): void {
		this.#lanes.delete(pane);
	}

	#laneOf(pane: string): Lane {
		const lane = this.#lanes.get(pane) ?? new Lane(1);
		this.#lanes.set(pane, lane);
		return lane;
	}

	#write(pane: string, text: string, once?: string): Promise<Outcome<object>> {
		const data = Buffer.from(text, 'utf8').toString('base64');
		return this.#send({ pane, data, once });
	}
}
