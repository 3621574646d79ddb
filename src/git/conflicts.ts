// What is left of a merge in a worktree where no program writes: conflicts that its index holds, how each
// stands, and one side of it, or what stands there, made its resolution.
import { constants } from 'node:fs';
import { lstat, open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { inFolder } from '../lib/folder-handle.ts';
import { onDisk } from '../lib/name-bytes.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import type { ConflictJson } from '../protocol/by-hand.ts';
import { type GitPlace, git, gitList } from './git.ts';
import { recordFiles } from './uncommitted.ts';
import type { Worktree } from './worktree.ts';

/** Of `ours`, which the worktree was on, and `theirs`, which is merged into it. */
export type ConflictSide = 'ours' | 'theirs' | 'here';

interface Entry {
	readonly mode: string;
	readonly object: string;
}

type Stages = { readonly [S in '1' | '2' | '3']?: Entry };

const mostBytes = 64 * 1024 * 1024;

/** Sorted by path; none is left once each was resolved. */
export async function listConflicts(
	worktree: Worktree,
): Promise<readonly ConflictJson[]> {
	const place = ownPlace(worktree);
	const stages = await stagesOf(place);
	const conflicts: ConflictJson[] = [];
	for (const [path, sides] of stages) {
		const bytes = await readHere(worktree, path);
		const line = bytes && markerLine(bytes);
		conflicts.push({
			...{ path, kind: kindOf(sides), special: specialOf(sides, bytes), line },
			resolved: bytes !== null && line === null && (await showsMarkers(place, sides)),
		});
	}
	return conflicts;
}

/** Makes a side of it what stands there, and the resolution. Refuses with `conflict.unknown`. */
export async function takeSide(
	worktree: Worktree,
	path: string,
	side: ConflictSide,
): Promise<Outcome<void>> {
	const place = ownPlace(worktree);
	const sides = (await stagesOf(place)).get(path);
	if (!sides)
		return refuse(
			'conflict.unknown',
			`${path} is in no conflict`,
			`weir shell ${worktree.agent} -- git status`,
		);
	if (side === 'here') return takeHere(worktree, place, path, sides);
	const entry = sides[side === 'ours' ? '2' : '3'] ?? null;
	await putEntry(place, path, entry);
	if (entry?.mode === submodule) return ok(undefined);
	if (entry) {
		const args = ['checkout-index', '-f', '-u', '-z', '--stdin'];
		await git(place, args, { input: `${path}\0` });
		return ok(undefined);
	}
	await inFolder(worktree.path, dirname(path), (folder) =>
		rm(onDisk(join(folder, basename(path))), { force: true, recursive: true }),
	);
	return ok(undefined);
}

/** The agent's index and objects, by way of weir's own git directory and its configuration. */
export function ownPlace({ gitDir, path, privateDir, repository }: Worktree): GitPlace {
	return {
		gitDir,
		workTree: path,
		index: join(privateDir, 'index'),
		objects: join(privateDir, 'objects'),
		neutral: repository.place.neutral ?? [],
	};
}

const submodule = '160000';
const link = '120000';

async function takeHere(
	worktree: Worktree,
	place: GitPlace,
	path: string,
	sides: Stages,
): Promise<Outcome<void>> {
	if (isSubmodule(sides))
		return refuse(
			'conflict.submodule',
			`${path} is a submodule: its worktree has none of its files`,
			`take one side, or: weir shell ${worktree.agent} -- git update-index --cacheinfo 160000,COMMIT,PATH`,
		);
	await putEntry(place, path, null);
	const { unreadable } = await recordFiles(worktree, place, [{ path, kind: 'added' }]);
	if (unreadable.length === 0) return ok(undefined);
	return refuse('conflict.unreadable', `${path} cannot be read`, 'chmod u+r');
}

/** In the place of all its sides. */
async function putEntry(
	place: GitPlace,
	path: string,
	entry: Entry | null,
): Promise<void> {
	const length = entry?.object.length ?? 40;
	const lines = [`0 ${'0'.repeat(length)} 0\t${path}\0`];
	if (entry) lines.push(`${entry.mode} ${entry.object} 0\t${path}\0`);
	await git(place, ['update-index', '-z', '--index-info'], { input: lines.join('') });
}

async function stagesOf(place: GitPlace): Promise<ReadonlyMap<string, Stages>> {
	const found = new Map<string, Stages>();
	for (const field of await gitList(place, ['ls-files', '--unmerged', '-z'])) {
		const tab = field.indexOf('\t');
		const [mode, object, stage] = field.slice(0, tab).split(' ');
		if (!mode || !object || (stage !== '1' && stage !== '2' && stage !== '3')) continue;
		const path = field.slice(tab + 1);
		found.set(path, { ...found.get(path), [stage]: { mode, object } });
	}
	return found;
}

function kindOf(sides: Stages): ConflictJson['kind'] {
	const [before, ours, theirs] = [sides['1'], sides['2'], sides['3']];
	if (ours && theirs) return before ? 'both-changed' : 'both-added';
	if (before && theirs) return 'deleted-by-ours';
	return before && ours ? 'deleted-by-theirs' : 'one-sided';
}

function specialOf(sides: Stages, bytes: Buffer | null): ConflictJson['special'] {
	if (isSubmodule(sides)) return 'submodule';
	if (Object.values(sides).some(({ mode }) => mode === link)) return 'link';
	return bytes && isBinary(bytes) ? 'binary' : null;
}

function isSubmodule(sides: Stages): boolean {
	return Object.values(sides).some(({ mode }) => mode === submodule);
}

/** What stands there as a file, never by way of a link; null where none does. */
function readHere(worktree: Worktree, path: string): Promise<Buffer | null> {
	return inFolder(worktree.path, dirname(path), async (folder) => {
		const file = onDisk(join(folder, basename(path)));
		const entry = await lstat(file).catch(() => null);
		if (!entry?.isFile() || entry.size > mostBytes) return null;
		const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW).catch(
			() => null,
		);
		if (!handle) return null;
		try {
			return await handle.readFile();
		} finally {
			await handle.close();
		}
	});
}

/** Whether git shows it by markers: not so where a side is no text, is missing, or says the same. */
async function showsMarkers(place: GitPlace, sides: Stages): Promise<boolean> {
	const [ours, theirs] = [sides['2'], sides['3']];
	if (!ours || !theirs || ours.object === theirs.object) return false;
	for (const { mode, object } of [ours, theirs]) {
		if (mode === link || mode === submodule) return false;
		if (isBinary(await git(place, ['cat-file', 'blob', object]))) return false;
	}
	return true;
}

function isBinary(bytes: Buffer): boolean {
	return bytes.subarray(0, 8000).includes(0);
}

/** The first line that begins or ends a conflict, from 1. */
function markerLine(bytes: Buffer): number | null {
	if (isBinary(bytes)) return null;
	const lines = bytes.toString('latin1').split('\n');
	const at = lines.findIndex((line) => /^(?:<{7,}|>{7,}) /.test(line));
	return at === -1 ? null : at + 1;
}
