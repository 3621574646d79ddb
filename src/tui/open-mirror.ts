// The mirror of a client at a terminal: starts the supervisor where there is none.
import { connect } from '../client/connect.ts';
import { connectOrStart } from '../client/start.ts';
import type { Environment } from '../lib/paths.ts';
import { Mirror } from './mirror.ts';

export interface Visitor {
	readonly commonDir: string;
	readonly environment: Environment;
	readonly version: string;
}

/** Not open yet: the first refusal is the caller's to tell. */
export function mirrorFor({ commonDir, environment, version }: Visitor): Mirror {
	const visit = { commonDir, environment, version, role: 'tui' } as const;
	return new Mirror({
		connect: (start) => (start ? connectOrStart(visit) : connect(visit)),
	});
}
