// Ranks the list of the inbox anew when nobody's cursor is in the way: as it is opened, after a pause of
// the keys, and at once where nothing was listed. Gets what the agent shows whose item is looked at.
import type { InboxItem } from '../../domain/inbox.ts';
import type { State } from '../../domain/state.ts';
import type { View } from '../view.ts';
import type { ViewChange } from '../view-change.ts';
import { listedIn, rankedAnew } from './inbox-list.ts';
import { firstInbox } from './inbox-view.ts';

export interface InboxKeeperOptions {
	readonly state: () => State;
	readonly view: () => View;
	readonly change: (change: ViewChange<'inbox'>) => void;
	readonly after: (milliseconds: number, run: () => void) => () => void;
	/** The last lines that its agent shows, or its gate printed; none where there are none. */
	readonly read: (item: InboxItem) => Promise<readonly string[]>;
}

const pauseMs = 2000;

export class InboxKeeper {
	readonly #options: InboxKeeperOptions;
	#stop: (() => void) | undefined;
	/** The item whose screen was asked for last. */
	#wanted: string | null = null;

	constructor(options: InboxKeeperOptions) {
		this.#options = options;
	}

	/** The inbox was opened. */
	opened(): void {
		const { state, view, change } = this.#options;
		const inbox = rankedAnew(state(), { ...view(), inbox: firstInbox });
		change({ kind: 'inbox', inbox: { ...inbox, at: 0 } });
	}

	/** The cursor is on another item. */
	async aimed(item: InboxItem | null): Promise<void> {
		const { view, change, read } = this.#options;
		if (!item || view().screen !== 'inbox' || view().inbox.shown?.item === item.id)
			return;
		this.#wanted = item.id;
		const lines = await read(item);
		if (this.#wanted !== item.id) return;
		change({
			kind: 'inbox',
			inbox: { ...view().inbox, shown: { item: item.id, lines } },
		});
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
