// Looks at a worktree for what of its scope is there. Links are not followed: where they lead is never in
// the scope by them.
import type { Dirent } from 'node:fs';
import { lstat, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { PartFolder, Survey } from './rulings.ts';

/** What a survey asks of a scope; paths are relative to the worktree. */
export interface ScopeView {
	coverage(folder: string): 'all' | 'some' | 'none';
	covers(path: string): boolean;
	/** Whether a file that lies in the folder itself may be in it. */
	direct(folder: string): boolean;
	/** Folders that its patterns name before the first wildcard. */
	readonly named: readonly string[];
}

/** A scope that is spread over more folders is held by folders that hold many. */
const mostFolders = 2000;

/** Names that no sandbox shuts in a folder that is open: git's own, which has places of its own. */
const ofGit = '.git';

/** What is built or fetched: thousands of folders in which no scope is meant by a name alone. */
const made = new Set(['node_modules', 'target', '.venv', 'venv', '__pycache__']);

export async function surveyScope(root: string, view: ScopeView): Promise<Survey> {
	const whole = view.coverage('');
	if (whole !== 'some') return whole;
	for (const folder of view.named) await makeFolder(root, folder);
	const top = unreadAt('', view);
	// Those above first: of what is not looked at there is to be as little as can be.
	const waiting = [top];
	let looked = 0;
	for (const folder of waiting) {
		if (looked === mostFolders) break;
		looked += 1;
		await look(root, folder, view);
		waiting.push(...folder.parts);
	}
	return top;
}

/** What a pattern names and is not there is made: only what is there can be made writable. It stays. */
async function makeFolder(root: string, folder: string): Promise<void> {
	let path = root;
	for (const part of folder.split('/')) {
		path = join(path, part);
		const there = await lstat(path).catch(() => null);
		if (there && !there.isDirectory()) return;
		if (!there) await mkdir(path);
	}
}

interface Looked extends PartFolder {
	covered: number;
	uncovered: string[];
	all: string[];
	none: string[];
	parts: Looked[];
	unread: boolean;
}

function unreadAt(path: string, view: ScopeView): Looked {
	const direct = view.direct(path);
	const empty = { covered: 0, uncovered: [], all: [], none: [], parts: [] };
	return { path, direct, ...empty, unread: true };
}

async function look(root: string, folder: Looked, view: ScopeView): Promise<void> {
	folder.unread = false;
	for (const entry of await entriesOf(join(root, folder.path))) {
		if (entry.name === ofGit) continue;
		const at = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`;
		if (!entry.isDirectory()) {
			if (view.covers(at)) folder.covered += 1;
			else folder.uncovered.push(at);
			continue;
		}
		const coverage = view.coverage(at);
		if (coverage === 'all') folder.all.push(at);
		else if (coverage === 'none' || made.has(entry.name)) folder.none.push(at);
		else folder.parts.push(unreadAt(at, view));
	}
}

/** One that is gone by now holds nothing. */
async function entriesOf(folder: string): Promise<Dirent[]> {
	const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
	return entries.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
