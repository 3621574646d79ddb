// A subreaper inherits the dead of its programs: nobody else takes their exit status.
import { reap } from '../lib/native.ts';
import { zombieChildrenOf } from '../lib/processes.ts';

/**
 * Frees the pids of adopted processes that have ended; returns them. `own` names the children
 * that this process has started itself and whose end somebody here still waits for: taken away
 * from Node or node-pty, their exit would never be told. Looks at children of this process only,
 * where the kernel lists them.
 */
export function reapOrphans(own: ReadonlySet<number>): number[] {
	return zombieChildrenOf(process.pid).filter((pid) => !own.has(pid) && reap(pid));
}
