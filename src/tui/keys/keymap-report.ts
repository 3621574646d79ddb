// What `weir keymap check` tells: which keys differ from the table, who says so, and what is wrong.
import { counted } from '../../lib/counted.ts';
import type { Environment } from '../../lib/environment.ts';
import { type KeyContext, keyContexts } from './key-contexts.ts';
import type { ReadKeys } from './key-files.ts';
import type { Origin } from './keymap.ts';
import { originOf, placeText } from './keymap-check.ts';
import { keyConflicts, rowsOf } from './keys.ts';

export function checkJson({ keymap, findings, files }: ReadKeys) {
	const { leader, leaderFrom, escapeTime, directChords } = keymap;
	const bindings = bindingsInForce({ keymap });
	return {
		v: 1,
		keys: bindings.length,
		conflicts: keyConflicts(),
		files,
		leader: { key: leader, ...placeJson(leaderFrom) },
		escapeTime,
		directChords,
		bindings: bindings.map(({ context, key, action, from }) => {
			return { context, key, action, ...placeJson(from) };
		}),
		findings: findings.map(({ level, at, message }) => {
			return { level, ...placeJson(at), message };
		}),
	};
}

export function checkLines(
	{ keymap, findings, files }: ReadKeys,
	environment: Environment,
): string[] {
	const home = environment['HOME'] ?? '';
	const short = (path: string) =>
		home !== '' && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
	const where = (origin: Origin | null) =>
		origin === null ? '' : short(placeText(origin));
	const all = bindingsInForce({ keymap });
	const bound = keymap.bindings.filter(({ from }) => from !== null);
	const widest = Math.max(0, ...bound.map(({ key }) => key.length));
	const errors = findings.filter(({ level }) => level === 'error').length;
	return [
		files.length === 0
			? 'no file binds keys: they are those of weir itself'
			: `keys of weir and of ${files.map(short).join(', ')}`,
		`leader  ${keymap.leader}  ${where(keymap.leaderFrom)}`.trimEnd(),
		...bound.map(({ context, key, action, from }) =>
			[context, key.padEnd(widest), action ?? 'null', where(from)].join('  '),
		),
		...findings.map(({ level, at, message }) =>
			[level, where(at), message].filter((text) => text !== '').join('  '),
		),
		`${counted(all.length, 'key')} in force: ${counted(errors, 'error')}, ${counted(findings.length - errors, 'warning')}`,
	];
}

function bindingsInForce({ keymap }: Pick<ReadKeys, 'keymap'>) {
	// The record of contexts is what their type is made of.
	return (Object.keys(keyContexts) as KeyContext[]).flatMap((context) =>
		rowsOf(keymap, context).flatMap(({ keys, action }) =>
			keys.map((key) => {
				return { context, key, action, from: originOf(keymap, context, key) };
			}),
		),
	);
}

function placeJson(origin: Origin | null) {
	return {
		file: origin?.file ?? null,
		line: origin?.line ?? null,
		column: origin?.column ?? null,
	};
}
