// A folder in which gates run, one at a time: a tree laid out, and a git directory for what runs there.
// Gates run code that agents wrote, and may write all of it; so weir looks at it through a git
// directory and an index of its own, and never obeys what lies in it.
//
//   <worktree.root>/.gates/<slot>/          the files
//   <worktree.root>/.gates/<slot>/.git/     for the gate: HEAD is a commit of the tree; made anew each time
//   <common>/weir/gates/<slot>/             weir's index and excludes, and what is laid out
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mountsBelow } from '../lib/mounts.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { readIfThere } from '../lib/read-if-there.ts';
import { type Excluding, excludeFileOf } from './excludes.ts';
import { removeTree } from './files.ts';
import type { GitPlace } from './git.ts';
import { type Repository, stateDirOf } from './repository.ts';
import { unflushed } from './tree-store.ts';

export interface GateWorktree extends Excluding {
	/** For commands of weir on these files. */
	readonly place: GitPlace;
}

/** What is laid out in a gate worktree. */
export interface LaidTree {
	readonly tree: string;
	/** HEAD there: a commit of the tree, the same each time for the same tree and parent. */
	readonly commit: string;
	readonly parent: string;
}

/** The gate worktree of a slot; it need not be there yet. `root` is the folder of all worktrees. */
export function gateWorktreeAt(
	repository: Repository,
	root: string,
	slot: string,
): GateWorktree {
	const path = join(root, '.gates', slot);
	const stateDir = join(stateDirOf(repository), 'gates', slot);
	const excludes = `core.excludesFile=${excludeFileOf({ stateDir })}`;
	const neutral = [...(repository.place.neutral ?? []), excludes, unflushed];
	return {
		repository,
		path,
		stateDir,
		privateDir: join(path, '.git'),
		place: { gitDir: join(stateDir, 'git'), workTree: path, neutral },
	};
}

/** What was laid out last and to its end; null where none was. */
export async function laidTree(gate: GateWorktree): Promise<LaidTree | null> {
	const text = await readIfThere(laidFile(gate));
	// Written by `layTree`, at once and whole.
	return text === null ? null : (JSON.parse(text) as LaidTree);
}

export function laidFile(gate: GateWorktree): string {
	return join(gate.stateDir, 'laid.json');
}

/** Refuses with `gate.mounted` where something is mounted within: weir would remove what lies there. */
export async function requireUnmounted({ path }: GateWorktree): Promise<Outcome<void>> {
	const [mount] = await mountsBelow(path);
	if (mount === undefined) return ok(undefined);
	return refuse('gate.mounted', `something is mounted at ${mount}`, `umount ${mount}`);
}

/** Takes the gate worktree away, with all that ran there left behind. Idempotent. Refuses as above. */
export async function removeGateWorktree(gate: GateWorktree): Promise<Outcome<void>> {
	const free = await requireUnmounted(gate);
	if (!free.ok) return free;
	await rm(laidFile(gate), { force: true });
	await removeTree(gate.path);
	await rm(gate.stateDir, { recursive: true, force: true });
	return ok(undefined);
}
