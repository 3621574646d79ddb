// Tells when a ref that weir alone moves was moved by somebody else: of an agent's commits, or below
// `refs/weir`. Publishing sets a branch of weir's right again and leaves one of the user's; nothing lands by
// the others.
import { dirname, join } from 'node:path';
import { hasWorktree } from '../domain/agent.ts';
import type { State } from '../domain/state.ts';
import { candidateRef } from '../git/candidate.ts';
import { landedRef } from '../git/landing.ts';
import type { Repository } from '../git/repository.ts';
import { watchFiles } from '../guard/watch-files.ts';
import { FolderWatch } from '../guard/watch-folders.ts';
import { Lane } from '../lib/lane.ts';
import type { Loop } from './loop.ts';

/** git makes and removes lock files around each change: what comes together is looked at together. */
const settleMs = 20;

/** Thirty agents that commit all the time have their refs read no oftener than that. */
const betweenMs = 250;

export async function watchRefs(
	loop: Loop,
	repository: Repository,
): Promise<AsyncDisposable> {
	const { commonDir, ledger, place } = repository;
	const lane = new Lane(1);
	let timer: NodeJS.Timeout | undefined;
	let closed = false;
	const look = async () => {
		const moves = await ledger.look(place, branchesOf(loop.state), recorded(loop.state));
		if (moves === null) return soon();
		for (const move of moves) await loop.submit({ kind: 'ref.observe', ...move });
	};
	let looked = Number.NEGATIVE_INFINITY;
	const soon = () => {
		if (closed || timer) return;
		const wait = Math.max(settleMs, looked + betweenMs - performance.now());
		timer = setTimeout(() => {
			timer = undefined;
			looked = performance.now();
			watch.rescan();
			lane.run(look).catch((error: unknown) => console.error('refs:', error));
		}, wait);
	};
	const heads = join(commonDir, 'refs', 'heads');
	const prefix = dirname(join(heads, `${loop.state.settings.branch.prefix}x`));
	const watch = new FolderWatch([prefix, join(commonDir, 'refs', 'weir')], soon);
	const packed = watchFiles([join(commonDir, 'packed-refs')], soon);
	// What was moved while no supervisor ran.
	await lane.run(look);
	const stop = loop.onEvents.on((events) => {
		// Folders of refs may have come with it.
		if (events.some(({ kind }) => watched.has(kind))) soon();
	});
	return {
		[Symbol.asyncDispose]: async () => {
			closed = true;
			clearTimeout(timer);
			stop();
			watch[Symbol.dispose]();
			await packed[Symbol.asyncDispose]();
			await lane.run(() => Promise.resolve());
		},
	};
}

const watched: ReadonlySet<string> = new Set(['worktree.settled', 'restore.settled']);

function branchesOf(state: State): string[] {
	const own = Object.values(state.agents).filter(hasWorktree);
	return [
		...own.map(({ branch }) => branch),
		`${state.settings.branch.prefix}integration`,
	];
}

/** What the journal says of refs below `refs/weir`. */
function recorded(state: State): Map<string, string> {
	const refs = new Map<string, string>();
	for (const { id, new: landed, candidate } of Object.values(state.landings)) {
		if (landed !== null) refs.set(landedRef(id), landed);
		if (candidate !== null) refs.set(candidateRef(id), candidate);
	}
	return refs;
}
