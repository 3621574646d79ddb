// Connect, or start the supervisor and connect. However many do so at once, the repository's lock
// leaves one supervisor, and all of them end up with it.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Outcome, refuse } from '../lib/outcome.ts';
import { connect, isAbsent, type Visit } from './connect.ts';
import type { Connection } from './connection.ts';
import { launchSupervisor, supervisorProgram } from './launch.ts';

export interface Start extends Visit {
	/** The program to start; the supervisor of this build where nothing is said. */
	readonly program?: string;
	/** A supervisor is being started. */
	readonly onLaunch?: () => void;
	/** The whole wait in milliseconds, 30 s where nothing is said. */
	readonly limitMs?: number;
}

/**
 * Connects to the supervisor, starting it where there is none. Refused with what keeps it from
 * starting, with `supervisor.died` where it crashes and `supervisor.slow` at the end of the wait.
 */
export async function connectOrStart(start: Start): Promise<Outcome<Connection>> {
	const limitMs = start.limitMs ?? startLimitMs;
	const limit = AbortSignal.timeout(limitMs);
	try {
		return await untilConnected(start, limit);
	} catch (error) {
		if (!limit.aborted) throw error;
		return refuse(
			'supervisor.slow',
			`the supervisor did not answer within ${limitMs / 1000} s`,
			`read ${start.commonDir}/weir/supervisor.log, then try again`,
		);
	}
}

/** A start takes a fraction of a second, and on a machine that is overloaded many. */
const startLimitMs = 30_000;

async function untilConnected(
	start: Start,
	limit: AbortSignal,
): Promise<Outcome<Connection>> {
	for (;;) {
		const met = await connectSoon(start, limit, 0);
		if (met) return met;
		const program = start.program ?? supervisorProgram;
		const { commonDir, environment } = start;
		const launching = launchSupervisor(commonDir, environment, program, limit);
		start.onLaunch?.();
		const launched = await launching;
		if (!launched.ok) return launched;
		const lost = !launched.value.bound;
		if (lost && launched.value.why.code !== 'supervisor.running')
			return { ok: false, refusal: launched.value.why };
		// Somebody owns the repository: this start's own supervisor, or the winner of a race, who
		// may be about to bind its sockets, or about to end. In the last case the loop goes round.
		const joined = await connectSoon(start, limit, lost ? winnerMs : 0);
		if (joined) return joined;
	}
}

/** How long the winner of the lock may take to bind its sockets before it is doubted. */
const winnerMs = 2000;

/** Tries to connect for a while, ever less often; undefined where nobody listens. */
async function connectSoon(
	visit: Visit,
	limit: AbortSignal,
	forMs: number,
): Promise<Outcome<Connection> | undefined> {
	const end = performance.now() + forMs;
	for (let pause = 10; ; pause = Math.min(pause * 2, 200)) {
		limit.throwIfAborted();
		const met = await connect(visit);
		if (met.ok || !isAbsent(met.refusal)) return met;
		if (performance.now() >= end) return undefined;
		await sleep(pause, undefined, { signal: limit });
	}
}
