// The one table of keys: what a key does, where, why not now, and how it is explained. Dispatch, hint
// bar, help, the leader's menu, the palette and docs/keys.md are made from it, with the keys that the
// user's keymap gives to its rows.

import type { KeyContext } from './key-contexts.ts';
import type { KeyRow } from './key-row.ts';
import { chosenIn, type Keymap } from './keymap.ts';
import { agentKeys } from './rows/agent-keys.ts';
import { alarmKeys } from './rows/alarm-keys.ts';
import { awayKeys } from './rows/away-keys.ts';
import { cardKeys } from './rows/card-keys.ts';
import { chordKeys } from './rows/chord-keys.ts';
import { composeKeys } from './rows/compose-keys.ts';
import { copyKeys } from './rows/copy-keys.ts';
import { fieldKeys } from './rows/field-keys.ts';
import { focusKeys } from './rows/focus-keys.ts';
import { gateKeys } from './rows/gate-keys.ts';
import { inboxKeys } from './rows/inbox-keys.ts';
import { layoutKeys } from './rows/layout-keys.ts';
import { listKeys } from './rows/list-keys.ts';
import { mergeKeys } from './rows/merge-keys.ts';
import { outsideKeys } from './rows/outside-keys.ts';
import { paneTextKeys } from './rows/pane-text-keys.ts';
import { queueKeys } from './rows/queue-keys.ts';
import { reviewKeys } from './rows/review-keys.ts';
import { viewKeys } from './rows/view-keys.ts';

export const keyTable = [
	...agentKeys,
	...outsideKeys,
	...focusKeys,
	...layoutKeys,
	...paneTextKeys,
	...viewKeys,
	...chordKeys,
	...inboxKeys,
	...alarmKeys,
	...reviewKeys,
	...gateKeys,
	...queueKeys,
	...copyKeys,
	...listKeys,
	...fieldKeys,
	...composeKeys,
	...mergeKeys,
	...awayKeys,
	...cardKeys,
] as const satisfies readonly KeyRow[];

export type ActionId = (typeof keyTable)[number]['action'];

/** A row as others read it; its action is one of the table's. */
export interface BoundKey extends KeyRow {
	readonly action: ActionId;
}

const rows: readonly BoundKey[] = keyTable;

export const actionNames: ReadonlySet<string> = new Set(rows.map(({ action }) => action));

/** The row of a key in a context, if it is bound there. */
export function rowOf(
	keymap: Keymap,
	context: KeyContext,
	key: string,
): BoundKey | undefined {
	return rowsOf(keymap, context).find((row) => row.keys.includes(key));
}

const made = new WeakMap<Keymap, Map<KeyContext, readonly BoundKey[]>>();

/** The rows of a context in the order of the table; their keys are those of the keymap. */
export function rowsOf(keymap: Keymap, context: KeyContext): readonly BoundKey[] {
	const known = made.get(keymap) ?? new Map<KeyContext, readonly BoundKey[]>();
	made.set(keymap, known);
	const found = known.get(context) ?? rowsAnew(keymap, context);
	known.set(context, found);
	return found;
}

/** How a sequence of which these are the first keys can go on. */
export function waysOn(keymap: Keymap, context: KeyContext, begun: string) {
	return rowsOf(keymap, context).flatMap((row) =>
		row.keys
			.filter((keys) => keys.startsWith(`${begun} `))
			.map((keys) => ({ key: keyLabel(keys.slice(begun.length + 1)), row })),
	);
}

/** The keys of an action in a context, the one to be shown first. */
export function keysOf(
	keymap: Keymap,
	context: KeyContext,
	action: string,
): readonly string[] {
	return rowsOf(keymap, context).flatMap((row) =>
		row.action === action ? row.keys : [],
	);
}

/** It has words for the hint bar, and a key. */
export function isHinted({ hint, keys }: KeyRow): boolean {
	return hint !== undefined && keys.length > 0;
}

/** Rows that may be run by name. */
export function commandRows(keymap: Keymap): readonly BoundKey[] {
	return rowsOf(keymap, 'nav').filter((row) => row.keyOnly !== true);
}

function rowsAnew(keymap: Keymap, context: KeyContext): readonly BoundKey[] {
	if (context === 'type' && !keymap.directChords) return [];
	const chosen = chosenIn(keymap, context);
	const own = rows.filter(({ contexts }) => contexts.includes(context));
	const lent = context === 'type' ? lentRows(own, chosen) : [];
	// Of several rows with one action, the one that is hinted at gets the keys that were chosen.
	const heads = new Map([...own, ...lent].toReversed().map((row) => [row.action, row]));
	for (const row of own) if (row.hint !== undefined) heads.set(row.action, row);
	return [...own, ...lent].map((row) => {
		const added = heads.get(row.action) === row ? keysFor(row.action, chosen) : [];
		const kept = row.keys.filter((key) => !chosen.has(key));
		return { ...row, keys: [...added, ...kept] };
	});
}

/** What is done in the panes can be done by a chord while typing. */
function lentRows(
	own: readonly BoundKey[],
	chosen: ReadonlyMap<string, string | null>,
): readonly BoundKey[] {
	const there = new Set<string>(own.map(({ action }) => action));
	const wanted = new Set([...chosen.values()].filter((action) => action !== null));
	const lent = rows.filter(
		({ action, contexts }) =>
			contexts.includes('nav') && wanted.has(action) && !there.has(action),
	);
	return lent.map((row) => ({ ...row, contexts: ['type'], keys: [] }));
}

function keysFor(action: string, chosen: ReadonlyMap<string, string | null>): string[] {
	return [...chosen].flatMap(([key, meant]) => (meant === action ? [key] : []));
}

/** How keys are written for people: `Enter`, `Ctrl+Space`, `Ctrl+X k`. */
export function keyLabel(keys: string): string {
	return keys.split(' ').map(labelOf).join(' ');
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

const names: Readonly<Record<string, string>> = {
	escape: 'Esc',
	pageup: 'PageUp',
	pagedown: 'PageDown',
};

function labelOf(key: string): string {
	const [, modifiers = '', name = key] =
		/^((?:(?:ctrl|alt|shift|super)\+)*)(.+)$/s.exec(key) ?? [];
	// The letter after Ctrl is written large, as on the key: nobody presses Shift for it.
	const large = modifiers.includes('ctrl+') && /^[a-z]$/.test(name);
	const label = large
		? name.toUpperCase()
		: (names[name] ?? (name.length > 1 ? capital(name) : name));
	return modifiers.replaceAll(/\w+(?=\+)/g, capital) + label;
}

function capital(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}
