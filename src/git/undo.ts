// Taking a landing back: the base moves back while nobody built on it, else a revert is made.
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { type BranchMove, finishMove, moveBranch } from './branch-move.ts';
import { git } from './git.ts';
import { identityEnv, userIdentity } from './identity.ts';
import { readLanding } from './landing.ts';
import { makeCommit, mergeTrees, treeOf, weirIdentity } from './merge-tree.ts';
import { readCommit, readRef } from './refs.ts';
import type { Repository } from './repository.ts';

export interface UndoPlan {
	/** Of this undoing. */
	readonly id: string;
	/** Of the landing. */
	readonly landing: string;
	/** Short name of the base branch. */
	readonly base: string;
}

export interface Undone {
	readonly kind: 'moved-back' | 'reverted';
	readonly old: string;
	readonly new: string;
	readonly kept: readonly string[];
}

/** Where the base is after an undoing; proof that it happened. */
export function undoneRef(id: string): string {
	return `refs/weir/undone/${id}`;
}

/**
 * Moves the base back to where it was. Idempotent by id. Refuses with `undo.unknown`,
 * `undo.built-on` or `undo.pushed` (both: a revert is the way), and as `moveBranch` does.
 */
export async function undoLanding(
	repository: Repository,
	plan: UndoPlan,
): Promise<Outcome<Undone>> {
	const subject = await subjectOf(repository, plan);
	if (!subject.ok) return subject;
	const { landed, before, tip, done } = subject.value;
	if (done !== null) return finished(repository, plan, 'moved-back', landed, done);
	if (tip !== landed) {
		return refuse(
			'undo.built-on',
			`${plan.base} has commits on top of this landing`,
			`weir undo ${plan.landing} --revert`,
		);
	}
	const remote = await remoteWith(repository, landed);
	if (remote !== null) {
		return refuse(
			'undo.pushed',
			`this landing has been pushed to ${remote}`,
			`weir undo ${plan.landing} --revert`,
		);
	}
	const moved = await moveBranch(repository, moveOf(plan, landed, before));
	if (!moved.ok) return moved;
	return ok({ kind: 'moved-back', old: landed, new: before, kept: moved.value.kept });
}

/**
 * Lands the opposite of a landing on top of the base, without a checkout. Idempotent by id. Refuses
 * with `undo.unknown`, `undo.conflict` (names the files), `undo.nothing`, and as `moveBranch` does.
 */
export async function revertLanding(
	repository: Repository,
	plan: UndoPlan,
	message: string,
): Promise<Outcome<Undone>> {
	const subject = await subjectOf(repository, plan);
	if (!subject.ok) return subject;
	const { landed, before, tip, done } = subject.value;
	if (done !== null) return finished(repository, plan, 'reverted', landed, done);
	const user = await userIdentity(repository);
	if (!user.ok) return user;
	// git 2.39 cannot be told a merge base; a commit that stands on the landing tells it.
	const opposite = await makeCommit(repository, {
		tree: await treeOf(repository, before),
		parents: [landed],
		message: 'weir: opposite\n',
		env: weirIdentity,
	});
	const merged = await mergeTrees(repository, tip, opposite);
	if (merged.kind === 'conflict') {
		return refuse(
			'undo.conflict',
			`later commits changed the same lines: ${merged.files.slice(0, 8).join(', ')}`,
			`git revert ${landed}`,
		);
	}
	if (merged.tree === (await treeOf(repository, tip))) {
		return refuse('undo.nothing', `nothing of this landing is left on ${plan.base}`);
	}
	const commit = await makeCommit(repository, {
		tree: merged.tree,
		parents: [tip],
		message: `${message.trimEnd()}\n`,
		env: identityEnv(user.value, user.value),
	});
	const moved = await moveBranch(repository, moveOf(plan, tip, commit));
	if (!moved.ok) return moved;
	return ok({ kind: 'reverted', old: tip, new: commit, kept: moved.value.kept });
}

interface Subject {
	readonly landed: string;
	readonly before: string;
	readonly tip: string;
	/** Where the base went when this undoing has happened already. */
	readonly done: string | null;
}

async function subjectOf(
	repository: Repository,
	plan: UndoPlan,
): Promise<Outcome<Subject>> {
	const { place } = repository;
	const landing = await readLanding(repository, plan.landing);
	const tip = await readRef(place, `refs/heads/${plan.base}`);
	if (landing === null || tip === null) {
		return refuse(
			'undo.unknown',
			`no landing ${plan.landing} on ${plan.base} is on record`,
			'weir log',
		);
	}
	const { commit: landed, onto: before } = landing;
	return ok({ landed, before, tip, done: await readRef(place, undoneRef(plan.id)) });
}

async function finished(
	repository: Repository,
	plan: UndoPlan,
	kind: Undone['kind'],
	landed: string,
	done: string,
): Promise<Outcome<Undone>> {
	const move = await finishMove(repository, undoneRef(plan.id));
	if (!move.ok) return move;
	const parent = await readCommit(repository.place, `${done}^1`);
	const old = kind === 'reverted' && parent !== null ? parent : landed;
	return ok({ kind, old, new: done, kept: move.value?.kept ?? [] });
}

async function remoteWith(
	repository: Repository,
	commit: string,
): Promise<string | null> {
	const args = ['for-each-ref', '--count=1', '--format=%(refname:short)'];
	const said = await git(repository.place, [
		...args,
		'--contains',
		commit,
		'refs/remotes/',
	]);
	return said.toString('utf8').trim() || null;
}

function moveOf(plan: UndoPlan, from: string, to: string): BranchMove {
	return {
		id: plan.id,
		branch: plan.base,
		from,
		to,
		also: [{ ref: undoneRef(plan.id), from: null, to }],
		message: `weir: undo ${plan.landing}`,
	};
}
