// Finds the supervisor of a repository that runs already. Apart from the start of one, so that
// whoever only connects does not load what starts processes.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../lib/environment.ts';
import { type Outcome, type Refusal, refuse } from '../lib/outcome.ts';
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
	const state = join(visit.commonDir, 'weir');
	if (!existsSync(state)) return refuseNoSupervisor();
	// In a sandbox another folder stands there, with the door of agents alone.
	if (statSync(state).dev !== statSync(visit.commonDir).dev) return refuseAgent();
	const place = meetingPlace(visit.environment, visit.commonDir);
	if (!place.ok) return place;
	return openConnection({ ...visit, socket: place.value.client });
}

/** Of whoever runs in a pane, where agents live. */
export function refuseAgent(): Outcome<never> {
	return refuse(
		'identity.agent',
		'this runs inside a pane of weir, where agents live; people speak to weir from outside',
		'press the leader (ctrl+space, if you chose no other), then ? for what you can do here, or type it in a terminal outside',
	);
}

/** Nobody listens, or whoever did has ended before it greeted: nothing was asked of it yet. */
export function isAbsent({ code }: Refusal): boolean {
	return code === 'supervisor.none' || code === 'supervisor.gone';
}
