// What crosses between the supervisor and the thread that watches.
import type { Reference, Rules } from './verdict.ts';

/** A path on which something was written that is outside. */
export interface OutsidePath {
	readonly path: string;
	readonly how: 'created' | 'changed' | 'deleted';
}

export interface WatchOrder {
	readonly root: string;
	readonly rules: Rules;
	/** Names the commit together with its ignore rules; the thread keeps what it was told of it. */
	readonly commit: string;
	/** Paths that were told before and are not in order yet. */
	readonly told: readonly string[];
	/** Paths that are there with weir's leave though nothing covers them. */
	readonly accepted: readonly string[];
}

export interface WatchingLimits {
	/** How many folders may be watched at most; what the system leaves where it is not said. */
	readonly most?: number;
	/** More writes in a second than this may be more than the system kept for us; 4,000 unless told. */
	readonly burst?: number;
	/** Whether one watch tells of a whole tree; as the system does unless told. */
	readonly whole?: boolean;
	/** How long a save of a file may take. */
	readonly saveMs?: number;
}

export type ToThread =
	| { readonly say: 'know'; readonly commit: string; readonly reference: Reference }
	| ({ readonly say: 'watch'; readonly key: string } & WatchOrder)
	/** By which rules writes are judged from now on. */
	| {
			readonly say: 'judge';
			readonly key: string;
			readonly rules: Rules;
			readonly commit: string;
	  }
	/** weir itself writes: nothing is told until it says that it has done. */
	| { readonly say: 'mute'; readonly key: string; readonly muted: boolean }
	/** All that was written until now is to be read first; answered by `marked`. */
	| { readonly say: 'mark'; readonly key: string; readonly id: number }
	/** Which new files may still be part of a save; answered by `passing`. */
	| { readonly say: 'ask-passing'; readonly key: string; readonly id: number }
	/** All others are in order; those that were written after the mark are told again. */
	| {
			readonly say: 'stand';
			readonly key: string;
			readonly paths: readonly string[];
			readonly mark: number;
	  }
	/** No worktree stands on it any more. */
	| { readonly say: 'drop'; readonly commit: string }
	| { readonly say: 'unwatch'; readonly key: string };

export type FromThread =
	| { readonly say: 'watching'; readonly key: string; readonly folders: number }
	/** It is watched no longer, and why. */
	| { readonly say: 'failed'; readonly key: string; readonly why: string }
	| {
			readonly say: 'outside';
			readonly key: string;
			readonly paths: readonly OutsidePath[];
			/** Others, only counted. */
			readonly more: number;
	  }
	/** The first write, in scope or out of it, since the last mark. */
	| { readonly say: 'touched'; readonly key: string }
	/** What counts as its work was written, after it had been quiet. */
	| { readonly say: 'stirred'; readonly key: string }
	/** Nothing of that was for a while, or it has gone on for long: a look at it is due. */
	| { readonly say: 'quiet'; readonly key: string }
	/** A file with several names was written: another name of it may be outside. */
	| { readonly say: 'doubted'; readonly key: string }
	/** So many writes at once that some may not have been told. */
	| { readonly say: 'burst' }
	| { readonly say: 'marked'; readonly id: number; readonly mark: number }
	/** Not judged yet, or part of a save since the last mark. */
	| { readonly say: 'passing'; readonly id: number; readonly paths: readonly string[] };
