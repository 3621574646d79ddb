// Several expressions as one nondeterministic automaton over characters.
import { type CharacterSet, every } from './characters.ts';
import { type Expression, type Step, slashes } from './expression.ts';

export interface Node {
	/** Of `sets`; null for one that is only passed through, or only matches. */
	readonly set: number | null;
	readonly to: number;
	/** Which expression it is of; -1 where several share it. */
	readonly owner: number;
	/** A path that ends here is matched. */
	readonly matches: boolean;
	/** Whatever follows is matched, too. */
	readonly final: boolean;
}

export interface Net {
	readonly sets: readonly CharacterSet[];
	readonly nodes: readonly Node[];
	readonly starts: readonly number[];
	/** For each node: what counts of all that is reached from it without a character. */
	readonly reached: readonly (readonly number[])[];
}

interface Options {
	/** Expressions that begin alike are one as far as they do: for long lists, of which all is asked. */
	readonly sharing?: boolean;
}

export function netOf(
	expressions: readonly Expression[],
	{ sharing = false }: Options = {},
): Net {
	const builder = new Builder();
	const root = sharing ? builder.passing(-1) : null;
	const starts = root === null ? [] : [root];
	for (const [owner, expression] of expressions.entries()) {
		const start = root ?? builder.passing(owner);
		if (root === null) starts.push(start);
		builder.add(expression, owner, start, sharing ? -1 : owner);
	}
	return builder.build(starts);
}

class Builder {
	readonly #sets: CharacterSet[] = [];
	readonly #ids = new Map<string, number>();
	readonly #nodes: Node[] = [];
	readonly #skips: number[][] = [];
	/** Where a step leads from a node on. */
	readonly #after = new Map<string, number>();

	passing(owner: number): number {
		return this.#add({ set: null, to: 0, owner, matches: false, final: false });
	}

	add({ steps, ends }: Expression, owner: number, start: number, shared: number): void {
		let at = start;
		for (const step of steps) at = this.#follow(at, step, shared);
		if (ends === 'itself')
			return this.#skip(at, { set: null, to: 0, owner, matches: true, final: false });
		// The last node of an expression is the one that matches whatever follows.
		const final = this.#nodes.length + (ends === 'anything' ? 0 : 1);
		const set = this.#idOf(slashes);
		if (ends !== 'anything')
			this.#skip(at, { set, to: final, owner, matches: ends === 'path', final: false });
		const rest = { set: this.#idOf(every), to: final, owner, matches: true, final: true };
		if (ends === 'anything') this.#skip(at, rest);
		else this.#add(rest);
	}

	build(starts: readonly number[]): Net {
		const reached = this.#nodes.map((_, from) => {
			const found = new Set([from]);
			for (const at of found) for (const next of this.#skips[at] ?? []) found.add(next);
			return [...found].filter((at) => {
				const node = this.#nodes[at];
				return node && (node.set !== null || node.matches);
			});
		});
		return { sets: this.#sets, nodes: this.#nodes, starts, reached };
	}

	#follow(from: number, step: Step, owner: number): number {
		const key = `${from} ${step.kind} ${'set' in step ? this.#idOf(step.set) : ''}`;
		const known = this.#after.get(key);
		if (known !== undefined) return known;
		const to = this.passing(owner);
		this.#after.set(key, to);
		const by = (set: CharacterSet, at: number, leads: number) =>
			this.#skip(at, {
				...{ set: this.#idOf(set), to: leads, owner },
				...{ matches: false, final: false },
			});
		if (step.kind === 'one') by(step.set, from, to);
		else if (step.kind === 'slash') by(slashes, from, to);
		else if (step.kind === 'many') {
			by(step.set, to, to);
			this.#skips[from]?.push(to);
		} else {
			const within = this.passing(owner);
			by(every, within, within);
			by(slashes, within, to);
			this.#skips[from]?.push(to, within);
		}
		return to;
	}

	#skip(from: number, node: Node): void {
		this.#skips[from]?.push(this.#add(node));
	}

	#add(node: Node): number {
		this.#skips.push([]);
		return this.#nodes.push(node) - 1;
	}

	#idOf(set: CharacterSet): number {
		const key = set.join(';');
		const id = this.#ids.get(key) ?? this.#sets.push(set) - 1;
		this.#ids.set(key, id);
		return id;
	}
}
