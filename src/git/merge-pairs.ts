// Many merges by one git. Its answers are read as they come: of a hostile pair they have no end.
import { constants, setPriority } from 'node:os';
import { nameText } from '../lib/name-bytes.ts';
import { type GitPlace, git } from './git.ts';

export interface MergedPair {
	/** The merged tree; where it conflicts, with conflict markers in files. */
	readonly tree: string;
	/** The first few conflicted paths, and how many there are: none where it is clean. */
	readonly files: readonly string[];
	readonly conflicts: number;
}

export interface MergedPairs {
	/** For some pair git did not look for renames: what it calls a conflict there may be none. */
	readonly renamesSkipped: boolean;
}

/** So many paths of a pair are named. */
const namedFiles = 20;

/**
 * Merges each pair of commits, without a checkout and without moving anything; `take` is told of each,
 * by its place in the list, as soon as git is through with it. Every commit has to be there.
 */
export async function mergePairs(
	place: GitPlace,
	pairs: readonly (readonly [ours: string, theirs: string])[],
	take: (at: number, merged: MergedPair) => void,
	signal: AbortSignal | undefined,
): Promise<MergedPairs> {
	let renamesSkipped = false;
	let told = 0;
	const reader = new PairReader((merged) => {
		take(told, merged);
		told += 1;
	});
	// Only with messages does git tell of renames that it did not look for.
	const args = [
		'merge-tree',
		'--write-tree',
		'--stdin',
		'-z',
		'--name-only',
		'--messages',
	];
	await git(place, [...args, '--allow-unrelated-histories'], {
		input: pairs.map(([ours, theirs]) => `${ours} ${theirs}\n`).join(''),
		timeoutMs: 300_000,
		onSpawn: giveWay,
		onStdout: (bytes) => reader.read(bytes),
		onStderr: (text) => {
			renamesSkipped ||= /rename detection was skipped/.test(text);
		},
		...(signal ? { signal } : {}),
	});
	if (told !== pairs.length)
		throw new Error(`git merged ${told} of ${pairs.length} pairs`);
	return { renamesSkipped };
}

/** What is only predicted waits for all that was asked for. */
function giveWay(pid: number): void {
	try {
		setPriority(pid, constants.priority.PRIORITY_LOW);
	} catch {
		// It has ended already, which is as good.
	}
}

/**
 * Reads fields that each end with a NUL. A pair is `1` (clean) or `0`, the tree, the conflicted paths,
 * an empty field; its messages, each a number, so many paths, a kind and a text; an empty field.
 */
class PairReader {
	readonly #take: (merged: MergedPair) => void;
	#rest: Buffer = Buffer.alloc(0);
	#part: 'status' | 'tree' | 'files' | 'messages' = 'status';
	/** Fields of the message that is being read. */
	#left = 0;
	#tree = '';
	#files: string[] = [];
	#conflicts = 0;

	constructor(take: (merged: MergedPair) => void) {
		this.#take = take;
	}

	read(bytes: Buffer): void {
		const all = Buffer.concat([this.#rest, bytes]);
		let from = 0;
		for (let to = all.indexOf(0); to >= 0; to = all.indexOf(0, from)) {
			this.#field(nameText(all.subarray(from, to)));
			from = to + 1;
		}
		this.#rest = all.subarray(from);
	}

	#field(text: string): void {
		if (this.#part === 'status') {
			if (text !== '0' && text !== '1') throw new Error(`git merge-tree said ${text}`);
			this.#part = 'tree';
		} else if (this.#part === 'tree') {
			this.#tree = text;
			this.#part = 'files';
		} else if (this.#part === 'files') {
			if (text === '') this.#part = 'messages';
			else {
				this.#conflicts += 1;
				if (this.#files.length < namedFiles) this.#files.push(text);
			}
		} else if (this.#left > 0) this.#left -= 1;
		else if (text !== '') this.#left = Number(text) + 2;
		else this.#end();
	}

	#end(): void {
		this.#take({ tree: this.#tree, files: this.#files, conflicts: this.#conflicts });
		this.#part = 'status';
		this.#files = [];
		this.#conflicts = 0;
	}
}
