// Keeps the queue of the view as it stands, while somebody looks at it.
import type { AgentId } from '../../domain/ids.ts';
import { queueOf } from '../../domain/queue/queue.ts';
import type { State } from '../../domain/state.ts';
import type { Observation } from '../../protocol/observation.ts';
import type { View } from '../view.ts';
import type { ViewChange } from '../view-change.ts';
import { listedQueue } from './queue-list.ts';
import { firstQueue } from './queue-view.ts';

export interface QueueKeeperOptions {
	readonly now: () => {
		readonly state: State;
		readonly observed: Readonly<Record<AgentId, Observation>>;
	};
	readonly view: () => View;
	readonly change: (change: ViewChange<'queue'>) => void;
}

export class QueueKeeper {
	readonly #options: QueueKeeperOptions;
	#told: unknown[] = [];

	constructor(options: QueueKeeperOptions) {
		this.#options = options;
	}

	/** The view, the state or what is seen is another. */
	changed(): void {
		const { view, now, change } = this.#options;
		const { screen, queue } = view();
		if (screen !== 'queue') {
			this.#told = [];
			if (queue !== firstQueue) change({ kind: 'queue', queue: firstQueue });
			return;
		}
		const { state, observed } = now();
		if (this.#told[0] === state && this.#told[1] === observed) return this.#keepRow();
		this.#told = [state, observed];
		change({ kind: 'queue', queue: { entries: queueOf(state, observed) } });
	}

	/** So that it is known where the cursor was once its entry is gone. */
	#keepRow(): void {
		const { view, change } = this.#options;
		const { at } = listedQueue(view());
		if (at >= 0 && at !== view().queue.at) change({ kind: 'queue', queue: { at } });
	}
}
