// Where a write would arrive, as far as it matters to an agent's scope. Paths are absolute, and of where
// they lead: no link is left in them.

export interface Grounds {
	/** The agent's own. */
	readonly worktree: string;
	/** Not for an agent to write: the user's checkout and home, git's folder, weir's own, other worktrees. */
	readonly others: readonly string[];
	/** Temp folders and what its CLI keeps: no scope speaks of them. */
	readonly free: readonly string[];
}

export type WrittenPlace =
	/** `path` is from the worktree on, `/`-separated. */
	| { readonly kind: 'worktree'; readonly path: string }
	| { readonly kind: 'elsewhere' }
	| { readonly kind: 'free' };

/** The innermost folder that holds it says what it is; what nobody named is elsewhere. */
export function placeOf(path: string, { worktree, others, free }: Grounds): WrittenPlace {
	const own = below(path, worktree);
	const depth = (folders: readonly string[]) =>
		Math.max(
			-1,
			...folders.filter((one) => below(path, one) !== null).map((one) => one.length),
		);
	const around = Math.max(own === null ? -1 : worktree.length, depth(others));
	if (depth(free) > around) return { kind: 'free' };
	if (own === null || around > worktree.length) return { kind: 'elsewhere' };
	return { kind: 'worktree', path: own };
}

/** The way from a folder to a path in it; empty for the folder itself, null where it is not in it. */
function below(path: string, folder: string): string | null {
	if (path === folder) return '';
	const edge = folder.endsWith('/') ? folder : `${folder}/`;
	return path.startsWith(edge) ? path.slice(edge.length) : null;
}
