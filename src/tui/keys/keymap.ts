// Which keys a person has: the leader, and what differs from the table, as plain data that the view
// holds.
import type { KeyContext } from './key-contexts.ts';

export interface Keymap {
	/** The one key that is weir's while typing into a pane. */
	readonly leader: string;
	/** The file that chose the leader; null where none did. */
	readonly leaderFrom: Origin | null;
	/** Milliseconds that an ESC waits for the letter of a chord; `auto` goes by the line. */
	readonly escapeTime: 'auto' | number;
	/** Whether the chords of typing, such as alt+e, are weir's without the leader. */
	readonly directChords: boolean;
	/** Over the table; of two for the same key the later one counts. */
	readonly bindings: readonly Binding[];
}

export interface Binding {
	readonly context: KeyContext;
	/** A key by its name, or several that are pressed one after another: `ctrl+x k`. */
	readonly key: string;
	/** Null: the key means nothing there. */
	readonly action: string | null;
	/** Null: a preset. */
	readonly from: Origin | null;
}

/** The place in a file where a key was bound. */
export interface Origin {
	readonly file: string;
	readonly line: number;
	readonly column: number;
}

export const builtInKeymap: Keymap = {
	leader: 'ctrl+space',
	leaderFrom: null,
	escapeTime: 'auto',
	directChords: true,
	bindings: [],
};

/**
 * What the keys of a context were given instead of what the table says; those of files come before
 * those of a preset, to be shown first.
 */
export function chosenIn(
	{ bindings }: Keymap,
	context: KeyContext,
): ReadonlyMap<string, string | null> {
	const last = new Map(
		bindings.filter((one) => one.context === context).map((one) => [one.key, one]),
	);
	const shown = [...last.values()].toSorted(
		(one, other) => Number(one.from === null) - Number(other.from === null),
	);
	return new Map(shown.map(({ key, action }) => [key, action]));
}
