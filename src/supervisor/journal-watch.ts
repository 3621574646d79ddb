// Tells when somebody else wrote into the journal. What it holds in memory goes on: that was decided here.
import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Journal } from '../journal/journal.ts';
import type { Loop } from './loop.ts';

export function watchJournal(loop: Loop, journal: Journal): Disposable {
	const look = () => {
		const foreign = journal.takeForeign();
		if (foreign === null) return;
		void loop.report({ kind: 'journal.observe', added: foreign.added });
	};
	// What was found at the start.
	look();
	const name = basename(journal.path);
	try {
		const watcher = watch(dirname(journal.path), { persistent: false }, (_, file) => {
			if (file === null || file.startsWith(name)) look();
		});
		watcher.on('error', (error) => console.error('the journal is not watched:', error));
		return { [Symbol.dispose]: () => watcher.close() };
	} catch (error) {
		// Out of watches: each append looks as well.
		console.error('the journal is not watched:', error);
		return { [Symbol.dispose]: () => undefined };
	}
}
