// What a supervisor does by the clock, asked by nobody.
import { boundLog, supervisorLog } from '../client/supervisor-log.ts';
import { finishMoves } from '../git/branch-move.ts';
import { dropCopiesBefore } from '../git/kept-copies.ts';
import type { Repository } from '../git/repository.ts';
import { pruneTreeStore } from '../git/tree-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { Lifetime } from '../lib/lifetime.ts';
import type { Loop } from './loop.ts';
import type { Observatory } from './observatory.ts';
import { dropOldSnapshots } from './snapshot-upkeep.ts';

export interface ChoresOptions {
	readonly loop: Loop;
	readonly repository: Repository;
	readonly journal: Journal;
	readonly observatory: Observatory;
	/** The folder with the copies of what stood outside scopes; they are kept as long as snapshots. */
	readonly copies: string;
	readonly lockIntact: () => boolean;
	/** Whoever removed the lock may start a second owner: the first one leaves the field. */
	readonly onLockLost: () => void;
}

/** A gate that runs on one of the trees began so long ago at most, but for a few. */
const treesKept = { mostBytes: 512_000_000, olderThanMs: 3_600_000 };

export function doChores(lifetime: Lifetime, options: ChoresOptions): void {
	const { loop, repository, journal, observatory, copies } = options;
	const { lockIntact, onLockLost } = options;
	lifetime.interval(1000, () => {
		const working = Object.values(loop.state.agents).filter(
			(agent) => agent.life.kind === 'running' && agent.report.state === 'working',
		);
		observatory.stirWorking(working.map(({ id }) => id));
	});
	lifetime.interval(60_000, () => void journal.refillReserve());
	// A checkout that could not follow its branch, mostly for a full disk, is brought along.
	lifetime.interval(10_000, () => {
		finishMoves(repository).catch((error: unknown) =>
			console.error('a checkout still waits:', error),
		);
	});
	const dropOld = () => {
		dropOldSnapshots({ loop, repository }, Date.now()).catch((error: unknown) =>
			console.error('old snapshots stay:', error),
		);
	};
	const dropCopies = () => {
		const keepMs = loop.state.settings.snapshots.keepDays * 86_400_000;
		dropCopiesBefore(copies, Date.now() - keepMs).catch((error: unknown) =>
			console.error('old copies stay:', error),
		);
	};
	const pruneTrees = () => {
		const keep = Object.values(loop.state.agents).flatMap(({ tree }) => tree?.tree ?? []);
		pruneTreeStore(repository, { keep, ...treesKept }).catch((error: unknown) =>
			console.error('old trees stay:', error),
		);
	};
	// A repository that no gate has looked at has no trees.
	lifetime.interval(600_000, () => {
		if (Object.keys(loop.state.settings.gates).length > 0) pruneTrees();
	});
	lifetime.interval(6 * 3_600_000, dropCopies);
	lifetime.timer(60_000, dropOld);
	lifetime.interval(6 * 3_600_000, dropOld);
	lifetime.interval(5000, () => boundLog(supervisorLog(repository.commonDir), 2));
	lifetime.interval(5000, () => {
		if (!lockIntact()) onLockLost();
	});
}
