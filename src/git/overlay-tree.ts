// A tree with some paths as another has them: made in an index of its own, with objects that go to weir's
// store of trees.
import { join } from 'node:path';
import { withPassingFolder } from '../lib/passing-folder.ts';
import type { ChangedPath, Side } from './changes.ts';
import { type GitPlace, git, gitText } from './git.ts';
import type { Repository } from './repository.ts';
import { openTreeStore } from './tree-store.ts';

/** What is to stand at a path: what a tree has, text in the place of what is there, or nothing. */
export interface Overlaid {
	readonly path: string;
	readonly put: Side | { readonly mode: string; readonly text: string } | null;
}

/** As one of two trees had it that `changedPaths` has compared. */
export function asBefore({ path, from }: ChangedPath): Overlaid {
	return { path, put: from };
}

export async function overlayTree(
	repository: Repository,
	tree: string,
	overlaid: readonly Overlaid[],
): Promise<string> {
	if (overlaid.length === 0) return tree;
	const store = await openTreeStore(repository);
	return withPassingFolder('overlay', async (folder) => {
		const place = { ...store.place, index: join(folder, 'index') };
		const entries: string[] = [];
		for (const { path, put } of overlaid) {
			const side =
				put && 'text' in put
					? { mode: put.mode, object: await blobOf(place, put.text) }
					: put;
			entries.push(
				side === null
					? `0 ${'0'.repeat(tree.length)}\t${path}\0`
					: `${side.mode} ${side.object}\t${path}\0`,
			);
		}
		await git(place, ['read-tree', tree]);
		const input = entries.join('');
		const args = ['update-index', '--add', '--replace', '-z', '--index-info'];
		await git(place, args, { input });
		return gitText(place, ['write-tree']);
	});
}

function blobOf(place: GitPlace, text: string): Promise<string> {
	return gitText(place, ['hash-object', '-w', '--stdin'], { input: Buffer.from(text) });
}
