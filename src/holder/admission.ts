// Who may drive panes: whoever holds the token and runs in none of them. The token alone proves
// nothing, since an agent runs as the same user and could read it.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import { holderRecords } from '../hosts/records.ts';
import { descriptorOf, peerCredentials } from '../lib/native.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { ancestorsOf, isAlive } from '../lib/processes.ts';

/**
 * The process at the other end, by the kernel's word; null where it does not tell. To be asked
 * when the connection comes in: later the process may be gone and its number another's.
 */
export function peerOf(socket: Socket): number | null {
	const descriptor = descriptorOf(socket);
	return descriptor === null ? null : (peerCredentials(descriptor)?.pid ?? null);
}

/**
 * Refuses a process that has this holder, or one whose record lies in `folder`, among its
 * ancestors: an agent, whatever its environment says. A holder adopts the orphans of its
 * programs, so leaving the session does not help.
 */
export function admit(pid: number | null, folder: string): Outcome<void> {
	const ancestors = pid === null ? null : ancestorsOf(pid);
	if (pid === null || ancestors === null)
		return refuse('identity.unknown', 'the process that connected cannot be told');
	const holders = new Set([process.pid]);
	for (const { record } of holderRecords(folder))
		if (isAlive(record.process)) holders.add(record.process.pid);
	if ([pid, ...ancestors].some((one) => holders.has(one)))
		return refuse(
			'identity.agent',
			'programs that run in a pane may not drive panes',
			'weir report, weir ask and weir mail work in a pane',
		);
	return ok(undefined);
}

export function isSameToken(given: string, token: string): boolean {
	// Hashed, so that lengths are equal and tell nothing.
	return timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
