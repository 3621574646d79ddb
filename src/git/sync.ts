// Bringing the base, or another agent's work, into an agent's worktree. The supervisor does what `git
// merge` would, with its own git directory, and leaves the agent's git directory as that merge would have
// left it: files with conflict markers, stages in the index, MERGE_HEAD. The agent's own `git status` then
// shows an ordinary merge, to be resolved and committed by the agent. The agent must be idle.

import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { replaceFile } from '../lib/replace-file.ts';
import { bringFiles, underWayIn } from './bring-files.ts';
import { changedPaths } from './changes.ts';
import { readSmall } from './files.ts';
import { filteredIn } from './filtered.ts';
import { type GitPlace, git } from './git.ts';
import { type LandedBefore, relate } from './landed-before.ts';
import { layGitDir } from './lay-git-dir.ts';
import {
	type ConflictStage,
	type MergedTree,
	makeCommit,
	mergeTrees,
	weirIdentity,
} from './merge-tree.ts';
import { publish } from './publish.ts';
import { changeRefs, isAncestor, readCommit, readRef } from './refs.ts';
import { listUncommitted } from './uncommitted.ts';
import { syncedRef, type Worktree } from './worktree.ts';

export interface Synced {
	/** `clean`: merged, waiting for the agent's commit. `conflict`: files hold markers. */
	readonly kind: 'up-to-date' | 'clean' | 'conflict';
	/** The commit of the base that was brought in. */
	readonly base: string;
	readonly conflicts: readonly string[];
	/** What git says about each conflict, for the prompt. */
	readonly notes: readonly string[];
}

/**
 * Starts a merge of the base into the agent's branch. Idempotent: run again after a crash it goes
 * on with the same merge. Uncommitted work in files that the merge does not touch stays; the
 * agent's staging of it is forgotten, its content is not. Refuses with `base.unknown`,
 * `sync.dirty` (names the files), `sync.busy`, `sync.filtered`, and as `publish`.
 */
export async function bringBase(
	worktree: Worktree,
	baseBranch: string,
	before: LandedBefore | null,
): Promise<Outcome<Synced>> {
	const { repository } = worktree;
	const published = await publish(worktree);
	if (!published.ok) return published;
	const tip = published.value.tip;
	const begun = await readBegun(worktree);
	const again = begun?.tip === tip;
	const base = again
		? begun.base
		: await readCommit(repository.place, `refs/heads/${baseBranch}`);
	if (base === null) return refuse('base.unknown', `there is no branch ${baseBranch}`);
	const related = await relate(repository, base, tip, before);
	return bring(worktree, {
		...{ tip, other: base, again },
		ours: { branch: worktree.branch, commit: related.tip },
		theirs: { branch: baseBranch, commit: related.base },
	});
}

/** Another agent's work, and how it is called in conflict markers. */
export interface Side {
	readonly branch: string;
	readonly commit: string;
	/** Its last landing on the base. */
	readonly before: LandedBefore | null;
}

/**
 * Starts a merge of another agent's work into a worktree that was made of the base, which is called by
 * its name. Idempotent as `bringBase`, and refuses as it does.
 */
export async function bringSide(
	worktree: Worktree,
	baseBranch: string,
	{ branch, commit, before }: Side,
): Promise<Outcome<Synced>> {
	const { repository } = worktree;
	const published = await publish(worktree);
	if (!published.ok) return published;
	const { tip } = published.value;
	const again = (await readBegun(worktree))?.tip === tip;
	const related = await relate(repository, tip, commit, before);
	return bring(worktree, {
		...{ tip, other: commit, again },
		ours: { branch: baseBranch, commit: related.base },
		theirs: { branch, commit: related.tip },
	});
}

interface Named {
	readonly branch: string;
	readonly commit: string;
}

interface Merging {
	/** What stands in the worktree. */
	readonly tip: string;
	/** The commit that is merged into it. */
	readonly other: string;
	/** An earlier try was cut short. */
	readonly again: boolean;
	/** As git is to be told of the two: see `relate`. */
	readonly ours: Named;
	readonly theirs: Named;
}

async function bring(
	worktree: Worktree,
	{ tip, other, again, ours, theirs }: Merging,
): Promise<Outcome<Synced>> {
	const { repository } = worktree;
	if (await isAncestor(repository.place, other, tip))
		return ok({ kind: 'up-to-date', base: other, conflicts: [], notes: [] });
	const merged = await mergeNamed(worktree, ours, theirs);
	const done = (await mergeHead(worktree)) === other;
	if (!done) {
		const free = await checkFree(worktree, tip, merged, again);
		if (!free.ok) return free;
		await keepObjects(worktree, merged.tree, [tip, other]);
		await replaceFile(begunFile(worktree), JSON.stringify({ tip, base: other }));
		const stages = merged.kind === 'conflict' ? merged.stages : [];
		const from = { from: tip, tree: merged.tree, again };
		const brought = await bringFiles(worktree, from, (place) => stage(place, stages));
		if (!brought.ok) {
			await rm(begunFile(worktree), { force: true });
			return refuseDirty(worktree, [brought.refusal.message]);
		}
		await stateMerge(worktree, { tip, other, branch: theirs.branch, merged });
	}
	await rm(begunFile(worktree), { force: true });
	return ok({
		kind: merged.kind,
		base: other,
		conflicts: merged.kind === 'conflict' ? merged.files : [],
		notes: merged.notes,
	});
}

/** git puts what it was given into the conflict markers, so it is given names. */
async function mergeNamed(
	{ repository, stateDir }: Worktree,
	ours: Named,
	theirs: Named,
): Promise<MergedTree> {
	const gitDir = await mkdtemp(join(stateDir, 'names-'));
	try {
		await layGitDir(gitDir, repository, {
			objects: join(repository.commonDir, 'objects'),
			refs: {
				[`refs/heads/${ours.branch}`]: ours.commit,
				[`refs/heads/${theirs.branch}`]: theirs.commit,
			},
			bare: true,
		});
		return await mergeTrees({ place: { gitDir } }, ours.branch, theirs.branch);
	} finally {
		await rm(gitDir, { recursive: true, force: true });
	}
}

function begunFile(worktree: Worktree): string {
	return join(worktree.stateDir, 'sync.json');
}

async function readBegun(
	worktree: Worktree,
): Promise<{ tip: string; base: string } | null> {
	const text = await readSmall(begunFile(worktree));
	// Written by `bringBase`, at once and whole.
	return text === null ? null : (JSON.parse(text) as { tip: string; base: string });
}

async function mergeHead(worktree: Worktree): Promise<string | null> {
	return (await readSmall(join(worktree.privateDir, 'MERGE_HEAD')))?.trim() ?? null;
}

async function checkFree(
	worktree: Worktree,
	tip: string,
	merged: MergedTree,
	again: boolean,
): Promise<Outcome<void>> {
	const unfinished = underWayIn(worktree);
	if (unfinished !== null) {
		return refuse(
			'sync.busy',
			`${worktree.agent} is in the middle of something of its own (${unfinished})`,
			`let ${worktree.agent} finish or abort it`,
		);
	}
	if (again) return ok(undefined);
	const { repository } = worktree;
	const changes = await changedPaths(repository, tip, merged.tree);
	const touched = new Set(changes.map((change) => change.path));
	const filtered = await filteredIn(repository, tip, [...touched]);
	if (filtered.length > 0) {
		return refuse(
			'sync.filtered',
			`${filtered.slice(0, 5).join(', ')} must go through a git filter, which weir does not run`,
			`let ${worktree.agent} merge by itself`,
		);
	}
	const { files } = await listUncommitted(worktree, tip);
	const dirty = files.filter(({ path }) => touched.has(path)).map(({ path }) => path);
	return dirty.length === 0 ? ok(undefined) : refuseDirty(worktree, dirty);
}

function refuseDirty(worktree: Worktree, files: readonly string[]): Outcome<never> {
	return refuse(
		'sync.dirty',
		`${worktree.agent} has uncommitted changes in files the base changed too: ${files.slice(0, 8).join(', ')}`,
		`let ${worktree.agent} commit them first`,
	);
}

/** The merged files live in the user's object store, which prunes what no ref names. */
async function keepObjects(
	worktree: Worktree,
	tree: string,
	parents: readonly string[],
): Promise<void> {
	const { repository } = worktree;
	const message = 'weir: what was brought in\n';
	const commit = await makeCommit(repository, {
		tree,
		parents,
		message,
		env: weirIdentity,
	});
	await repository.lanes.refs.run(async () => {
		const ref = syncedRef(worktree.agent);
		const from = await readRef(repository.place, ref);
		const kept = await changeRefs(
			repository.place,
			[{ ref, from, to: commit }],
			'weir: sync',
		);
		if (!kept.ok) throw new Error(kept.refusal.message);
	});
}

/** Puts the sides of each conflict into the index, in the place of the file with markers. */
async function stage(place: GitPlace, stages: readonly ConflictStage[]): Promise<void> {
	if (stages.length === 0) return;
	const paths = [...new Set(stages.map(({ path }) => path))];
	const none = '0'.repeat(stages[0]?.object.length ?? 40);
	const lines = paths.map((path) => `0 ${none} 0\t${path}\0`);
	for (const { mode, object, stage, path } of stages) {
		lines.push(`${mode} ${object} ${stage}\t${path}\0`);
	}
	await git(place, ['update-index', '-z', '--index-info'], { input: lines.join('') });
}

/** The files by which git knows that a merge is under way; MERGE_HEAD last, because it decides. */
async function stateMerge(
	worktree: Worktree,
	merge: {
		readonly tip: string;
		readonly other: string;
		/** Of the other one. */
		readonly branch: string;
		readonly merged: MergedTree;
	},
): Promise<void> {
	const { privateDir, branch } = worktree;
	const conflicts = merge.merged.kind === 'conflict' ? merge.merged.files : [];
	const listed = conflicts.map((path) => `#\t${path}\n`).join('');
	const trailer = conflicts.length > 0 ? `\n# Conflicts:\n${listed}` : '';
	const message = `Merge branch '${merge.branch}' into ${branch}\n${trailer}`;
	await replaceFile(join(privateDir, 'ORIG_HEAD'), `${merge.tip}\n`);
	await replaceFile(join(privateDir, 'MERGE_MSG'), message);
	await replaceFile(join(privateDir, 'MERGE_MODE'), '');
	await replaceFile(join(privateDir, 'MERGE_HEAD'), `${merge.other}\n`);
}
