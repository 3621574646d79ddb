// How often paths of agents were put back of late. What is written again and again is put back so often, and
// then only told: it is left to the human.
import type { TrespassPolicy } from '../domain/guard.ts';
import type { AgentId } from '../domain/ids.ts';

const futileTimes = 3;
const futileMs = 10 * 60_000;
const pathsRemembered = 1000;

export class PutBackTimes {
	readonly #times = new Map<AgentId, Map<string, readonly number[]>>();

	/** What is done about these paths, which counts as done; `now` is of a monotonic clock. */
	policyFor(
		id: AgentId,
		paths: readonly { readonly path: string }[],
		policy: TrespassPolicy,
		now: number,
	): TrespassPolicy {
		if (policy !== 'restore') return policy;
		const times = this.#times.get(id) ?? new Map<string, readonly number[]>();
		this.#times.set(id, times);
		let isFutile = paths.length > 0;
		for (const { path } of paths) {
			const late = (times.get(path) ?? []).filter((at) => now - at < futileMs);
			if (late.length < futileTimes) isFutile = false;
			times.delete(path);
			times.set(path, [...late, now].slice(-futileTimes));
		}
		for (const path of times.keys()) {
			if (times.size <= pathsRemembered) break;
			times.delete(path);
		}
		return isFutile ? 'report' : policy;
	}

	forget(id: AgentId): void {
		this.#times.delete(id);
	}
}
