// The mirror of a client at a terminal: starts the supervisor where there is none.
import { connect, isAbsent } from '../client/connect.ts';
import type { Environment } from '../lib/environment.ts';
import type { Outcome } from '../lib/outcome.ts';
import { Mirror } from './mirror.ts';

export interface Visitor {
	readonly commonDir: string;
	readonly environment: Environment;
	readonly version: string;
}

interface Opening {
	readonly mirror: Mirror;
	/** The first connection; a refusal is the caller's to tell. */
	readonly opened: Promise<Outcome<null>>;
	/** Resolves when there is time to do something else: a supervisor has been found, or is starting. */
	readonly underway: Promise<void>;
}

export function openMirror({ commonDir, environment, version }: Visitor): Opening {
	const visit = { commonDir, environment, version, role: 'tui' } as const;
	const { promise: underway, resolve: onLaunch } = Promise.withResolvers<void>();
	const mirror = new Mirror({
		connect: async (start) => {
			const met = await connect(visit);
			if (met.ok || !start || !isAbsent(met.refusal)) {
				onLaunch();
				return met;
			}
			// Most find one that runs: what starts processes is not loaded for them.
			const { connectOrStart } = await import('../client/start.ts');
			return connectOrStart({ ...visit, onLaunch });
		},
	});
	return { mirror, opened: mirror.open(), underway };
}
