// What an attempt must leave alone: folders and refs at one moment, and what is otherwise at a later one.
import { join } from 'node:path';
import type { AgentJson } from '../../src/protocol/status.ts';
import { differences, type FileImage, imageOf } from './file-image.ts';
import { gitIn } from './repository.ts';
import type { ScratchWeir } from './weir.ts';

/** What the agent that attacks may write. */
export const scope = ['src/**', 'notes/todo.md', 'lists/*.txt'] as const;
export const covered = /^(src$|src\/|notes\/todo\.md$|lists\/[^/]*\.txt$)/;

/** Everything that an attempt must leave alone, at one moment. */
export interface Look {
	readonly places: ReadonlyMap<Place, FileImage>;
	readonly refs: ReadonlyMap<string, string>;
}

export interface Place {
	readonly name: string;
	readonly folder: string;
	readonly skip: (path: string) => boolean;
	/** Changes of these paths are allowed. */
	readonly free?: (path: string) => boolean;
}

/** At this moment. */
export function lookAt(repo: string, places: readonly Place[], branch: string): Look {
	const images = new Map(
		places.map((place) => [place, imageOf(place.folder, place.skip)]),
	);
	const said = gitIn(repo, 'for-each-ref', '--format=%(refname) %(objectname)');
	const refs = new Map(
		said
			.split('\n')
			.map((line) => line.split(' ') as [string, string])
			// Mirrors the agent's own commits.
			.filter(([ref]) => ref !== `refs/heads/${branch}`)
			// What its rebases and landings leave.
			.filter(([ref]) => !/^refs\/weir\/(kept|landed|snapshots)\//.test(ref)),
	);
	return { places: images, refs };
}

/** What is otherwise than at an earlier look, in words; the agent's own work is not. */
export function changedBetween({ places, refs }: Look, now: Look): string[] {
	const found = [...places].flatMap(([place, image]) =>
		differences(image, now.places.get(place) ?? new Map())
			.filter((path) => !place.free?.(path))
			.map((path) => `${place.name}: ${path}`),
	);
	for (const ref of new Set([...refs.keys(), ...now.refs.keys()]))
		if (refs.get(ref) !== now.refs.get(ref)) found.push(ref);
	return found;
}

export function privateDirOf({ worktree, name }: AgentJson): string {
	return join(worktree, '..', '.git-of', name);
}

/** Objects and logs of a git directory are nobody's harm. */
export const skipObjects = (path: string) =>
	/^(objects\/(?!info(\/|$))|objects\/info\/commit-graphs?|logs(\/|$))/.test(path);

export function placesOf(
	{ folder, repo }: ScratchWeir,
	agent: AgentJson,
	other: AgentJson,
): Place[] {
	const all = () => false;
	return [
		{
			name: 'own',
			folder: agent.worktree,
			skip: all,
			free: (path) => covered.test(path),
		},
		{ name: 'other', folder: other.worktree, skip: all },
		{
			name: 'other’s git',
			folder: privateDirOf(other),
			skip: (path) => skipObjects(path) || path === 'index',
		},
		// What weir itself writes there is none of its business; refs are looked at by name.
		{
			name: 'user’s checkout',
			folder: repo,
			skip: (path) =>
				/^\.git\/(objects|logs|refs|packed-refs|ORIG_HEAD|index|COMMIT_EDITMSG)(\/|$)/.test(
					path,
				) ||
				/^\.git\/weir\/(?!meeting-place$)/.test(path) ||
				/^\.git\/worktrees\/[^/]+\/(?!config\.worktree$)/.test(path),
		},
		{
			name: 'home and all else',
			folder,
			skip: (path) =>
				/^(repo|data|tmp|run|cache|calls|programs|home\/\.(cache|npm))(\/|$)/.test(path),
		},
	];
}
