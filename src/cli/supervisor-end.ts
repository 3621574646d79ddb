// The end of a supervisor that was asked to go.
import type { Connection } from '../client/connection.ts';
import { identityOf, untilGone } from '../lib/processes.ts';

/** What it does after it let go of its clients takes milliseconds. */
const endsMs = 10_000;

/**
 * Resolves when the supervisor of a connection has ended: it lets go of its clients before its last
 * programs and files. To be called before it is asked to go.
 */
export async function untilSupervisorEnds(connection: Connection): Promise<void> {
	const supervisor = identityOf(connection.supervisor.pid);
	await new Promise<void>((resolve) => {
		connection.onClose.on(() => resolve());
	});
	if (supervisor) await untilGone(supervisor, endsMs);
}
