// Which files by which gates judge a landing changes, and its files with those as the base has them.
import type { Gate } from '../domain/gates/gate.ts';
import { gateFilesAmong } from '../domain/gates/gate-files.ts';
import {
	sameInstalled,
	sameJudging,
	scriptsOf,
	withJudgingOf,
} from '../domain/gates/package-parts.ts';
import { dependencyFiles } from '../gates/dependency-links.ts';
import { type ChangedPath, changedPaths } from '../git/changes.ts';
import { readFileAt } from '../git/file-at.ts';
import { asBefore, type Overlaid, overlayTree } from '../git/overlay-tree.ts';
import type { Repository } from '../git/repository.ts';

export interface GateFiles {
	/** What gates judge by and the landing changes, sorted: each has to be accepted. */
	readonly paths: readonly string[];
	/** The files as they will stand, with those as the base has them; the same tree where there are none. */
	readonly tree: string;
	/** What is to be installed is changed: the author's dependencies count. */
	readonly installs: boolean;
}

export interface Between {
	readonly onto: string;
	readonly tree: string;
}

/** By the gates of the base alone: what a branch says of gates counts once it has landed. */
export async function gateFilesBetween(
	repository: Repository,
	between: Between,
	gates: readonly Gate[],
): Promise<GateFiles> {
	const { onto, tree } = between;
	const changed = await changedPaths(repository, onto, tree);
	const byPath = new Map(changed.map((change) => [change.path, change]));
	const manifest = await readFileAt(repository, onto, 'package.json');
	const commands = scriptsOf(manifest ?? '');
	const judging = new Map<string, Overlaid>();
	const installing = new Set<string>();
	for (const path of byPath.keys())
		if (nameOf(path) !== 'package.json' && dependencyFiles.has(nameOf(path)))
			installing.add(path);
	for (const path of gateFilesAmong([...byPath.keys()], gates, commands)) {
		const change = byPath.get(path);
		if (!change) continue;
		if (nameOf(path) !== 'package.json') {
			judging.set(path, asBefore(change));
			continue;
		}
		const parts = await partsOf(repository, between, change);
		if (parts.judging) judging.set(path, parts.judging);
		if (parts.installs) installing.add(path);
	}
	return {
		paths: [...new Set([...judging.keys(), ...installing])].toSorted(),
		tree: await overlayTree(repository, tree, [...judging.values()]),
		installs: installing.size > 0,
	};
}

/** Of a package.json dependencies may change without anybody judging by them. */
async function partsOf(
	repository: Repository,
	{ onto, tree }: Between,
	change: ChangedPath,
): Promise<{ readonly judging: Overlaid | null; readonly installs: boolean }> {
	const { path, from, to } = change;
	if (to === null) return { judging: asBefore(change), installs: true };
	const [before, after] = await Promise.all([
		from ? readFileAt(repository, onto, path) : null,
		readFileAt(repository, tree, path),
	]);
	const [one, other] = [before ?? '{}', after ?? '{}'];
	const put = { mode: from?.mode ?? to.mode, text: withJudgingOf(one, other) };
	return {
		judging: sameJudging(one, other) ? null : { path, put },
		installs: !sameInstalled(one, other),
	};
}

/** Those among files that are not committed; nobody has looked into them. */
export async function gateFilesNamed(
	repository: Repository,
	onto: string,
	paths: readonly string[],
	gates: readonly Gate[],
): Promise<readonly string[]> {
	if (paths.length === 0 || gates.length === 0) return [];
	const manifest = await readFileAt(repository, onto, 'package.json');
	const judging = new Set(gateFilesAmong(paths, gates, scriptsOf(manifest ?? '')));
	return paths.filter((path) => judging.has(path) || dependencyFiles.has(nameOf(path)));
}

function nameOf(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}
