// Watches a few named files, such as settings. The one place that knows chokidar; worktrees are
// watched otherwise, since chokidar would take a minute and gigabytes for thirty of them.
import { watch } from 'chokidar';
import { Gathered } from '../lib/gathered.ts';

/**
 * Calls `changed` some moments after any of the files was written, made or removed; a file may not
 * exist yet. Settles first, so that a half-written file is not read. Calls it once more as soon as it
 * watches: of what was written until then there is no notice. Never while it is still being carried out.
 */
export function watchFiles(
	paths: readonly string[],
	changed: () => Promise<unknown> | void,
): AsyncDisposable {
	const telling = new Gathered(async () => {
		await changed();
	});
	const watcher = watch([...paths], {
		ignoreInitial: true,
		awaitWriteFinish: { stabilityThreshold: 100, pollInterval: 50 },
	});
	const tell = () => void telling.get();
	watcher.on('ready', tell);
	watcher.on('all', tell);
	// Out of watches: the files are read again on demand, so nothing depends on the notice.
	watcher.on('error', (error) => console.error('watching settings:', error));
	return { [Symbol.asyncDispose]: () => watcher.close() };
}
