// Ranks the list of the inbox anew when nobody's cursor is in the way: as it is opened, after a pause of
// the keys, and at once where nothing was listed.
import type { State } from '../../domain/state.ts';
import type { View } from '../view.ts';
import type { ViewChange } from '../view-change.ts';
import { listedIn, rankedAnew } from './inbox-list.ts';

export interface InboxKeeperOptions {
	readonly state: () => State;
	readonly view: () => View;
	readonly change: (change: ViewChange<'inbox'>) => void;
	readonly after: (milliseconds: number, run: () => void) => () => void;
}

const pauseMs = 2000;

export class InboxKeeper {
	readonly #options: InboxKeeperOptions;
	#stop: (() => void) | undefined;

	constructor(options: InboxKeeperOptions) {
		this.#options = options;
	}

	/** The inbox was opened. */
	opened(): void {
		const { state, view, change } = this.#options;
		const inbox = rankedAnew(state(), { ...view(), inbox: { ranked: [], at: 0 } });
		change({ kind: 'inbox', inbox: { ...inbox, at: 0 } });
	}

	/** What was read may be looked at still. */
	keyPressed(): void {
		this.#stop?.();
		this.#stop = undefined;
		this.stateChanged();
	}

	stateChanged(): void {
		const { state, view, after } = this.#options;
		if (this.#stop || view().screen !== 'inbox') return;
		const { items, above, below } = listedIn(state(), view());
		if (above + below === 0) return;
		if (items.length === 0) this.#rank();
		else this.#stop = after(pauseMs, () => this.#rank());
	}

	#rank(): void {
		const { state, view, change } = this.#options;
		this.#stop = undefined;
		if (view().screen === 'inbox')
			change({ kind: 'inbox', inbox: rankedAnew(state(), view()) });
	}
}
