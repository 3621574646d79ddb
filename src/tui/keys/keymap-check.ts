// What is to be said about keys as they are in force: presets, files and table together.
import { type KeyContext, keyContexts } from './key-contexts.ts';
import { whyNotSent } from './key-sending.ts';
import type { Binding, Keymap, Origin } from './keymap.ts';
import { keysOf, rowOf, rowsOf } from './keys.ts';
import { takenBy } from './taken-keys.ts';

/** Something to know about the keys; with an error they cannot be used. */
export interface KeyFinding {
	readonly level: 'error' | 'warning';
	/** Null: no file is to blame. */
	readonly at: Origin | null;
	readonly message: string;
}

export function keyErrors(keymap: Keymap): readonly KeyFinding[] {
	const { leader, leaderFrom } = keymap;
	const why = whyNotSent(leader);
	const unsent = why === null ? [] : [error(leaderFrom, `leader: ${why}`)];
	return [...unsent, ...contexts.flatMap((context) => ambiguous(keymap, context))];
}

export function keyWarnings(keymap: Keymap): readonly KeyFinding[] {
	const { leader, leaderFrom, directChords } = keymap;
	const taken = takenBy(leader);
	const chords = directChords ? rowsOf(keymap, 'type').flatMap(({ keys }) => keys) : [];
	const bound = inForce(keymap);
	return [
		...(taken === null ? [] : [warning(leaderFrom, `leader ${leader}: ${taken}`)]),
		...chords.flatMap((key) => {
			const by = takenBy(key);
			const at = bound.find((one) => one.context === 'type' && one.key === key)?.from;
			return by === null ? [] : [warning(at ?? null, `${key} while typing: ${by}`)];
		}),
		...bound
			.filter(({ from }) => from !== null)
			.flatMap((one) => [...unsent(one), ...shadows(keymap, one)]),
	];
}

/** Where a key of a context comes from: the file that bound it, or null for weir itself. */
export function originOf(
	keymap: Keymap,
	context: KeyContext,
	key: string,
): Origin | null {
	return (
		inForce(keymap).find((one) => one.context === context && one.key === key)?.from ??
		null
	);
}

/** A place as people and editors read it. */
export function placeText({ file, line, column }: Origin): string {
	return `${file}:${line}:${column}`;
}

// The record of contexts is what their type is made of.
const contexts = Object.keys(keyContexts) as KeyContext[];

/** A key that is bound and begins a longer binding would have to guess. */
function ambiguous(keymap: Keymap, context: KeyContext): KeyFinding[] {
	const all = rowsOf(keymap, context).flatMap(({ keys }) => keys);
	return all.flatMap((key) =>
		all
			.filter((longer) => longer.startsWith(`${key} `))
			.map((longer) => {
				const at = originOf(keymap, context, longer) ?? originOf(keymap, context, key);
				const meant = rowOf(keymap, context, key)?.action ?? '';
				return error(
					at,
					`${longer} in ${context} begins with ${key}, which is ${meant}; bind ${key} to null first`,
				);
			}),
	);
}

/** The bindings that count: of two for one key the later one. */
function inForce({ bindings }: Keymap): readonly Binding[] {
	return bindings.filter((one, at) => overriding(bindings, one, at) === undefined);
}

function overriding(bindings: readonly Binding[], one: Binding, at: number) {
	return bindings
		.slice(at + 1)
		.find(({ context, key }) => context === one.context && key === one.key);
}

function unsent({ key, from, action }: Binding): KeyFinding[] {
	if (action === null) return [];
	return key.split(' ').flatMap((one) => {
		const why = whyNotSent(one);
		return why === null ? [] : [warning(from, why)];
	});
}

/** What a binding takes away without saying so. */
function shadows(keymap: Keymap, one: Binding): KeyFinding[] {
	const { context, key, action, from } = one;
	const found: KeyFinding[] = [];
	const other = keymap.bindings.find(
		(before) =>
			before !== one &&
			before.from !== null &&
			before.context === context &&
			before.key === key &&
			before.action !== action,
	);
	if (other?.from)
		found.push(
			warning(
				from,
				`${key} in ${context} shadows ${other.action ?? 'null'} of ${placeText(other.from)}`,
			),
		);
	const meant = rowOf({ ...keymap, bindings: [] }, context, key)?.action;
	if (action !== null && meant !== undefined && meant !== action)
		if (keysOf(keymap, context, meant).length === 0)
			found.push(
				warning(from, `${key} in ${context} was ${meant}, which has no key any more`),
			);
	if (key.split(' ')[0] === keymap.leader && (context === 'type' || context === 'nav'))
		found.push(
			warning(from, `${key} in ${context} is shadowed by the leader while typing`),
		);
	return found;
}

function error(at: Origin | null, message: string): KeyFinding {
	return { level: 'error', at, message };
}

function warning(at: Origin | null, message: string): KeyFinding {
	return { level: 'warning', at, message };
}
