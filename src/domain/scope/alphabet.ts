// Characters that no set of an automaton tells apart are one letter to it.
import { type CharacterSet, contains } from './characters.ts';

export class Alphabet {
	/** Which sets each letter is in. */
	readonly letters: readonly (readonly boolean[])[];
	/** Where another letter may begin; the first is 0. */
	readonly marks: readonly number[];
	readonly #letterAt: readonly number[];
	readonly #plain = new Uint16Array(128);

	constructor(sets: readonly CharacterSet[]) {
		const marks = new Set([0]);
		for (const [from, to] of sets.flat()) marks.add(from).add(to + 1);
		this.marks = [...marks].sort((one, other) => one - other);
		const letters: boolean[][] = [];
		const ids = new Map<string, number>();
		this.#letterAt = this.marks.map((mark) => {
			const within = sets.map((set) => contains(set, mark));
			const key = within.map(Number).join('');
			const id = ids.get(key) ?? letters.push(within) - 1;
			ids.set(key, id);
			return id;
		});
		this.letters = letters;
		for (let at = 0; at < 128; at += 1) this.#plain[at] = this.#find(at);
	}

	letterOf(character: number): number {
		return this.#plain[character] ?? this.#find(character);
	}

	#find(character: number): number {
		let low = 0;
		let high = this.marks.length;
		while (high - low > 1) {
			const middle = (low + high) >> 1;
			if ((this.marks[middle] ?? 0) <= character) low = middle;
			else high = middle;
		}
		return this.#letterAt[low] ?? 0;
	}
}
