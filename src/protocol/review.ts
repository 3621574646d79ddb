// What an agent's work changes, file by file, as clients and scripts see it.
import type { Comment, CommentStanding } from '../domain/review/comment.ts';
import type { FileSide } from '../domain/review/file-side.ts';
import type { Hunks } from '../domain/review/hunk.ts';

/** How a file came to differ; `T`: what was a file is a link, or the other way round. */
export type ReviewLetter = 'A' | 'M' | 'D' | 'R' | 'T';

export interface ReviewFile {
	readonly path: string;
	/** What it was called before, where it was renamed. */
	readonly from: string | null;
	readonly letter: ReviewLetter;
	readonly old: FileSide | null;
	readonly new: FileSide | null;
	/** Lines; null of what has none. */
	readonly added: number | null;
	readonly removed: number | null;
	/** Its scope does not cover it. */
	readonly outside: boolean;
	/** It was read as it stands. */
	readonly viewed: boolean;
}

export interface ReviewJson {
	readonly agent: string;
	/** Where its work begins, and what it is to land on. */
	readonly base: { readonly branch: string; readonly commit: string };
	/** All that stands in its worktree, committed or not. */
	readonly tree: string;
	/** The first of them, by path. */
	readonly files: readonly ReviewFile[];
	/** The oldest first. */
	readonly comments: readonly ReviewComment[];
	/** Of all. */
	readonly counts: {
		readonly files: number;
		readonly added: number;
		readonly removed: number;
		readonly outside: number;
	};
}

/** Words about a line, and what became of them. */
export interface ReviewComment extends Omit<Comment, 'message'> {
	readonly standing: CommentStanding;
}

/** What differs between the two sides of a file. */
export type HunksJson = Hunks;
