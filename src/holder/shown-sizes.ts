// How large each viewer shows each pane. The smallest one gives a pane its size, so that all of it is
// seen by everybody; who leaves no longer counts, and a pane that nobody shows keeps what it had.

export interface Size {
	readonly columns: number;
	readonly rows: number;
}

export class ShownSizes<Pane extends object, Viewer extends object> {
	readonly #sizes = new Map<Pane, Map<Viewer, Size>>();

	/** Answers the size that the pane is to have from now on. */
	show(pane: Pane, viewer: Viewer, size: Size): Size {
		const viewers = this.#sizes.get(pane) ?? new Map<Viewer, Size>();
		this.#sizes.set(pane, viewers);
		viewers.set(viewer, size);
		return smallest(viewers.values()) ?? size;
	}

	/** The size of the pane without that viewer; null where it keeps what it has. */
	hide(pane: Pane, viewer: Viewer): Size | null {
		const viewers = this.#sizes.get(pane);
		if (!viewers?.delete(viewer)) return null;
		if (viewers.size === 0) this.#sizes.delete(pane);
		return smallest(viewers.values());
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

function smallest(sizes: Iterable<Size>): Size | null {
	const all = [...sizes];
	if (all.length === 0) return null;
	return {
		columns: Math.min(...all.map(({ columns }) => columns)),
		rows: Math.min(...all.map(({ rows }) => rows)),
	};
}
