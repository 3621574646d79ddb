// The one table of keys: what a key does, where, why not now, and how it is explained. Dispatch, hint
// bar, help, the leader's menu, the palette and docs/keys.md are made from it.
import { agentKeys } from './agent-keys.ts';
import { dialogKeys } from './dialog-keys.ts';
import type { KeyContext, KeyRow } from './key-row.ts';
import { viewKeys } from './view-keys.ts';

export const leaderKey = 'ctrl+space';

export const keyTable = [
	...agentKeys,
	...viewKeys,
	...dialogKeys,
] as const satisfies readonly KeyRow[];

export type ActionId = (typeof keyTable)[number]['action'];

/** A row as others read it; its action is one of the table's. */
export interface BoundKey extends KeyRow {
	readonly action: ActionId;
}

const rows: readonly BoundKey[] = keyTable;

/** The row of a key in a context, if it is bound there. */
export function rowOf(context: KeyContext, key: string): BoundKey | undefined {
	return rows.find((row) => row.contexts.includes(context) && row.keys.includes(key));
}

/** The rows of a context in the order of the table. */
export function rowsOf(context: KeyContext): readonly BoundKey[] {
	return rows.filter((row) => row.contexts.includes(context));
}

/** Rows that may be run by name. */
export function commandRows(): readonly BoundKey[] {
	return rows.filter((row) => row.contexts.includes('nav') && row.keyOnly !== true);
}

/** How a key is written for people: `⏎`, `Ctrl+Space`. */
export function keyLabel(key: string): string {
	const known = labels[key];
	if (known !== undefined) return known;
	return key.replace(/^(ctrl|alt|shift)\+/, (_, name: string) => {
		return `${name.charAt(0).toUpperCase()}${name.slice(1)}+`;
	});
}

export interface KeyConflict {
	readonly context: KeyContext;
	readonly key: string;
	readonly actions: readonly string[];
}

/** Keys that mean two things in one context. */
export function keyConflicts(table: readonly KeyRow[] = rows): KeyConflict[] {
	const found: KeyConflict[] = [];
	const contexts = new Set(table.flatMap((row) => row.contexts));
	for (const context of contexts) {
		const bound = table.filter((row) => row.contexts.includes(context));
		const byKey = Map.groupBy(
			bound.flatMap((row) => row.keys.map((key) => ({ key, action: row.action }))),
			({ key }) => key,
		);
		for (const [key, uses] of byKey)
			if (uses.length > 1)
				found.push({ context, key, actions: uses.map(({ action }) => action) });
	}
	return found;
}

const labels: Readonly<Record<string, string>> = {
	enter: 'Enter',
	escape: 'Esc',
	tab: 'Tab',
	'shift+tab': 'Shift+Tab',
	up: 'Up',
	down: 'Down',
	left: 'Left',
	right: 'Right',
	pageup: 'PageUp',
	pagedown: 'PageDown',
	'ctrl+space': 'Ctrl+Space',
	'ctrl+u': 'Ctrl+U',
	'ctrl+d': 'Ctrl+D',
	'ctrl+l': 'Ctrl+L',
	'ctrl+c': 'Ctrl+C',
};
