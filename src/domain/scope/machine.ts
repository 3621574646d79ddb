// A net run as a deterministic automaton, whose states are made when they are first reached.
import { Alphabet } from './alphabet.ts';
import type { Net } from './net.ts';

interface Reached {
	readonly nodes: readonly number[];
	/** The expressions that match what was read, ascending. */
	readonly matching: readonly number[];
	/** By letter; -1 where nobody went yet. */
	readonly next: Int32Array;
	/** Letters by which something is left to match; null before somebody asked. */
	live: readonly number[] | null;
}

/** What of a state can be left out: what will never make a difference. */
export type Prune = (nodes: readonly number[], net: Net) => readonly number[];

/** Together: numbers kept. A pattern can be written that has more states than any memory holds. */
const mostKept = 2_000_000;

/** From here no path is matched. */
export const lost = 0;

export class Machine {
	readonly alphabet: Alphabet;
	/** The state before the first character. */
	readonly start: number;
	/** Grows when all states are forgotten: their numbers mean others then. */
	epoch = 0;
	readonly #net: Net;
	readonly #prune: Prune;
	#states: Reached[] = [];
	#ids = new Map<string, number>();
	#kept = 0;

	constructor(net: Net, prune: Prune = (nodes) => nodes) {
		this.#net = net;
		this.#prune = prune;
		this.alphabet = new Alphabet(net.sets);
		this.start = this.#begin();
	}

	/** Where this text leads. The states of before may be forgotten. */
	run(text: string): number {
		// Only here, as nobody holds a state between two paths.
		if (this.#kept > mostKept) this.#begin();
		return this.goOn(this.start, text);
	}

	goOn(from: number, text: string): number {
		let state = from;
		for (let at = 0; at < text.length && state !== lost; at += 1) {
			let character = text.charCodeAt(at);
			if (character >= 0xd800 && character < 0xdc00) {
				character = text.codePointAt(at) ?? character;
				if (character > 0xffff) at += 1;
			}
			state = this.next(state, this.alphabet.letterOf(character));
		}
		return state;
	}

	next(state: number, letter: number): number {
		const from = this.#states[state];
		if (!from) throw new Error(`no state ${state}`);
		const known = from.next[letter] ?? -1;
		if (known >= 0) return known;
		const found = new Set<number>();
		const within = this.#net.sets.length > 0 ? this.alphabet.letters[letter] : undefined;
		for (const at of from.nodes) {
			const node = this.#net.nodes[at];
			if (!node || node.set === null || within?.[node.set] !== true) continue;
			for (const reached of this.#net.reached[node.to] ?? []) found.add(reached);
		}
		const to = this.#stateOf(found);
		from.next[letter] = to;
		return to;
	}

	/** The letters by which a path goes on from here that may yet be matched. */
	live(state: number): readonly number[] {
		const from = this.#states[state];
		if (!from) throw new Error(`no state ${state}`);
		from.live ??= [...from.next.keys()].filter((each) => this.next(state, each) !== lost);
		return from.live;
	}

	/** Of which expressions something is left to match, or matches whatever follows. */
	alive(state: number): readonly number[] {
		const { nodes = [] } = this.#states[state] ?? {};
		return nodes.map((at) => this.#net.nodes[at]?.owner ?? -1);
	}

	/** Whatever follows, the same expressions match: those that do here. */
	isSettled(state: number): boolean {
		const { nodes = [] } = this.#states[state] ?? {};
		return nodes.every((at) => this.#net.nodes[at]?.final);
	}

	matching(state: number): readonly number[] {
		return this.#states[state]?.matching ?? [];
	}

	#begin(): number {
		this.epoch += 1;
		this.#states = [];
		this.#ids = new Map();
		this.#kept = 0;
		this.#stateOf(new Set());
		return this.#stateOf(
			new Set(this.#net.starts.flatMap((at) => this.#net.reached[at] ?? [])),
		);
	}

	#stateOf(found: ReadonlySet<number>): number {
		const all = [...found].sort((one, other) => one - other);
		const nodes = this.#prune(all, this.#net);
		const key = nodes.join();
		const known = this.#ids.get(key);
		if (known !== undefined) return known;
		const matching = new Set<number>();
		for (const at of nodes) {
			const node = this.#net.nodes[at];
			if (node?.matches) matching.add(node.owner);
		}
		const next = new Int32Array(this.alphabet.letters.length).fill(-1);
		const id =
			this.#states.push({ nodes, matching: [...matching], next, live: null }) - 1;
		this.#ids.set(key, id);
		this.#kept += 2 * nodes.length + next.length + 10;
		return id;
	}
}
