// Finds the supervisor of a repository that runs already. Apart from the start of one, so that
// whoever only connects does not load what starts processes.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../lib/environment.ts';
import type { Outcome, Refusal } from '../lib/outcome.ts';
import {
	type Connection,
	type Greeting,
	openConnection,
	refuseNoSupervisor,
} from './connection.ts';
import { announcedPlace, meetingPlace } from './meeting-place.ts';

export interface Visit extends Omit<Greeting, 'socket'> {
	readonly commonDir: string;
	/** What the supervisor is started with, and where its sockets are looked for. */
	readonly environment: Environment;
}

/**
 * Connects to a supervisor that runs; refused with `supervisor.none` where there is none. Where
 * weir has never run it leaves no trace.
 */
export async function connect(visit: Visit): Promise<Outcome<Connection>> {
	const announced = announcedPlace(visit.commonDir);
	if (announced) {
		const met = await openConnection({ ...visit, socket: announced.client });
		// A copied repository carries the announcement of the original.
		const other = met.ok && met.value.supervisor.repository.commonDir !== visit.commonDir;
		if (other) met.value[Symbol.dispose]();
		else if (met.ok || met.refusal.code !== 'supervisor.none') return met;
	}
	if (!existsSync(join(visit.commonDir, 'weir'))) return refuseNoSupervisor();
	const place = meetingPlace(visit.environment, visit.commonDir);
	if (!place.ok) return place;
	return openConnection({ ...visit, socket: place.value.client });
}

/** Nobody listens, or whoever did has ended before it greeted: nothing was asked of it yet. */
export function isAbsent({ code }: Refusal): boolean {
	return code === 'supervisor.none' || code === 'supervisor.gone';
}
