// A subreaper inherits the dead of its programs: nobody else takes their exit status.
import { becomeSubreaper, reap } from '../lib/native.ts';
import { zombieChildrenOf } from '../lib/processes.ts';

/** Long enough that a storm of dying processes costs one look, short enough that pids suffice. */
const lookMs = 50;

/**
 * From now on this process adopts every orphan among its descendants and frees the pids of those
 * that end. `own` names the children that it has started itself and whose end somebody here still
 * waits for: taken away from Node or node-pty, their exit would never be told. Where the system
 * has no subreapers, orphans go to pid 1 and nothing happens here.
 */
export function adoptOrphans(own: () => ReadonlySet<number>): Disposable {
	if (!becomeSubreaper()) return { [Symbol.dispose]: () => undefined };
	let timer: NodeJS.Timeout | undefined;
	const look = () => {
		timer = undefined;
		reapOrphans(own());
	};
	const onChild = () => {
		timer ??= setTimeout(look, lookMs);
	};
	process.on('SIGCHLD', onChild);
	onChild();
	return {
		[Symbol.dispose]() {
			process.off('SIGCHLD', onChild);
			clearTimeout(timer);
		},
	};
}

/** Frees the pids of adopted processes that have ended, and returns them; see `adoptOrphans`. */
export function reapOrphans(own: ReadonlySet<number>): number[] {
	return zombieChildrenOf(process.pid).filter((pid) => !own.has(pid) && reap(pid));
}
