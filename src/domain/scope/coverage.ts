// What of a folder is in a scope, whatever may be written there: proved on the automaton.
import { lost, type Machine } from './machine.ts';
import { isEverywhere } from './must-be-named.ts';
import { type PatternList, reservedMachine } from './pattern-list.ts';
import { isPath, judgeBy, listsOf, type Scope } from './scope.ts';
import { walk } from './walk.ts';

export type Coverage = 'all' | 'some' | 'none';

/**
 * What of all that may ever be below the folder is covered; '' is the worktree. `all` leaves out of
 * account the few names that no folder gives (.git, .gitattributes, .gitmodules, .lfsconfig): of a
 * single path, `covers` alone tells. Folders that are alike to the patterns are asked of once.
 */
export function folderCoverage(scope: Scope, folder: string): Coverage {
	return askOnce(scope, folder, coverages, coverageFrom) ?? 'none';
}

/** Whether a file that lies in the folder itself, and in none below it, may be covered. */
export function mayHold(scope: Scope, folder: string): boolean {
	return askOnce(scope, folder, holdings, holdingFrom) ?? false;
}

type Answer<T> = (
	scope: Scope,
	lists: readonly PatternList[],
	machines: readonly Machine[],
	from: readonly number[],
) => T;

/** Null where it is no folder of a worktree. */
function askOnce<T>(
	scope: Scope,
	folder: string,
	answers: WeakMap<Scope, Map<string, T>>,
	answer: Answer<T>,
): T | null {
	const path = folder.replace(/\/$/, '').normalize('NFC');
	if (path !== '' && !isPath(path)) return null;
	const inside = path === '' ? '' : `${path}/`;
	const lists = listsOf(scope);
	const machines = [reservedMachine(), ...lists.map(({ machine }) => machine)];
	const from = machines.map((machine) => machine.run(inside));
	const key = `${from.join()};${machines.map(({ epoch }) => epoch).join()}`;
	const known = knownOf(scope, answers);
	const found = known.get(key) ?? answer(scope, lists, machines, from);
	known.set(key, found);
	return found;
}

function holdingFrom(...[scope, lists, machines, from]: Parameters<Answer<boolean>>) {
	const indexes = new Map(lists.map((list, at) => [list, at + 1]));
	let held = false;
	const ended = walk(machines, from, ({ states, ends, text }) => {
		const stateOf = (list: PatternList) => states[indexes.get(list) ?? 0] ?? lost;
		if (text().endsWith('/') || isLost(scope, stateOf)) return 'leave';
		if (!ends) return 'go on';
		const matching = (list: PatternList) => list.machine.matching(stateOf(list));
		const reserved = () => reservedMachine().matching(states[0] ?? lost);
		held = judgeBy(scope, matching, reserved).covered;
		return held ? 'stop' : 'go on';
	});
	return held || !ended;
}

function coverageFrom(
	scope: Scope,
	lists: readonly PatternList[],
	machines: readonly Machine[],
	from: readonly number[],
): Coverage {
	const settled = settledCoverage(scope, from);
	if (settled) return settled;
	const indexes = new Map(lists.map((list, at) => [list, at + 1]));
	let covered = false;
	let outside = false;
	const ended = walk(machines, from, ({ states, ends }) => {
		const stateOf = (list: PatternList) => states[indexes.get(list) ?? 0] ?? lost;
		const reserved = reservedMachine().matching(states[0] ?? lost);
		if (reserved.some(isEverywhere)) return 'go on';
		if (isLost(scope, stateOf)) {
			outside = true;
			return covered ? 'stop' : 'leave';
		}
		if (!ends) return 'go on';
		const matching = (list: PatternList) => list.machine.matching(stateOf(list));
		if (judgeBy(scope, matching, () => reserved).covered) covered = true;
		else outside = true;
		return covered && outside ? 'stop' : 'go on';
	});
	if (!ended) return 'some';
	if (!covered) return 'none';
	return outside ? 'some' : 'all';
}

/** Most folders need no walk: the patterns have decided already, and no entry is further below. */
function settledCoverage(
	scope: Scope,
	[entries = lost, own = lost]: readonly number[],
): Coverage | null {
	if (scope.kind !== 'list') return null;
	const { machine } = scope.list;
	if (own === lost) return 'none';
	const reserved = reservedMachine();
	if (!machine.isSettled(own) || !reserved.alive(entries).every(isEverywhere))
		return null;
	if (reserved.matching(entries).length > 0) return null;
	return judgeBy(
		scope,
		() => machine.matching(own),
		() => [],
	).covered
		? 'all'
		: 'none';
}

/** Nothing that begins so is covered. */
export function isLost(scope: Scope, stateOf: (list: PatternList) => number): boolean {
	if (scope.kind === 'list') return stateOf(scope.list) === lost;
	const one = isLost(scope.one, stateOf);
	if (scope.kind === 'difference') return one;
	return one && isLost(scope.other, stateOf);
}

const mostKnown = 5_000;
const coverages = new WeakMap<Scope, Map<string, Coverage>>();
const holdings = new WeakMap<Scope, Map<string, boolean>>();

function knownOf<T>(scope: Scope, answers: WeakMap<Scope, Map<string, T>>) {
	const known = answers.get(scope);
	if (known && known.size < mostKnown) return known;
	const fresh = new Map<string, T>();
	answers.set(scope, fresh);
	return fresh;
}
