// What a program finds on the disk, place by place: a later one stands over an earlier one. Pure; whoever
// asks has looked what is there.
import { dirname } from 'node:path';
import type { Ruling } from './rulings.ts';

/** `empty` is a folder with nothing in it that takes nothing, `hidden` a file or a socket that is nothing. */
export interface Place {
	readonly kind: 'writable' | 'read-only' | 'empty' | 'hidden';
	readonly path: string;
	/** What is found there, where it is something else. */
	readonly from?: string;
}

export interface SandboxAsk {
	/** Absolute, as are all paths but those of `rulings`. */
	readonly worktree: string;
	readonly rulings: readonly Ruling[];
	/** The agent's git directory, and what of it decides what git runs and whom it believes. */
	readonly gitDir: string;
	readonly gitFixed: readonly string[];
	/** Folders of the system for what is passing, and what stands for each. */
	readonly passing: readonly { readonly path: string; readonly own: string }[];
	/** Folders of which nothing is to be found. */
	readonly emptied: readonly string[];
	/** What is found all the same, read-only, though it lies in one of these or in what is passing. */
	readonly shown: readonly string[];
	readonly hidden: readonly string[];
	/** What may be written outside of the worktree. */
	readonly open: readonly string[];
	/** What in that may not: it decides what programs outside of the sandbox run. */
	readonly fixed: readonly string[];
}

/** Everything that is not named is read-only. */
export function planPlaces(ask: SandboxAsk): Place[] {
	const { worktree, gitDir, passing, emptied } = ask;
	const shown = byDepth([...ask.shown, dirname(worktree)]);
	const places: Place[] = [];
	const show = (under: readonly string[]) => {
		const wanted = shown.filter((path) => under.some((above) => isBelow(path, above)));
		places.push(...wanted.map((path) => ({ kind: 'read-only', path }) as const));
	};
	for (const { path, own } of passing) places.push({ kind: 'writable', path, from: own });
	show(passing.map(({ path }) => path));
	for (const path of byDepth(emptied))
		if (!isCleared(places, path)) places.push({ kind: 'empty', path });
	show(emptied);
	for (const path of ask.hidden)
		if (!isCleared(places, path)) places.push({ kind: 'hidden', path });
	for (const path of byDepth(ask.open)) places.push({ kind: 'writable', path });
	for (const path of ask.fixed)
		if (ask.open.some((folder) => isBelow(path, folder)))
			places.push({ kind: 'read-only', path });
	// Mounts of their own: the one can be opened later where the program stands in it, and the pointer to
	// its git directory stays shut then.
	if (ask.rulings[0]?.path !== '') places.push({ kind: 'read-only', path: worktree });
	for (const { path, writable } of ask.rulings)
		places.push({
			kind: writable ? 'writable' : 'read-only',
			path: path === '' ? worktree : `${worktree}/${path}`,
		});
	places.push({ kind: 'read-only', path: `${worktree}/.git` });
	places.push({ kind: 'writable', path: gitDir });
	for (const name of ask.gitFixed)
		places.push({ kind: 'read-only', path: `${gitDir}/${name}` });
	return places;
}

/** Whether nothing of what lies at the path on the disk is found there. */
function isCleared(places: readonly Place[], path: string): boolean {
	const over = places.findLast((place) => isBelow(path, place.path));
	return over !== undefined && (over.kind === 'empty' || over.from !== undefined);
}

/** What lies below another comes after it. */
function byDepth(paths: readonly string[]): string[] {
	return [...new Set(paths)].sort((one, other) => one.length - other.length);
}

export function isBelow(path: string, folder: string): boolean {
	return path !== folder && path.startsWith(folder === '/' ? folder : `${folder}/`);
}
