// The files that a task may write. Paths are relative to the worktree, parted by slashes; a rename is
// a path that goes and one that comes. Nothing here looks at a disk: links are the caller's.
import type { Machine } from './machine.ts';
import {
	judge,
	listOf,
	type PatternList,
	reservedMachine,
	type Verdict,
} from './pattern-list.ts';

export type Scope =
	| {
			readonly kind: 'list';
			readonly list: PatternList;
			/** Nobody wrote the patterns. */
			readonly implied: boolean;
	  }
	| {
			readonly kind: 'union' | 'difference';
			readonly one: Scope;
			readonly other: Scope;
	  };

interface Options {
	/** As the file system of the worktree does. */
	readonly ignoreCase?: boolean | undefined;
}

const wholeWorktree = ['/**'];

export function compileScope(
	patterns: readonly string[],
	{ ignoreCase = false }: Options = {},
): Scope {
	return { kind: 'list', list: listOf(patterns, ignoreCase), implied: false };
}

/** By the list that its patterns are, and the case: the automata of a scope cost more than a verdict. */
const ready = new WeakMap<readonly string[], Partial<Record<'any' | 'exact', Scope>>>();

/** Of an agent: without patterns it may write all but what must be named. */
export function scopeOf(
	patterns: readonly string[],
	{ ignoreCase = false }: Options = {},
): Scope {
	const known = ready.get(patterns) ?? {};
	ready.set(patterns, known);
	const key = ignoreCase ? 'any' : 'exact';
	known[key] ??= makeScope(patterns, ignoreCase);
	return known[key];
}

function makeScope(patterns: readonly string[], ignoreCase: boolean): Scope {
	if (patterns.length > 0) return compileScope(patterns, { ignoreCase });
	return { kind: 'list', list: listOf(wholeWorktree, ignoreCase), implied: true };
}

/** What is in one or the other. */
export function union(one: Scope, other: Scope): Scope {
	return { kind: 'union', one, other };
}

/** What is in the one and not in the other. */
export function subtract(one: Scope, other: Scope): Scope {
	return { kind: 'difference', one, other };
}

/** Of a file, or whatever else is no folder. */
export function covers(scope: Scope, path: string): boolean {
	return verdictOn(scope, path, ({ machine }) => machine)?.covered ?? false;
}

export interface Explanation {
	readonly covered: boolean;
	/** The pattern that decides; null where none does. */
	readonly by: string | null;
	/** It is what no wildcard gives: a pattern must name it. */
	readonly mustBeNamed: boolean;
	/** It is in a folder of git, which no pattern gives. */
	readonly ofGit: boolean;
}

export function explainPath(scope: Scope, path: string): Explanation {
	const verdict = verdictOn(scope, path, ({ tellAll }) => tellAll());
	if (!verdict) return { covered: false, by: null, mustBeNamed: false, ofGit: false };
	const by = verdict.by === null || isImplied(scope) ? null : verdict.by.text;
	return { ...verdict, by };
}

/** Null where it is no path of a file in the worktree. */
function verdictOn(
	scope: Scope,
	path: string,
	machineOf: (list: PatternList) => Machine,
): Verdict | null {
	const text = path.normalize('NFC');
	if (!isPath(text)) return null;
	const matching = (machine: Machine) => machine.matching(machine.run(text));
	let reserved: readonly number[] | undefined;
	return judgeBy(
		scope,
		(list) => matching(machineOf(list)),
		() => {
			reserved ??= matching(reservedMachine());
			return reserved;
		},
	);
}

/** No name in it is empty, a dot, or two. */
export function isPath(text: string): boolean {
	return !/(?:^|\/)\.{0,2}(?:\/|$)/.test(text);
}

/** What the lists of a scope say together of one path. */
export function judgeBy(
	scope: Scope,
	matching: (list: PatternList) => readonly number[],
	reserved: () => readonly number[],
): Verdict {
	if (scope.kind === 'list') return judge(scope.list, matching(scope.list), reserved);
	const one = judgeBy(scope.one, matching, reserved);
	if (scope.kind === 'union')
		return one.covered ? one : judgeBy(scope.other, matching, reserved);
	if (!one.covered) return one;
	const other = judgeBy(scope.other, matching, reserved);
	return other.covered ? { ...other, covered: false } : one;
}

export function listsOf(scope: Scope): PatternList[] {
	return scope.kind === 'list'
		? [scope.list]
		: [...listsOf(scope.one), ...listsOf(scope.other)];
}

function isImplied(scope: Scope): boolean {
	return scope.kind === 'list' && scope.implied;
}
