// Connections to holders: one each, opened when the first pane of it is looked at and shared by all.
import {
	type HolderAddress,
	type HolderLink,
	openHolder,
} from '../../client/holder-link.ts';
import { Emitter } from '../../lib/emitter.ts';
import { type Outcome, refuse } from '../../lib/outcome.ts';
import type { HolderPush } from '../../protocol/holder.ts';
import type { RowsPush } from '../../protocol/rows.ts';

export interface FromHolder<T> {
	readonly link: HolderLink;
	readonly value: T;
}

export class HolderLines implements Disposable {
	readonly onRows = new Emitter<FromHolder<RowsPush>>();
	readonly onPush = new Emitter<FromHolder<HolderPush>>();
	readonly onGone = new Emitter<HolderLink>();
	readonly #open = new Map<string, Promise<Outcome<HolderLink>>>();
	readonly #links = new Set<HolderLink>();
	readonly #greet: (link: HolderLink) => void;
	#closed = false;

	/** `greet` runs once for each connection, before anything else is asked there. */
	constructor(greet: (link: HolderLink) => void) {
		this.#greet = greet;
	}

	/** The connection to a holder; refused where the holder is gone. */
	to(address: HolderAddress): Promise<Outcome<HolderLink>> {
		const known = this.#open.get(address.socket);
		if (known) return known;
		const opening = this.#dial(address);
		this.#open.set(address.socket, opening);
		return opening;
	}

	/** What is said at the beginning has changed. */
	greetAgain(): void {
		for (const link of this.#links) this.#greet(link);
	}

	[Symbol.dispose](): void {
		this.#closed = true;
		for (const link of this.#links) link[Symbol.dispose]();
	}

	async #dial(address: HolderAddress): Promise<Outcome<HolderLink>> {
		const opened = await openHolder(address);
		if (!opened.ok) {
			this.#open.delete(address.socket);
			return opened;
		}
		const link = opened.value;
		if (this.#closed) {
			link[Symbol.dispose]();
			return refuse('client.closed', 'the client was closed');
		}
		this.#links.add(link);
		this.#greet(link);
		link.onRows.on((value) => this.onRows.emit({ link, value }));
		link.onPush.on((value) => this.onPush.emit({ link, value }));
		link.onClose.on(() => {
			this.#links.delete(link);
			this.#open.delete(address.socket);
			if (!this.#closed) this.onGone.emit(link);
		});
		return opened;
	}
}
