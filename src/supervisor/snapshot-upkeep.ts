// Lets snapshots go that are older than `snapshots.keep_days`, as far as nothing is lost by it.
import type { SnapshotId } from '../domain/ids.ts';
import { lastSnapshots, neededSnapshots } from '../domain/snapshots.ts';
import { branchTip } from '../git/base.ts';
import type { Repository } from '../git/repository.ts';
import {
	dropSnapshot,
	isSnapshotInBase,
	type KnownSnapshot,
	listAllSnapshots,
} from '../git/snapshot.ts';
import type { Loop } from './loop.ts';
import { gitNameOf } from './worktree-effects.ts';

const dayMs = 86_400_000;

export interface SnapshotUpkeep {
	readonly loop: Loop;
	readonly repository: Repository;
}

/** `now` is wall clock in milliseconds. Recorded first: a crash leaves refs for the next time. */
export async function dropOldSnapshots(
	{ loop, repository }: SnapshotUpkeep,
	now: number,
): Promise<void> {
	const before = now - loop.state.settings.snapshots.keepDays * dayMs;
	// What bears the name of no agent that the journal knows is not ours to judge.
	const names = new Set(Object.values(loop.state.agents).map(gitNameOf));
	const old = (await listAllSnapshots(repository)).filter(
		({ agent, takenAt }) => takenAt < before && names.has(agent),
	);
	const needed = neededSnapshots(loop.state);
	const last = lastSnapshots(loop.state);
	const going = new Map<SnapshotId, KnownSnapshot & { readonly inBase: boolean }>();
	for (const known of old) {
		const id = known.id as SnapshotId;
		if (!needed.has(id)) going.set(id, { ...known, inBase: false });
		else if (last.has(id) && (await isInBase({ loop, repository }, known))) {
			going.set(id, { ...known, inBase: true });
		}
	}
	const snapshots = [...going].map(([snapshot, { commit, inBase }]) => ({
		snapshot,
		commit,
		inBase,
	}));
	const recorded = await loop.submit({ kind: 'snapshots.drop', snapshots });
	if (!recorded.ok) return;
	for (const { kind, data } of recorded.value) {
		if (kind !== 'snapshots.dropped') continue;
		for (const { snapshot } of data.snapshots) {
			const known = going.get(snapshot);
			if (known) await dropSnapshot(repository, known.agent, known.id);
		}
	}
}

async function isInBase(
	{ loop, repository }: SnapshotUpkeep,
	known: KnownSnapshot,
): Promise<boolean> {
	const agent = Object.values(loop.state.agents).find(
		({ life }) => life.kind === 'removed' && life.snapshot === known.id,
	);
	const base = agent && (await branchTip(repository, agent.base.branch));
	return base ? isSnapshotInBase(repository, known, base) : false;
}
