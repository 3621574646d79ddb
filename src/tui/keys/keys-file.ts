// What a file of keys says, checked row by row: what may be bound where, and what stays as it is. By
// hand and not by a schema: nearly all of it depends on the key table, and panes do not wait for zod.
import { noSuch } from '../../lib/nearest-word.ts';
import type { YamlPath } from '../../lib/yaml.ts';
import { mappingOf, type TellFault } from '../../lib/yaml-mapping.ts';
import { type KeyContext, keyContexts } from './key-contexts.ts';
import { isTextKey, readKeys } from './key-notation.ts';
import { isPreset, type PresetName, presetNames } from './key-presets.ts';
import { builtInKeymap, type Keymap } from './keymap.ts';
import { actionNames, type BoundKey, keyLabel, keyTable, rowOf } from './keys.ts';

export interface KeysFile {
	readonly leader: string | null;
	readonly escapeTime: Keymap['escapeTime'] | null;
	readonly directChords: boolean | null;
	readonly preset: PresetName | null;
	readonly bindings: readonly {
		readonly context: KeyContext;
		readonly key: string;
		readonly action: string | null;
		readonly path: YamlPath;
	}[];
}

export interface KeysFault {
	readonly path: YamlPath;
	readonly message: string;
}

/** Whose file it is: a repository's may only bind keys, and none that decides. */
export type KeysOwner = 'user' | 'repository';

/** Reads what is right and tells what is not. */
export function checkKeysFile(value: unknown, owner: KeysOwner) {
	const faults: KeysFault[] = [];
	const fault: TellFault = (path, message) => void faults.push({ path, message });
	const all = mappingOf(value ?? {}, [], 'the keys', fault);
	for (const field of Object.keys(all)) {
		if (!fields.includes(field)) fault([field], noSuch('field', field, fields));
		else if (owner === 'repository' && field !== 'bindings')
			fault([field], `${field} is yours alone: a repository's file only binds keys`);
	}
	const file: KeysFile = {
		leader: leaderOf(all['leader'], fault),
		escapeTime: escapeTimeOf(all['escape_time'], fault),
		directChords: flagOf(all['direct_chords'], fault),
		preset: presetOf(all['preset'], fault),
		bindings: bindingsOf(all['bindings'] ?? {}, owner, fault),
	};
	return { file, faults };
}

const fields = ['leader', 'escape_time', 'direct_chords', 'preset', 'bindings'];

/** The names of contexts in a file; the panes are all of the navigation there is. */
const contextNames: Readonly<Record<string, KeyContext>> = {
	...Object.fromEntries(
		Object.keys(keyContexts).map((name) => [name, name as KeyContext]),
	),
	panes: 'nav',
};

const longestEscapeTime = 5000;

function leaderOf(value: unknown, fault: TellFault): string | null {
	if (value === undefined) return null;
	if (typeof value !== 'string') {
		fault(['leader'], 'leader: expected a key such as ctrl+space; typing needs one');
		return null;
	}
	const read = readKeys(value);
	if (!read.ok) {
		fault(['leader'], `leader: ${read.refusal.message}`);
		return null;
	}
	const key = read.value;
	const why = key.includes(' ') ? 'the leader is one key' : whyProgramNeeds(key);
	if (why === null) return key;
	fault(['leader'], `leader: ${why}`);
	return null;
}

function escapeTimeOf(value: unknown, fault: TellFault): KeysFile['escapeTime'] {
	if (value === undefined || value === 'auto') return value ?? null;
	if (
		typeof value === 'number' &&
		Number.isInteger(value) &&
		value >= 0 &&
		value <= longestEscapeTime
	)
		return value;
	fault(
		['escape_time'],
		`escape_time: expected auto or milliseconds up to ${longestEscapeTime}`,
	);
	return null;
}

function flagOf(value: unknown, fault: TellFault): boolean | null {
	if (value === undefined || typeof value === 'boolean') return value ?? null;
	fault(['direct_chords'], 'direct_chords: expected true or false');
	return null;
}

function presetOf(value: unknown, fault: TellFault): PresetName | null {
	if (value === undefined) return null;
	if (isPreset(value)) return value;
	const why = typeof value === 'string' ? noSuch('preset', value, presetNames) : '';
	fault(['preset'], why || `preset: expected ${presetNames.join(', ')}`);
	return null;
}

function bindingsOf(
	value: unknown,
	owner: KeysOwner,
	fault: TellFault,
): KeysFile['bindings'] {
	const contexts = mappingOf(value, ['bindings'], 'bindings', fault);
	return Object.entries(contexts).flatMap(([name, keys]) => {
		const path = ['bindings', name];
		const context = contextNames[name];
		if (context === undefined) {
			fault(path, noSuch('context', name, Object.keys(contextNames)));
			return [];
		}
		return Object.entries(mappingOf(keys, path, name, fault)).flatMap(
			([written, meant]) => {
				const at = [...path, written];
				const read = readKeys(written);
				const why = read.ok
					? whyNotBound({ context, key: read.value, action: meant }, owner)
					: read.refusal.message;
				if (why !== null) fault(at, why);
				if (!read.ok || why !== null) return [];
				const action = typeof meant === 'string' ? meant : null;
				return [{ context, key: read.value, action, path: at }];
			},
		);
	});
}

interface Wish {
	readonly context: KeyContext;
	readonly key: string;
	readonly action: unknown;
}

const rows: readonly BoundKey[] = keyTable;

function whyNotBound(wish: Wish, owner: KeysOwner): string | null {
	const { context, key, action } = wish;
	if (action !== null && typeof action !== 'string')
		return `${keyLabel(key)}: expected the name of an action, or null for none`;
	if (action?.startsWith('cmd:'))
		return `${keyLabel(key)}: keys run actions of weir, no commands outside of it`;
	if (action !== null && !actionNames.has(action))
		return noSuch('action', action, actionNames);
	return (
		(owner === 'repository' ? whyNotForRepository(wish) : null) ??
		whyFixed(wish) ??
		whyNoKeyThere(context, key) ??
		(action === null ? null : whyNotThere(context, action))
	);
}

/** A card that asks: its `n` closes it. */
function asks(context: KeyContext): boolean {
	return rowOf(builtInKeymap, context, 'n')?.action === 'dialog.close';
}

/** Where no key answers, opens or ends anything that was not asked for on the screen. */
const repositoryContexts: readonly KeyContext[] = ['nav', 'type', 'copy', 'text'];

function whyNotForRepository({ context }: Wish): string | null {
	return repositoryContexts.includes(context)
		? null
		: `the keys of ${context} are yours alone: a repository binds those of ${repositoryContexts.join(', ')}`;
}

/** What always works the same way, in whatever hands the keys are. */
function whyFixed({ context, key, action }: Wish): string | null {
	const first = key.split(' ')[0] ?? '';
	const row = rowOf(builtInKeymap, context, first);
	const fixed =
		first === 'escape' ||
		(context === 'nav' && first === '?') ||
		(asks(context) && (first === 'y' || first === 'n'));
	if (fixed && row && (row.action !== action || first !== key))
		return `${keyLabel(first)} in ${context} stays as it is: ${row.help}`;
	if (asks(context) && (first === 'enter' || first === 'space'))
		return `${keyLabel(first)} never answers a card that asks: it is pressed too easily`;
	return null;
}

function whyNoKeyThere(context: KeyContext, key: string): string | null {
	if (context !== 'type')
		return typesText(context) && isTextKey(key.split(' ')[0] ?? '')
			? `${keyLabel(key)} types a character in ${context}`
			: null;
	if (key.includes(' ')) return 'while typing, weir takes one key and no sequence';
	return whyProgramNeeds(key);
}

/** Where a field takes all that types a character. */
function typesText(context: KeyContext): boolean {
	return [
		'palette',
		'jump',
		'search',
		'filter',
		'files',
		'comment',
		'save-layout',
		'new',
		'compose',
		'edit',
	].includes(context);
}

/** Why a key must reach the program that is typed into; null where weir may take it. */
function whyProgramNeeds(key: string): string | null {
	return /^(?:(?:ctrl|alt|shift|super)\+.|f\d)/.test(key)
		? null
		: `${keyLabel(key)} is for the program in the pane; take one with ctrl or alt, or f1 to f12`;
}

function whyNotThere(context: KeyContext, action: string): string | null {
	const places = rows
		.filter((row) => row.action === action)
		.flatMap(({ contexts }) =>
			contexts.flatMap((one) => (one === 'nav' ? ['nav', 'type'] : [one])),
		);
	return places.includes(context)
		? null
		: `${action} does nothing in ${context}; it can be bound in ${[...new Set(places)].join(', ')}`;
}
