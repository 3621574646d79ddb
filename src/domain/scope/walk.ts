// All that several machines can read together, path by path: what holds for all of it is proved.
import { dot, slash } from './characters.ts';
import { type JointAlphabet, jointAlphabet } from './joint-alphabet.ts';
import { lost, type Machine } from './machine.ts';

/** How to go on from here: no further, further along this path only where it says so, or on. */
export type Step = 'stop' | 'leave' | 'go on';

export interface Visit {
	/** Of each machine. */
	readonly states: readonly number[];
	/** A name begins here: a slash was the last that was read, or nothing. */
	readonly begins: boolean;
	/** What was read may end here: a path has no empty name, and none that is a dot or two. */
	readonly ends: boolean;
	/** What was read since the walk began. */
	readonly text: () => string;
}

/** More than any scope that a person writes comes to. */
const mostVisits = 20_000;

interface Place {
	readonly states: readonly number[];
	readonly word: number;
	readonly character: number;
	readonly before: Place | null;
}

/** False where it was broken off for there being too much: then nothing is proved. */
export function walk(
	machines: readonly Machine[],
	from: readonly number[],
	visit: (visit: Visit) => Step,
	{ needed = [] }: Options = {},
): boolean {
	const joint = jointAlphabet(machines);
	const everything = [...joint.characters.keys()];
	const seen = new Seen();
	const places: Place[] = [{ states: from, word: 0, character: 0, before: null }];
	seen.add(from, 0);
	for (const place of places) {
		const { states, word } = place;
		const step = visit({
			states,
			begins: word === 0,
			ends: word === inName,
			text: () => textOf(place),
		});
		if (step === 'stop') return true;
		if (step === 'leave') continue;
		const ways =
			needed.length > 0 ? narrowest(machines, needed, states, joint) : everything;
		for (const at of ways) {
			const character = joint.characters[at] ?? 0;
			const nextWord = wordAfter(word, character);
			if (nextWord < 0) continue;
			const next = nextOf(machines, needed, states, joint, at);
			if (next === null || !seen.add(next, nextWord)) continue;
			if (places.length >= mostVisits) return false;
			places.push({ states: next, word: nextWord, character, before: place });
		}
	}
	return true;
}

interface Options {
	/** Machines without which nothing is asked: no path is followed that one of them has lost. */
	readonly needed?: readonly number[];
}

/** By the machine that goes on by the fewest letters; most states of a pattern know one alone. */
function narrowest(
	machines: readonly Machine[],
	needed: readonly number[],
	states: readonly number[],
	{ sharing }: JointAlphabet,
): readonly number[] {
	let fewest: readonly number[] | null = null;
	let owner = 0;
	for (const which of needed) {
		const live = machines[which]?.live(states[which] ?? lost) ?? [];
		if (fewest !== null && live.length >= fewest.length) continue;
		fewest = live;
		owner = which;
	}
	const characters: number[] = [];
	for (const letter of fewest ?? []) characters.push(...(sharing[owner]?.[letter] ?? []));
	return characters;
}

function nextOf(
	machines: readonly Machine[],
	needed: readonly number[],
	states: readonly number[],
	{ letters }: JointAlphabet,
	at: number,
): number[] | null {
	const next: number[] = [];
	for (let which = 0; which < machines.length; which += 1) {
		const to =
			machines[which]?.next(states[which] ?? lost, letters[which]?.[at] ?? 0) ?? lost;
		if (to === lost && needed.includes(which)) return null;
		next.push(to);
	}
	return next;
}

const inName = 3;

/** 0 where a name begins, 1 and 2 behind a dot and two, then 3; -1 where no path goes on so. */
function wordAfter(word: number, character: number): number {
	if (character === slash) return word === inName ? 0 : -1;
	return character === dot && word < inName ? word + 1 : inName;
}

function textOf(place: Place): string {
	let text = '';
	for (let at = place; at.before; at = at.before)
		text = String.fromCodePoint(at.character) + text;
	return text;
}

class Seen {
	readonly #pairs = new Map<number, number>();
	readonly #all = new Set<number>();

	/** Whether it was new. */
	add(states: readonly number[], word: number): boolean {
		let key = word;
		const last = states.length - 1;
		// A number holds two states and the word as they are; of more, a number stands for a pair.
		for (let at = 0; at <= last; at += 1) {
			const state = states[at] ?? lost;
			if (at === 0) key += 4 * state;
			else if (at === last) key = key * 2 ** 24 + state;
			else key = this.#numberOf(key * 2 ** 24 + state);
		}
		const before = this.#all.size;
		return this.#all.add(key).size > before;
	}

	#numberOf(pair: number): number {
		const known = this.#pairs.get(pair) ?? this.#pairs.size;
		this.#pairs.set(pair, known);
		return known;
	}
}
