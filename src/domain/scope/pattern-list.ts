// A list of patterns: the last that matches a path or a folder above it decides, as in git but for
// what git cannot do, taking something out of a folder that is matched as a whole.
import { expressionOf } from './expression.ts';
import { Machine, type Prune } from './machine.ts';
import { entryExpressions, firstOfGit, isEverywhere, namedBy } from './must-be-named.ts';
import { type Net, netOf } from './net.ts';
import { type Outline, outlineOf } from './outline.ts';
import { type Pattern, parsePattern } from './pattern.ts';

export interface PatternList {
	readonly patterns: readonly Pattern[];
	/** For each pattern: which of what must be named it names. */
	readonly names: readonly ReadonlySet<number>[];
	/** Of each pattern that gives. */
	readonly outlines: readonly Outline[];
	/** It forgets what makes no difference to what is covered. */
	readonly machine: Machine;
	/** It tells all patterns that match. */
	readonly tellAll: () => Machine;
}

export interface Verdict {
	readonly covered: boolean;
	/** Which pattern decided; null where none matches, or none may. */
	readonly by: Pattern | null;
	/** It would be covered, but must be named. */
	readonly mustBeNamed: boolean;
	/** It is in a folder of git, which no pattern gives. */
	readonly ofGit: boolean;
}

export function listOf(texts: readonly string[], ignoreCase: boolean): PatternList {
	const patterns = texts.flatMap(readOrClose);
	const names = patterns.map(namedBy);
	const net = netOf(patterns.map((pattern) => expressionOf(pattern, ignoreCase)));
	let whole: Machine | undefined;
	return {
		patterns,
		names,
		outlines: patterns.flatMap((pattern) =>
			pattern.negative ? [] : [outlineOf(pattern)],
		),
		machine: new Machine(net, pruning(patterns, names)),
		tellAll: () => {
			whole ??= new Machine(net);
			return whole;
		},
	};
}

/** They are refused at the door; what comes here all the same never makes a scope wider. */
function readOrClose(text: string): Pattern[] {
	const read = parsePattern(text);
	if (read.ok) return [read.value];
	if (!text.startsWith('!')) return [];
	return [{ text, negative: true, folderOnly: false, segments: [{ kind: 'folders' }] }];
}

let reserved: Machine | undefined;

/** Tells of a path which of what must be named it is, by the numbers of the table. */
export function reservedMachine(): Machine {
	reserved ??= new Machine(netOf(entryExpressions()), withinEntries);
	return reserved;
}

/** Below one that counts in every folder, no other such counts, but for git's own. */
function withinEntries(nodes: readonly number[], { nodes: all }: Net): readonly number[] {
	const ownerOf = (at: number) => all[at]?.owner ?? -1;
	const finals = nodes.filter((at) => all[at]?.final);
	const git = finals.find((at) => ownerOf(at) >= firstOfGit);
	if (git !== undefined) return [git];
	const done = new Set(finals.map(ownerOf));
	const inside = [...done].some(isEverywhere);
	return nodes.filter((at) => {
		const owner = ownerOf(at);
		if (all[at]?.final) return true;
		return !done.has(owner) && (owner >= firstOfGit || !inside || !isEverywhere(owner));
	});
}

/** `matching` is of the list's machine, `reserved` of the other, for one path. */
export function judge(
	{ patterns, names }: PatternList,
	matching: readonly number[],
	reserved: () => readonly number[],
): Verdict {
	const last = patterns[matching.at(-1) ?? -1] ?? null;
	const verdict = { covered: false, by: last, mustBeNamed: false, ofGit: false };
	const entries = reserved();
	if (entries.some((entry) => entry >= firstOfGit))
		return { ...verdict, by: null, ofGit: true };
	if (!last || last.negative) return verdict;
	let by = last;
	for (const entry of entries) {
		const at = matching.findLast(
			(each) => patterns[each]?.negative || names[each]?.has(entry),
		);
		const named = patterns[at ?? -1];
		if (!named || named.negative)
			return { ...verdict, by: named ?? null, mustBeNamed: true };
		by = named;
	}
	return { ...verdict, covered: true, by };
}

/** Leaves out what a later pattern decides for good, so that few states are left. */
function pruning(
	patterns: readonly Pattern[],
	names: readonly ReadonlySet<number>[],
): Prune {
	const naming = names.some(({ size }) => size > 0);
	return (nodes, net) => {
		const kept: number[] = [];
		let covering = false;
		let done = -1;
		let decided = false;
		// The latest pattern first; of one, the node that matches whatever follows is its last.
		for (const at of nodes.toReversed()) {
			const node = net.nodes[at];
			if (!node || node.owner === done) continue;
			const pattern = patterns[node.owner];
			const negative = pattern?.negative === true;
			if (decided && !negative && names[node.owner]?.size === 0) continue;
			kept.push(at);
			covering ||= !negative;
			if (!node.final) continue;
			done = node.owner;
			if (negative || !naming) break;
			decided = true;
		}
		return covering ? kept.toReversed() : [];
	};
}
