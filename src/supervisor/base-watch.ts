// Tells when the base was moved by somebody else: what agents branched from is no longer its tip.
import { join } from 'node:path';
import { branchTip } from '../git/base.ts';
import type { Repository } from '../git/repository.ts';
import { watchFiles } from '../guard/watch-files.ts';
import type { Loop } from './loop.ts';

export interface BaseWatchParts {
	readonly loop: Loop;
	readonly repository: Repository;
	readonly branch: string;
	readonly moved: () => void;
}

export async function watchBase(parts: BaseWatchParts): Promise<AsyncDisposable> {
	const { loop, repository, branch } = parts;
	let known = await branchTip(repository, branch);
	// Every commit that weir has put the base on: a landing, its undoing, a revert.
	const ours = new Set(
		Object.values(loop.state.landings).flatMap((landing) =>
			landing.phase === 'undone' ? [landing.old ?? ''] : [landing.new ?? ''],
		),
	);
	// While a landing is under way the ref may be ahead of the journal.
	const landing = () =>
		Object.values(loop.state.effects).some(
			(effect) => effect.kind === 'merge' || effect.kind === 'undo',
		);
	const look = async () => {
		if (landing()) return;
		const tip = await branchTip(repository, branch);
		// One may have begun, or another look may have told of this tip, while git was asked.
		if (landing() || tip === known) return;
		const old = known;
		known = tip;
		parts.moved();
		if (ours.has(tip ?? '')) return;
		await loop.submit({
			kind: 'base.observe',
			ref: `refs/heads/${branch}`,
			old,
			new: tip,
		});
	};
	const files = [
		join(repository.commonDir, 'refs', 'heads', ...branch.split('/')),
		join(repository.commonDir, 'packed-refs'),
	];
	const watcher = watchFiles(files, () => void look());
	const stop = loop.onEvents.on((events) => {
		for (const { kind, data } of events) {
			if (kind === 'merge.landed' || kind === 'merge.undone') ours.add(data.new);
		}
		const settled = events.some(
			({ kind }) => kind === 'merge.settled' || kind === 'undo.settled',
		);
		if (settled) void look();
	});
	return {
		[Symbol.asyncDispose]: async () => {
			stop();
			await watcher[Symbol.asyncDispose]();
		},
	};
}
