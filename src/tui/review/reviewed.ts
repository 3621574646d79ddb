// What of a review is looked at: its agent, the files that are listed, the file and the row under the
// cursor.
import { type Agent, hasWorktree } from '../../domain/agent.ts';
import type { Comment } from '../../domain/review/comment.ts';
import { contentsOf } from '../../domain/review/file-side.ts';
import type { Hunk } from '../../domain/review/hunk.ts';
import type { State } from '../../domain/state.ts';
import type { Outcome } from '../../lib/outcome.ts';
import type { HunksJson, ReviewFile, ReviewJson } from '../../protocol/review.ts';
import { focusedAgent, shownAgents, type View } from '../view.ts';
import { type FileRow, fileRows, rowAt } from './file-rows.ts';

/** The one in focus, as long as it has files; else the first that has. */
export function reviewedAgent(state: State, view: View): Agent | null {
	const focused = focusedAgent(state, view);
	if (focused && hasWorktree(focused)) return focused;
	return shownAgents(state).find(hasWorktree) ?? null;
}

/** What was told of it; null while that is of another agent, or was refused. */
export function reviewOf(state: State, view: View): ReviewJson | null {
	const { told } = view.review;
	return told?.agent === reviewedAgent(state, view)?.id && told?.review.ok
		? told.review.value
		: null;
}

/** It was read as it stands. */
export function isViewed({ reviewed }: Agent, file: ReviewFile): boolean {
	return reviewed.viewed[file.path] === contentsOf(file);
}

export interface ListedFiles {
	readonly files: readonly ReviewFile[];
	/** Of the cursor; -1 where there is none. */
	readonly at: number;
}

export function listedFiles(state: State, view: View): ListedFiles {
	const { path, filter } = view.review;
	const all = reviewOf(state, view)?.files ?? [];
	const letters = filter.trim().toLowerCase();
	const files =
		letters === '' ? all : all.filter((one) => one.path.toLowerCase().includes(letters));
	const at = files.findIndex((file) => file.path === path);
	// Of a file that is gone, the one that stands in its place.
	const after = files.findIndex((file) => path !== null && file.path > path);
	const place = at >= 0 ? at : path === null ? 0 : after >= 0 ? after : files.length - 1;
	return { files, at: files.length === 0 ? -1 : Math.max(0, place) };
}

export function fileAimedAt(state: State, view: View): ReviewFile | null {
	const { files, at } = listedFiles(state, view);
	return files[at] ?? null;
}

/** Which contents a file has, in one word. */
export function sidesOf({ old, new: now }: ReviewFile): string {
	const side = (one: ReviewFile['old']) => (one ? `${one.mode} ${one.object}` : '-');
	return `${side(old)} ${side(now)}`;
}

/** What differs in the file under the cursor; of a file that has just changed, what differed before. */
export function hunksAimedAt(state: State, view: View): Outcome<HunksJson> | null {
	const { file } = view.review;
	if (!file || file.path !== fileAimedAt(state, view)?.path) return null;
	return file.hunks;
}

export interface RowsAimedAt {
	readonly rows: readonly FileRow[];
	/** -1 where there is none. */
	readonly at: number;
}

export function rowsAimedAt(state: State, view: View): RowsAimedAt {
	const hunks = hunksAimedAt(state, view);
	const rows = hunks?.ok ? fileRows(hunks.value.hunks, commentsHere(state, view)) : [];
	return { rows, at: rowAt(rows, view.review.spot) };
}

/** Comments on the file under the cursor. */
export function commentsHere(state: State, view: View): readonly Comment[] {
	const comments = reviewedAgent(state, view)?.reviewed.comments ?? [];
	const path = fileAimedAt(state, view)?.path;
	if (here.comments !== comments || here.path !== path)
		here = { comments, path, found: comments.filter((one) => one.path === path) };
	return here.found;
}

/** Those of the last time: what is made of them is made once. */
let here: {
	readonly comments: readonly Comment[];
	readonly path: string | undefined;
	readonly found: readonly Comment[];
} = { comments: [], path: undefined, found: [] };

/** The comment under the cursor, or the last one on the line under it. */
export function commentAimedAt(state: State, view: View): Comment | null {
	const { rows, at } = rowsAimedAt(state, view);
	const row = rows[at];
	if (row?.kind === 'comment') return row.comment;
	let found: Comment | null = null;
	for (const below of rows.slice(at + 1)) {
		if (below.kind !== 'comment') break;
		found = below.comment;
	}
	return row?.kind === 'line' ? found : null;
}

/** The hunk under the cursor, and the contents that it is of. */
export function hunkAimedAt(
	state: State,
	view: View,
): { readonly file: ReviewFile; readonly hunk: Hunk } | null {
	const file = fileAimedAt(state, view);
	const row = rowAimedAt(state, view);
	const hunks = hunksAimedAt(state, view);
	const hunk = hunks?.ok && row ? hunks.value.hunks[row.hunk] : undefined;
	// Of a file that has just changed the hunks are still those of before.
	if (!file || !hunk || view.review.file?.sides !== sidesOf(file)) return null;
	return { file, hunk };
}

export function rowAimedAt(state: State, view: View): FileRow | null {
	const { rows, at } = rowsAimedAt(state, view);
	return rows[at] ?? null;
}
