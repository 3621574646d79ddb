// Orphans of the programs become children of this process, a subreaper, and their ends must be
// collected here. By pid only: node-pty waits for its own children in threads of its own, and a
// wait for any child would take their exits away.
import { reapOrphans } from '../terminal/orphans.ts';

// A look costs some microseconds for each process of the machine, and a build may leave an orphan
// a millisecond: zombies can wait, keys cannot.
const gatherMs = 250;
const everyMs = 5000;

/** Reaps adopted orphans as they end; `own` names the children whose end node-pty waits for. */
export function keepReaping(own: () => ReadonlySet<number>): Disposable {
	let gathering: NodeJS.Timeout | undefined;
	const look = () => {
		gathering = undefined;
		reapOrphans(own());
	};
	const gather = () => {
		gathering ??= setTimeout(look, gatherMs);
	};
	process.on('SIGCHLD', gather);
	const timer = setInterval(look, everyMs);
	return {
		[Symbol.dispose]() {
			process.off('SIGCHLD', gather);
			clearInterval(timer);
			clearTimeout(gathering);
		},
	};
}
