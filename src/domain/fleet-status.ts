// What weir says about itself to the terminal that it runs in, as a program among others (OSC 7501).
import { isGone } from './agent.ts';
import { isBlocked } from './agent-state.ts';
import type { State } from './state.ts';

export interface FleetStatus {
	readonly state: 'blocked' | 'working' | 'done' | 'idle';
	/** What it is blocked by; null where it is not. */
	readonly kind: 'permission' | 'question' | null;
}

/** Blocked where any agent is: somebody must look. */
export function fleetStatus({ agents }: Pick<State, 'agents'>): FleetStatus {
	const words = Object.values(agents)
		.filter((agent) => !isGone(agent) && agent.life.kind === 'running')
		.map(({ report }) => report.state);
	const blocked = words.filter(isBlocked);
	if (blocked.length > 0) {
		const asks = blocked.every((word) => word === 'asks');
		return { state: 'blocked', kind: asks ? 'question' : 'permission' };
	}
	if (words.some((word) => word === 'working' || word === 'waiting'))
		return { state: 'working', kind: null };
	return { state: words.includes('done') ? 'done' : 'idle', kind: null };
}
