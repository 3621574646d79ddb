// Watches a few named files, such as settings. The one place that knows chokidar; worktrees are
// watched otherwise, since chokidar would take a minute and gigabytes for thirty of them.
import { watch } from 'chokidar';

/**
 * Calls `changed` some moments after any of the files was written, made or removed; a file may not
 * exist yet. Settles first, so that a half-written file is not read.
 */
export function watchFiles(
	paths: readonly string[],
	changed: (path: string) => void,
): AsyncDisposable {
	const watcher = watch([...paths], {
		ignoreInitial: true,
		awaitWriteFinish: { stabilityThreshold: 100, pollInterval: 50 },
	});
	watcher.on('all', (_event, path) => changed(path));
	// Out of watches: the files are read again on demand, so nothing depends on the notice.
	watcher.on('error', (error) => console.error('watching settings:', error));
	return { [Symbol.asyncDispose]: () => watcher.close() };
}
