// What weir types into panes: one text after another in each, so that none lands within another.
import { setTimeout as sleep } from 'node:timers/promises';
import { Lane } from '../lib/lane.ts';
import type { Outcome } from '../lib/outcome.ts';

/** Types a text; each of one errand has a name. */
export type Type = (name: string, text: string) => Promise<Outcome<object>>;

type Write = (pane: string, text: string, once?: string) => Promise<Outcome<object>>;

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

	/** Types a text, and Enter after a pause in milliseconds. What bears the name `once` is typed once. */
	line(
		pane: string,
		text: string,
		{ enterMs, once }: { readonly enterMs: number; readonly once?: string },
	): Promise<Outcome<object>> {
		return this.errand(pane, once, async (type) => {
			const typed = await type('text', text);
			if (!typed.ok) return typed;
			await sleep(enterMs);
			return type('enter', '\r');
		});
	}

	/**
	 * Types several texts with nothing between them. What bears the name `once` is typed the first time
	 * only, also where a supervisor crashed between two of them.
	 */
	errand<T>(
		pane: string,
		once: string | undefined,
		run: (type: Type) => Promise<Outcome<T>>,
	): Promise<Outcome<T>> {
		return this.#laneOf(pane).run(() =>
			run((name, text) => this.#write(pane, text, once && `${once} ${name}`)),
		);
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
		return this.#send(pane, text, once);
	}
}
