// Tells when the base was moved by somebody else, also while no supervisor ran: what agents branched
// from is no longer its tip.
import { join } from 'node:path';
import { branchTip } from '../git/base.ts';
import type { Repository } from '../git/repository.ts';
import { watchFiles } from '../guard/watch-files.ts';
import { Lane } from '../lib/lane.ts';
import type { Loop } from './loop.ts';

export interface BaseWatchParts {
	readonly loop: Loop;
	readonly repository: Repository;
	readonly branch: string;
	/** Its tip at the start. */
	readonly first: string;
	readonly moved: () => void;
}

/** Tells before it resolves whether the base was moved meanwhile. */
export async function watchBase(parts: BaseWatchParts): Promise<AsyncDisposable> {
	const { loop, repository, branch, first } = parts;
	// Until the journal speaks of the base, what it was at the start is what it was.
	const known = () => {
		const { bases } = loop.state;
		return Object.hasOwn(bases, branch) ? (bases[branch] ?? null) : first;
	};
	// While a landing is under way the ref may be ahead of the journal.
	const landing = () =>
		Object.values(loop.state.effects).some(
			(effect) => effect.kind === 'merge' || effect.kind === 'undo',
		);
	const look = async () => {
		if (!landing()) await compare(await branchTip(repository, branch));
	};
	const compare = async (tip: string | null) => {
		// One may have begun, or come to its end, while git was asked.
		const old = known();
		if (landing() || tip === old) return;
		parts.moved();
		const ref = `refs/heads/${branch}`;
		await loop.submit({ kind: 'base.observe', ref, old, new: tip });
	};
	// One at a time, so that no move is told of twice.
	const lane = new Lane(1);
	const lookSoon = () => lane.run(look);
	const compared = lane.run(() => compare(first));
	const files = [
		join(repository.commonDir, 'refs', 'heads', ...branch.split('/')),
		join(repository.commonDir, 'packed-refs'),
	];
	const watcher = watchFiles(files, lookSoon);
	const stop = loop.onEvents.on((events) => {
		const settled = events.some(
			({ kind }) => kind === 'merge.settled' || kind === 'undo.settled',
		);
		if (settled) void lookSoon();
	});
	await compared;
	// It may have been moved since, before anything was watched.
	void lookSoon();
	return {
		[Symbol.asyncDispose]: async () => {
			stop();
			await lane.run(() => Promise.resolve());
			await watcher[Symbol.asyncDispose]();
		},
	};
}
