// Tells that the head of a private clone may have moved. Its agent may fill the folders with whatever it
// likes: they are watched and never listed.
import { watch } from 'node:fs';
import { dirname, join } from 'node:path';

/** Branches beside the agent's own count once HEAD names them, which is a change of its own. */
export function watchHead(
	privateDir: string,
	branch: string,
	moved: () => void,
): Disposable {
	const refs = dirname(join(privateDir, 'refs', 'heads', branch));
	const watchers = [
		watchFolder(privateDir, (name) => {
			if (name === null || told.has(name)) moved();
		}),
		watchFolder(refs, (name) => {
			// Each change begins and ends with one.
			if (!name?.endsWith('.lock')) moved();
		}),
	];
	return {
		[Symbol.dispose]: () => {
			for (const watcher of watchers) watcher?.close();
		},
	};
}

/**
 * Written by what moves a head, also where the folder of its branch went since refs were packed. The index
 * is not among them: looks write it.
 */
const told: ReadonlySet<string> = new Set([
	'HEAD',
	'ORIG_HEAD',
	'COMMIT_EDITMSG',
	'packed-refs',
]);

/** Nothing where it cannot be watched: heads are looked at now and then all the same. */
function watchFolder(folder: string, changed: (name: string | null) => void) {
	try {
		const watcher = watch(folder, { persistent: false }, (_, name) => changed(name));
		watcher.on('error', () => watcher.close());
		return watcher;
	} catch (error) {
		console.error(`${folder} cannot be watched:`, error);
		return null;
	}
}
