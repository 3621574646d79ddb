// Keeps what of a view outlives its client as it changes, and gives it back at the next start: the view
// at once, how far a pane was scrolled up when that pane is there.
import type { Agent } from '../../domain/agent.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { KeptView } from '../../domain/kept-view.ts';
import type { LayoutKind } from '../../domain/layout.ts';
import type { View } from '../view.ts';
import { keep, recall, sameKept } from './remembered-view.ts';
import type { ViewMemory } from './view-memory.ts';

export class ViewKeeper {
	readonly #memory: ViewMemory | null;
	readonly #kept: KeptView | null;
	/** The first lines shown of panes that have not been there since the start. */
	readonly #tops: Map<string, number>;

	/** Null where nothing is kept. */
	constructor(memory: ViewMemory | null) {
		this.#memory = memory;
		this.#kept = memory?.read() ?? null;
		this.#tops = new Map(Object.entries(this.#kept?.scrolled ?? {}));
	}

	/** The view as it was left; `setting` is the layout of the settings. */
	recall(view: View, setting: LayoutKind, agents: readonly Agent[]): View {
		return recall(view, this.#kept, setting, agents);
	}

	/** The line from which a pane was looked at, asked for once; null where it followed its program. */
	takeTop(agent: AgentId): number | null {
		const top = this.#tops.get(agent) ?? null;
		this.#tops.delete(agent);
		return top;
	}

	/** To be called after each change of the view. */
	changed(before: View, now: View, setting: LayoutKind): void {
		if (!this.#memory || sameKept(before, now)) return;
		const kept = keep(now, setting);
		// Panes that have not been shown yet stay where they were.
		const scrolled = { ...Object.fromEntries(this.#tops), ...kept.scrolled };
		this.#memory.keep({ ...kept, scrolled });
	}
}
