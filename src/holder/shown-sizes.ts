// How large each viewer shows each pane, and when somebody was there last. The smallest of those that
// are in use gives a pane its size, so that all of it is seen by everybody who looks; who leaves no
// longer counts, and a pane that nobody shows keeps what it had.

export interface Size {
	readonly columns: number;
	readonly rows: number;
}

interface Viewed extends Size {
	/** On the clock; null for a viewer that did not tell. */
	readonly used: number | null;
}

/** Who did nothing for so long is away; clients ask again after it. */
const awayMs = 10_000;

export class ShownSizes<Pane extends object, Viewer extends object> {
	readonly #sizes = new Map<Pane, Map<Viewer, Viewed>>();
	readonly #clock: () => number;

	constructor(clock: () => number) {
		this.#clock = clock;
	}

	/** Answers the size that the pane is to have from now on. */
	show(pane: Pane, viewer: Viewer, size: Size, used: boolean): Size {
		const viewers = this.#sizes.get(pane) ?? new Map<Viewer, Viewed>();
		this.#sizes.set(pane, viewers);
		const now = this.#clock();
		const before = viewers.get(viewer)?.used ?? null;
		viewers.set(viewer, { ...size, used: used ? now : before });
		return smallest(inUse([...viewers.values()], now)) ?? size;
	}

	/** The size of the pane without that viewer; null where it keeps what it has. */
	hide(pane: Pane, viewer: Viewer): Size | null {
		const viewers = this.#sizes.get(pane);
		if (!viewers?.delete(viewer)) return null;
		if (viewers.size === 0) this.#sizes.delete(pane);
		return smallest(inUse([...viewers.values()], this.#clock()));
	}

	/** The panes that a viewer showed. */
	shownBy(viewer: Viewer): readonly Pane[] {
		return [...this.#sizes].flatMap(([pane, viewers]) =>
			viewers.has(viewer) ? [pane] : [],
		);
	}

	forget(pane: Pane): void {
		this.#sizes.delete(pane);
	}
}

/** Those who were there of late, else the last one who was; all where nobody told. */
function inUse(viewers: readonly Viewed[], now: number): readonly Viewed[] {
	const last = Math.max(...viewers.map(({ used }) => used ?? Number.NEGATIVE_INFINITY));
	const since = Math.min(last, now - awayMs);
	return viewers.filter(({ used }) => (used ?? Number.NEGATIVE_INFINITY) >= since);
}

function smallest(all: readonly Size[]): Size | null {
	if (all.length === 0) return null;
	return {
		columns: Math.min(...all.map(({ columns }) => columns)),
		rows: Math.min(...all.map(({ rows }) => rows)),
	};
}
