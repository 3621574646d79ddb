// Whether two scopes have a path in common: proved on the product of their automata, never by trying
// paths.
import { isLost } from './coverage.ts';
import { lost } from './machine.ts';
import { areApart, type Outline } from './outline.ts';
import { type PatternList, reservedMachine } from './pattern-list.ts';
import { covers, judgeBy, listsOf, type Scope, subtract } from './scope.ts';
import { type Step, type Visit, walk } from './walk.ts';

export type Overlap =
	| { readonly disjoint: true }
	| {
			readonly disjoint: false;
			/** A path that both cover; null where there was too much to look at for a proof. */
			readonly witness: string | null;
	  };

export function disjoint(one: Scope, other: Scope): Overlap {
	const others = outlinesOf(other);
	const apart = outlinesOf(one).every((each) =>
		others.every((against) => areApart(each, against)),
	);
	if (apart) return { disjoint: true };
	const told = withoutEntries(one, other) ?? withEntries(one, other);
	return told.disjoint || told.witness === null
		? told
		: { disjoint: false, witness: readable(told.witness, one, other) };
}

/** Whether all that the other covers is covered: false as well where there was too much to look at. */
export function coversAll(scope: Scope, other: Scope): boolean {
	return disjoint(subtract(other, scope), other).disjoint;
}

/** The shortest path has `*` match nothing; a name before a dot reads better. */
function readable(path: string, one: Scope, other: Scope): string {
	const named = path.replaceAll(/(?<=^|\/)\./g, 'a.');
	return covers(one, named) && covers(other, named) ? named : path;
}

function outlinesOf(scope: Scope): readonly Outline[] {
	if (scope.kind === 'list') return scope.list.outlines;
	return scope.kind === 'difference'
		? outlinesOf(scope.one)
		: [...outlinesOf(scope.one), ...outlinesOf(scope.other)];
}

/** What must be named only makes scopes smaller, so that what is disjoint without it is disjoint. */
function withoutEntries(one: Scope, other: Scope): Overlap | null {
	if (one.kind !== 'list' || other.kind !== 'list') return null;
	const { machine: first } = one.list;
	const { machine: second } = other.list;
	let witness: string | null = null;
	const ended = walk(
		[first, second],
		[first.start, second.start],
		({ states: [left = lost, right = lost], ends, text }) => {
			if (!ends || !gives(one.list, left) || !gives(other.list, right)) return 'go on';
			witness = text();
			return 'stop';
		},
		{ needed: [0, 1] },
	);
	if (witness === null) return ended ? { disjoint: true } : null;
	return covers(one, witness) && covers(other, witness)
		? { disjoint: false, witness }
		: null;
}

function gives({ machine, patterns }: PatternList, state: number): boolean {
	const last = patterns[machine.matching(state).at(-1) ?? -1];
	return last?.negative === false;
}

function withEntries(one: Scope, other: Scope): Overlap {
	const lists = [...new Set([...listsOf(one), ...listsOf(other)])];
	const indexes = new Map(lists.map((list, at) => [list, at + 1]));
	const entries = reservedMachine();
	const machines = [entries, ...lists.map(({ machine }) => machine)];
	let witness: string | null = null;
	let unsure = false;
	const visit = ({ states, begins, ends, text }: Visit): Step => {
		const stateOf = (list: PatternList) => states[indexes.get(list) ?? 0] ?? lost;
		if (isLost(one, stateOf) || isLost(other, stateOf)) return 'leave';
		// What is below an entry stays below it.
		const below = begins ? entries.matching(states[0] ?? lost) : [];
		if (![one, other].every((each) => mayName(each, below))) return 'leave';
		if (!ends) return 'go on';
		const matching = (list: PatternList) => list.machine.matching(stateOf(list));
		const reserved = () => entries.matching(states[0] ?? lost);
		const both = [one, other].every((each) => judgeBy(each, matching, reserved).covered);
		if (!both) return 'go on';
		const found = text();
		// Composed as paths are compared, it may be another text.
		if (covers(one, found) && covers(other, found)) witness = found;
		else unsure = true;
		return witness === null ? 'go on' : 'stop';
	};
	const ended = walk(
		machines,
		machines.map(({ start }) => start),
		visit,
		{ needed: [one, other].flatMap((each) => neededOf(each, indexes)) },
	);
	return ended && !unsure && witness === null
		? { disjoint: true }
		: { disjoint: false, witness };
}

/** Lists without which nothing of the scope is covered. */
function neededOf(scope: Scope, indexes: ReadonlyMap<PatternList, number>): number[] {
	if (scope.kind === 'list') return [indexes.get(scope.list) ?? 0];
	return scope.kind === 'difference' ? neededOf(scope.one, indexes) : [];
}

/** Whether something of the scope names each of these entries. */
function mayName(scope: Scope, entries: readonly number[]): boolean {
	if (scope.kind === 'list')
		return entries.every((entry) => scope.list.names.some((names) => names.has(entry)));
	return (
		mayName(scope.one, entries) ||
		(scope.kind === 'union' && mayName(scope.other, entries))
	);
}
