// Writes outside a scope as they are told to clients, and the copies that were kept of them.
import type { Trespass } from '../domain/trespass.ts';

/** What of an agent's worktree stands outside its scope. */
export interface OutsideJson {
	/** The first hundred. */
	readonly paths: readonly Trespass[];
	readonly more: number;
	/** How many of them are in order by this request; absent from an older supervisor. */
	readonly settled?: number;
	/** What could not be copied, or was not put back, and why; of this request. */
	readonly left: readonly { readonly path: string; readonly why: string }[];
	/** Folders with copies, the newest first. */
	readonly kept: readonly {
		readonly folder: string;
		readonly at: string;
		readonly files: number;
		readonly bytes: number;
	}[];
	/** Why writes are looked for now and then and not seen at once; null where they are. */
	readonly unwatched: string | null;
}
