// What weir knows of the refs that it alone moves, so that a move by somebody else is told from its own.
import type { FollowRefs, GitPlace } from './git.ts';
import { listRefs } from './refs.ts';

export interface ForeignMove {
	readonly ref: string;
	readonly old: string | null;
	readonly new: string | null;
}

/** Refs of weir's own, of no branch. */
const own = 'refs/weir/';

export class RefLedger {
	/** Null until the refs were read for the first time. */
	#known: Map<string, string> | null = null;
	/** Whether these were moved is not known. */
	readonly #unsure = new Set<string>();
	/** Moves by others that a change of weir's found, and that no look would find after it. */
	#found: ForeignMove[] = [];
	/** Changes of weir's that are under way, and how many there have been. */
	#open = 0;
	#count = 0;

	/**
	 * Carries out a change of weir's; what it moves is no foreign move. That it found the ref elsewhere
	 * than it was known to be is one. A removal from nowhere demands nothing, and tells nothing.
	 */
	readonly follow: FollowRefs = async (changes, carryOut) => {
		this.#open += 1;
		this.#count += 1;
		// Where it throws it may have been done: what is there then is taken as it is.
		let done: boolean | null = null;
		try {
			const outcome = await carryOut();
			done = outcome.ok;
			return outcome;
		} finally {
			this.#open -= 1;
			this.#count += 1;
			for (const { ref, from, to } of done === false ? [] : changes) {
				if (done && (from !== null || to !== null)) this.#find(ref, from);
				this.#note(ref, done ? to : undefined);
			}
		}
	};

	/** Where a ref below `refs/weir` stands by all that is known, null for nowhere; undefined where that is not sure. */
	targetOf(ref: string): string | null | undefined {
		if (!this.#known || this.busy || this.#unsure.has(ref)) return undefined;
		return this.#known.get(ref) ?? null;
	}

	/** Whether weir itself changes refs at this moment: a look would tell nothing. */
	get busy(): boolean {
		return this.#open > 0;
	}

	/**
	 * Reads all refs below `refs/weir`, and the branches that are named; answers what others moved since
	 * the last look, and takes it for known. Null where weir changed refs meanwhile: look again. The first
	 * look compares with what is `expected` alone.
	 */
	async look(
		place: GitPlace,
		branches: readonly string[],
		expected: ReadonlyMap<string, string> = new Map(),
	): Promise<ForeignMove[] | null> {
		const before = this.#count;
		if (this.busy) return null;
		const names = branches.map((branch) => `refs/heads/${branch}`);
		const refs = await listRefs(place, [own, ...names]);
		if (this.busy || this.#count !== before) return null;
		const now = new Map(refs.map(({ ref, target }) => [ref, target]));
		const known = this.#known ?? expected;
		const first = this.#known === null;
		// A branch of an agent that is only being made is looked at soon.
		const aside = [...known].filter(
			([ref]) => !ref.startsWith(own) && !names.includes(ref),
		);
		this.#known = new Map([...(first ? [] : aside), ...now]);
		const unsure = new Set(this.#unsure);
		this.#unsure.clear();
		const found = this.#found;
		this.#found = [];
		const watched = (ref: string) => ref.startsWith(own) || names.includes(ref);
		const moved = [...new Set([...known.keys(), ...now.keys()])]
			.filter(watched)
			.filter((ref) => known.get(ref) !== now.get(ref) && !unsure.has(ref))
			.filter((ref) =>
				// What a state of long ago has may be gone for good reasons.
				first ? known.has(ref) && now.has(ref) : known.has(ref) || ref.startsWith(own),
			)
			.map((ref) => ({ ref, old: known.get(ref) ?? null, new: now.get(ref) ?? null }));
		return [...found.filter(({ ref }) => watched(ref)), ...moved];
	}

	/** What weir has just changed stood at `from`. */
	#find(ref: string, from: string | null): void {
		const old = this.#known?.get(ref);
		if (old !== undefined && old !== from && !this.#unsure.has(ref))
			this.#found.push({ ref, old, new: from });
	}

	#note(ref: string, to: string | null | undefined): void {
		this.#unsure.delete(ref);
		if (to === undefined) this.#unsure.add(ref);
		else if (to === null) this.#known?.delete(ref);
		else this.#known?.set(ref, to);
	}
}
