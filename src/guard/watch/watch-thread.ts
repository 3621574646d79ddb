// The thread that watches worktrees. It judges paths itself, so that only what lies outside crosses; a
// thread of its own, since what the system's queue does not hold is lost without a word.
import { parentPort, workerData } from 'node:worker_threads';
import { afterReading } from './after-reading.ts';
import { usualSaveMs } from './saves.ts';
import { KnownCommit } from './verdict.ts';
import { mostWatches, WatchBudget } from './watch-budget.ts';
import type { FromThread, ToThread, WatchingLimits } from './watch-messages.ts';
import { WatchedWorktree } from './watched-worktree.ts';

const burstMs = 1000;

const {
	most,
	burst: burstWrites = 4000,
	whole = process.platform !== 'linux',
	saveMs = usualSaveMs,
} = (workerData ?? {}) as WatchingLimits;
const budget = new WatchBudget(most ?? mostWatches());
const commits = new Map<string, KnownCommit>();
const watched = new Map<string, WatchedWorktree>();
let writes = 0;
let secondBegan = 0;
let burstTimer: NodeJS.Timeout | undefined;

function tell(message: FromThread): void {
	// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
	parentPort?.postMessage(message);
}

parentPort?.on('message', (message: ToThread) => hear(message));

function hear(message: ToThread): void {
	switch (message.say) {
		case 'know':
			return void commits.set(message.commit, new KnownCommit(message.reference));
		case 'watch':
			return watchOne(message);
		case 'judge':
			return watched.get(message.key)?.judge(message.rules, commitOf(message.commit));
		case 'mute': {
			const { key, muted } = message;
			// What was written before this is read first: it was weir's.
			return afterReading(() => watched.get(key)?.mute(muted));
		}
		case 'mark': {
			const { key, id } = message;
			return afterReading(() =>
				tell({ say: 'marked', id, mark: watched.get(key)?.mark() ?? 0 }),
			);
		}
		case 'ask-passing': {
			const { key, id } = message;
			return afterReading(() =>
				tell({ say: 'passing', id, paths: watched.get(key)?.passing ?? [] }),
			);
		}
		case 'stand':
			return watched.get(message.key)?.stand(message.paths, message.mark);
		case 'drop':
			return void commits.delete(message.commit);
		case 'unwatch':
			return unwatch(message.key);
		default:
			return message satisfies never;
	}
}

function commitOf(name: string): KnownCommit {
	const known = commits.get(name);
	if (!known) throw new Error(`the thread was told nothing of ${name}`);
	return known;
}

function watchOne({ key, ...order }: Extract<ToThread, { say: 'watch' }>): void {
	unwatch(key);
	const one = new WatchedWorktree({
		key,
		order,
		commit: commitOf(order.commit),
		budget,
		whole,
		saveMs,
		tell,
		onSeen: seen,
	});
	watched.set(key, one);
	void one.open();
}

function unwatch(key: string): void {
	watched.get(key)?.[Symbol.dispose]();
	watched.delete(key);
}

function seen(): void {
	const now = performance.now();
	if (now - secondBegan > burstMs) {
		secondBegan = now;
		writes = 0;
	}
	writes += 1;
	if (writes > burstWrites) burstTimer ??= setTimeout(tellBurst, burstMs);
}

/** Once it is over, or once a second while it is not. */
function tellBurst(): void {
	burstTimer = undefined;
	tell({ say: 'burst' });
}
