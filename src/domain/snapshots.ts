// Which snapshots may go once they are older than the setting says. The newest of an agent is what
// it comes back from, or what its restored worktree borrows from: it stays, unless the agent has been
// removed and all of its work is in the base.
import type { CommandOf } from './command.ts';
import { type Decision, Draft, unchanged } from './decision.ts';
import type { EventOf } from './event.ts';
import type { SnapshotId } from './ids.ts';
import type { State } from './state.ts';

/** Snapshots that something may still ask for. */
export function neededSnapshots(state: State): ReadonlySet<SnapshotId> {
	const needed = new Set<SnapshotId>();
	for (const { snapshot, life } of Object.values(state.agents)) {
		if (snapshot) needed.add(snapshot.id);
		if (life.kind === 'removed' && life.snapshot) needed.add(life.snapshot);
	}
	for (const { data } of Object.values(state.effects)) {
		if ('snapshot' in data && data.snapshot !== null) needed.add(data.snapshot);
	}
	return needed;
}

/** The last snapshots of agents that were removed. */
export function lastSnapshots(state: State): ReadonlySet<SnapshotId> {
	return new Set(
		Object.values(state.agents).flatMap(({ life }) =>
			life.kind === 'removed' && life.snapshot ? [life.snapshot] : [],
		),
	);
}

/** Decided anew on what is needed now: an agent may have been restored meanwhile. */
export function decideDropSnapshots(
	state: State,
	command: CommandOf<'snapshots.drop'>,
): Decision {
	const needed = neededSnapshots(state);
	const last = lastSnapshots(state);
	const snapshots = command.snapshots.flatMap(({ snapshot, commit, inBase }) =>
		!needed.has(snapshot) || (inBase && last.has(snapshot)) ? [{ snapshot, commit }] : [],
	);
	if (snapshots.length === 0) return unchanged;
	return new Draft(state).add('snapshots.dropped', { snapshots }).done();
}

/** A removed agent whose snapshot is gone cannot come back, and nobody is offered that. */
export function evolveDropped(state: State, event: EventOf<'snapshots.dropped'>): State {
	const gone = new Set(event.data.snapshots.map(({ snapshot }) => snapshot));
	const agents = Object.entries(state.agents).map(([id, agent]) => {
		const { life, snapshot } = agent;
		if (life.kind !== 'removed' || life.snapshot === null || !gone.has(life.snapshot)) {
			return [id, agent] as const;
		}
		const kept = snapshot && gone.has(snapshot.id) ? null : snapshot;
		const over = { ...life, snapshot: null, commit: null };
		return [id, { ...agent, snapshot: kept, life: over }] as const;
	});
	const after = { ...state, agents: Object.fromEntries(agents) };
	const undoable = after.undoable.filter((step) => {
		if (step.kind !== 'remove') return true;
		const life = after.agents[step.agent]?.life;
		return life?.kind !== 'removed' || life.commit !== null;
	});
	return { ...after, undoable };
}
