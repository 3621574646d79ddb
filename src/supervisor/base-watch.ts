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
	readonly moved: () => void;
}

/** Looks once before it resolves. */
export async function watchBase(parts: BaseWatchParts): Promise<AsyncDisposable> {
	const { loop, repository, branch } = parts;
	// Until the journal speaks of the base, what it was at the start is what it was.
	const first = await branchTip(repository, branch);
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
		if (landing()) return;
		const tip = await branchTip(repository, branch);
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
	await lookSoon();
	return {
		[Symbol.asyncDispose]: async () => {
			stop();
			await watcher[Symbol.asyncDispose]();
		},
	};
}
