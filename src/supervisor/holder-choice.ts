// Which holder a new pane goes to.

/** A holder as it bears on the choice. */
export interface Candidate {
	/** Panes that it has, and places given away. */
	readonly taken: number;
	/** It refused a pane. */
	readonly full: boolean;
}

/**
 * The holder for one more pane; undefined where another holder is to be started. A holder works in
 * one thread, so panes are first spread over `spread` holders, then these are filled up to `limit`
 * each, the emptiest first.
 */
export function chooseHolder<C extends Candidate>(
	holders: readonly C[],
	{ limit, spread }: { readonly limit: number; readonly spread: number },
): C | undefined {
	const [emptiest] = holders
		.filter(({ full, taken }) => !full && taken < limit)
		.sort((one, other) => one.taken - other.taken);
	if (emptiest === undefined || emptiest.taken === 0) return emptiest;
	return holders.length < spread ? undefined : emptiest;
}
