// Filling a worktree with the files of its commit, after its pane has long appeared.
import { rename, rm } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { draftOf } from '../lib/replace-file.ts';
import { copyIndex } from './copy-index.ts';
import { EarlierTry } from './earlier-try.ts';
import { git } from './git.ts';
import { readRefFile } from './refs.ts';
import { indexOf, isFilled, type Worktree } from './worktree.ts';

export interface FillOptions {
	readonly signal?: AbortSignal;
	/** Files written so far, of how many. */
	readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Checks the branch's commit out and gives the agent an index that knows the files. At most two
 * fillings of a repository run at once; others wait their turn. Idempotent: after a crash in the
 * middle it ends what still runs of the earlier try and fills again. Must not run once an agent
 * has written into the worktree; a filled one (`isFilled`) is left alone.
 */
export async function fillWorktree(
	worktree: Worktree,
	options: FillOptions = {},
): Promise<void> {
	const fill = async () => {
		if (isFilled(worktree)) return;
		await worktree.repository.lanes.quiet.come();
		options.signal?.throwIfAborted();
		const earlier = new EarlierTry(
			join(worktree.stateDir, 'filling.pid'),
			worktree.gitDir,
		);
		await earlier.end();
		const progress = new Progress(options.onProgress);
		const index = join(worktree.stateDir, 'filling');
		await rm(index, { force: true });
		const { repository, branch } = worktree;
		const commit = await readRefFile(repository.place, `refs/heads/${branch}`);
		if (commit === null) throw new Error(`the branch ${branch} is gone`);
		try {
			await git(
				{ ...worktree.place, index },
				['read-tree', '-v', '--reset', '-u', commit],
				{
					timeoutMs: 600_000,
					config: ['checkout.workers=2'],
					onStderr: (text) => progress.read(text),
					onSpawn: (pid) => {
						giveWay(pid);
						earlier.note(pid);
					},
					...(options.signal ? { signal: options.signal } : {}),
				},
			);
		} finally {
			await earlier.noted();
		}
		await copyIndex(index, indexOf(worktree, commit));
		await giveIndex(worktree, index);
		// Last, because its presence means "filled".
		await rename(index, join(worktree.gitDir, 'index'));
		await earlier.forget();
	};
	await worktree.repository.lanes.fills.run(fill, options.signal);
}

/** Puts an index into the private clone, whatever stands at its place. */
export async function giveIndex(worktree: Worktree, index: string): Promise<void> {
	const target = join(worktree.privateDir, 'index');
	const draft = draftOf(target);
	try {
		await copyIndex(index, draft);
		await rename(draft, target);
	} finally {
		await rm(draft, { force: true });
	}
}

// Thirty worktrees take minutes of two cores: typing and painting come first.
function giveWay(pid: number): void {
	try {
		setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
	} catch {
		// It ended already, or this system knows no priorities.
	}
}

class Progress {
	#rest = '';
	readonly #report: FillOptions['onProgress'];

	constructor(report: FillOptions['onProgress']) {
		this.#report = report;
	}

	/** git rewrites one line: "Updating files:  12% (24/200)\r". */
	read(text: string): void {
		const lines = (this.#rest + text).split(/[\r\n]/);
		this.#rest = (lines.pop() ?? '').slice(-256);
		const last = lines.findLast((line) => line.startsWith('Updating files'));
		const counts = /\((\d+)\/(\d+)\)/.exec(last ?? '');
		if (counts) this.#report?.(Number(counts[1]), Number(counts[2]));
	}
}
