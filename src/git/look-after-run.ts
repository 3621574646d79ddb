// What a run changed in a gate worktree. Files of the tree are all looked at; for others only folders are
// read in which something came or went since the tree was laid out, by a time that nobody can set.
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { errorCode } from '../lib/error-words.ts';
import { nameText, onDisk } from '../lib/name-bytes.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import type { GateGround } from './gate-ground.ts';
import { type GateWorktree, laidTree } from './gate-worktree.ts';
import { gitList } from './git.ts';
import { changedFiles, type Look, withOthers } from './uncommitted.ts';

/** With more of them git reads everything as soon. */
const mostFolders = 100;
/** More names are not handed over on a command line. */
const mostNamed = 500;

/**
 * What differs now from the tree that was laid out, less what git ignores. Refuses with
 * `gate.not-laid`.
 */
export async function changedSince(
	gate: GateWorktree,
	ground: GateGround,
): Promise<Outcome<Look>> {
	const laid = await laidTree(gate);
	if (laid === null)
		return refuse('gate.not-laid', `no tree is laid out in ${gate.path}`);
	const [changed, others] = await Promise.all([
		changedFiles(gate.place),
		newNames(gate, laid.tree, ground),
	]);
	return ok(await withOthers(gate.place, changed, others));
}

/** What lies in folders of the tree and is not of it, as far as it is new there; null where that takes git. */
async function newNames(
	gate: GateWorktree,
	tree: string,
	ground: GateGround,
): Promise<readonly string[] | null> {
	const all = await ground.foldersOf(gate, tree);
	const names = all.flatMap(({ folder, linked }) => (linked ? [] : [folder]));
	const changed = await ground.changed(gate.path, names);
	if (changed.length > mostFolders) return null;
	const found: string[] = [];
	for (const folder of changed) {
		const entries = await entriesOf(gate, folder);
		if (entries === null) return null;
		found.push(...entries);
	}
	const known = new Set(await entriesOfTree(gate, tree, changed));
	const others = found
		.filter((entry) => !known.has(entry))
		.map((entry) => entry.slice(1));
	// Such a file says anew what counts, anywhere below.
	const isNameable = others.every(
		(path) => path.isWellFormed() && basename(path) !== '.gitignore',
	);
	return others.length <= mostNamed && isNameable ? others : null;
}

/** Paths behind their kind, so that a folder is no file of the same name; null where it cannot be read. */
async function entriesOf(
	{ path: top }: GateWorktree,
	folder: string,
): Promise<readonly string[] | null> {
	const options = { withFileTypes: true, encoding: 'buffer' } as const;
	try {
		const entries = await readdir(onDisk(join(top, folder)), options);
		return entries
			.map((one) => kindOf(one.isDirectory()) + join(folder, nameText(one.name)))
			.filter((entry) => entry !== `${kindOf(true)}.git`);
	} catch (error) {
		// Its files are told as gone, and what stands in its place is found in the folder above.
		return ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '') ? [] : null;
	}
}

async function entriesOfTree(
	{ place }: GateWorktree,
	tree: string,
	folders: readonly string[],
): Promise<readonly string[]> {
	const list = async (paths: readonly string[]) => {
		const args = [
			'ls-tree',
			'-z',
			'--format=%(objecttype) %(path)',
			tree,
			'--',
			...paths,
		];
		return (await gitList(place, args)).map((entry) => {
			const space = entry.indexOf(' ');
			return kindOf(entry.slice(0, space) !== 'blob') + entry.slice(space + 1);
		});
	};
	const inside = folders.filter((folder) => folder !== '').map((folder) => `${folder}/`);
	const top = folders.includes('') ? list([]) : [];
	const rest = inside.length > 0 ? list(inside) : [];
	return [...(await top), ...(await rest)];
}

function kindOf(isFolder: boolean): string {
	return isFolder ? '/' : '-';
}
