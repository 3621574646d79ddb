// Moves a branch by compare-and-swap, together with the checkouts that have it. What is under way
// is written down first, so that a crash at any point can be finished or taken back.
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../lib/error-words.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { readIfThere } from '../lib/read-if-there.ts';
import { replaceDurably } from '../lib/replace-file.ts';
import {
	type CheckoutMove,
	finishCheckout,
	followBranch,
	lockCheckout,
	releaseCheckout,
} from './checkout-move.ts';
import { branchInRebase, type Checkout, listCheckouts } from './checkouts.ts';
import { changeRefs, isAncestor, type RefChange, readRef } from './refs.ts';
import { type Repository, stateDirOf } from './repository.ts';

export interface BranchMove {
	readonly id: string;
	/** Short name of the branch. */
	readonly branch: string;
	readonly from: string;
	readonly to: string;
	/** Refs that move in the same transaction; the first is the proof that it happened. */
	readonly also: readonly [RefChange, ...RefChange[]];
	readonly message: string;
}

export interface Moved {
	/** Files left alone because they were edited after a crash; they show as changed now. */
	readonly kept: readonly string[];
	/** Why a checkout could not follow yet: `finishMoves` brings it along. */
	readonly waits: string | null;
}

/**
 * Moves the branch from `from` to `to`, or nothing at all. Refuses with `base.moved` when the branch
 * is elsewhere by now, `base.dirty`, `base.busy` or `base.filtered` for a checkout in the way. Once the
 * branch has moved it has moved: a checkout that cannot follow, for a full disk, waits.
 * Not to be repeated with the same id after it said ok; after a crash ask `finishMove` first.
 */
export async function moveBranch(
	repository: Repository,
	move: BranchMove,
): Promise<Outcome<Moved>> {
	return repository.lanes.refs.run(async () => {
		const earlier = await finishEarlier(repository);
		if (!earlier.ok) return earlier;
		const checkouts = await checkoutsOf(repository, move.branch);
		if (!checkouts.ok) return checkouts;
		const steps: CheckoutMove[] = checkouts.value.map((checkout) => ({
			id: move.id,
			checkout: { path: checkout.path, gitDir: checkout.gitDir },
			from: move.from,
			to: move.to,
		}));
		await record(repository, { ...move, steps });
		const locked = await lockAll(repository, checkouts.value, move);
		if (!locked.ok) {
			await forget(repository, move.id);
			return locked;
		}
		const swapped = await swap(repository, move);
		if (!swapped.ok) {
			for (const step of steps) await releaseCheckout(step);
			await forget(repository, move.id);
			return swapped;
		}
		const kept: string[] = [];
		try {
			for (const step of steps) kept.push(...(await follow(repository, step)));
			await forget(repository, move.id);
		} catch (error) {
			console.error(`a checkout of ${move.branch} cannot follow yet:`, error);
			return ok({ kept, waits: messageOf(error) });
		}
		return ok({ kept, waits: null });
	});
}

/**
 * Finishes the move that makes `ref` as well and that a crash cut short, or takes its locks back when
 * the branch had not moved yet. Idempotent; says null when no such move is under way.
 */
export async function finishMove(
	repository: Repository,
	ref: string,
): Promise<Outcome<Moved | null>> {
	return repository.lanes.refs.run(async () => {
		for (const id of await movesUnderWay(repository)) {
			const move = await readMove(repository, id);
			if (!move?.also.some((change) => change.ref === ref)) continue;
			const moved = await hasMoved(repository, move);
			try {
				return await finish(repository, id);
			} catch (error) {
				if (moved) return ok({ kept: [], waits: messageOf(error) });
				throw error;
			}
		}
		return ok(null);
	});
}

/** Finishes or takes back every move that a crash cut short. */
export async function finishMoves(repository: Repository): Promise<Outcome<void>> {
	return repository.lanes.refs.run(() => finishEarlier(repository));
}

interface Recorded extends BranchMove {
	readonly steps: readonly CheckoutMove[];
}

async function finishEarlier(repository: Repository): Promise<Outcome<void>> {
	for (const id of await movesUnderWay(repository)) {
		const finished = await finish(repository, id);
		if (!finished.ok) return finished;
	}
	return ok(undefined);
}

async function finish(
	repository: Repository,
	id: string,
): Promise<Outcome<Moved | null>> {
	const move = await readMove(repository, id);
	if (move === null) return ok(null);
	if (!(await hasMoved(repository, move))) {
		for (const step of move.steps) await releaseCheckout(step);
		await forget(repository, id);
		return ok(null);
	}
	const kept: string[] = [];
	for (const step of move.steps) {
		const finished = await finishCheckout(repository, step);
		if (!finished.ok) return finished;
		kept.push(...finished.value.kept);
	}
	await forget(repository, id);
	return ok({ kept, waits: null });
}

async function movesUnderWay(repository: Repository): Promise<string[]> {
	const names = await readdir(movesDir(repository)).catch(() => []);
	return names
		.filter((name) => name.endsWith('.json'))
		.map((name) => Buffer.from(name.slice(0, -5), 'base64url').toString('utf8'));
}

async function readMove(repository: Repository, id: string): Promise<Recorded | null> {
	const text = await readIfThere(recordOf(repository, id));
	// Written by `record`, at once and whole.
	return text === null ? null : (JSON.parse(text) as Recorded);
}

async function hasMoved(repository: Repository, move: Recorded): Promise<boolean> {
	const [proof] = move.also;
	if ((await readRef(repository.place, proof.ref)) !== proof.to) return false;
	const tip = await readRef(repository.place, `refs/heads/${move.branch}`);
	return tip !== null && (await isAncestor(repository.place, move.to, tip));
}

async function checkoutsOf(
	repository: Repository,
	branch: string,
): Promise<Outcome<readonly Checkout[]>> {
	const ref = `refs/heads/${branch}`;
	const all = await listCheckouts(repository);
	for (const checkout of all) {
		if (checkout.branch !== null || (await branchInRebase(checkout)) !== ref) continue;
		return refuse(
			'base.busy',
			`${branch} is being rebased in ${checkout.path}`,
			'finish or abort the rebase there',
		);
	}
	return ok(all.filter((checkout) => checkout.branch === ref));
}

async function lockAll(
	repository: Repository,
	checkouts: readonly Checkout[],
	move: BranchMove,
): Promise<Outcome<void>> {
	const locked: CheckoutMove[] = [];
	for (const checkout of checkouts) {
		const step = { id: move.id, from: move.from, to: move.to };
		const taken = await lockCheckout(repository, checkout, step);
		if (!taken.ok) {
			for (const earlier of locked) await releaseCheckout(earlier);
			return taken;
		}
		locked.push({ ...step, checkout });
	}
	return ok(undefined);
}

async function swap(repository: Repository, move: BranchMove): Promise<Outcome<void>> {
	const ref = `refs/heads/${move.branch}`;
	const changes = [{ ref, from: move.from, to: move.to }, ...move.also];
	const moved = await changeRefs(repository.place, changes, move.message);
	if (moved.ok || moved.refusal.code !== 'ref.moved') return moved;
	return refuse('base.moved', `${move.branch} has moved meanwhile`, 'merge again');
}

async function follow(
	repository: Repository,
	step: CheckoutMove,
): Promise<readonly string[]> {
	try {
		await followBranch(repository, step);
		return [];
	} catch (cause) {
		// The branch has moved, so the only way is forward, around what is in the way now.
		const finished = await finishCheckout(repository, step);
		if (finished.ok) return finished.value.kept;
		throw new Error(finished.refusal.message, { cause });
	}
}

function movesDir(repository: Repository): string {
	return join(stateDirOf(repository), 'moves');
}

function recordOf(repository: Repository, id: string): string {
	return join(movesDir(repository), `${Buffer.from(id).toString('base64url')}.json`);
}

async function record(repository: Repository, move: Recorded): Promise<void> {
	await mkdir(movesDir(repository), { recursive: true, mode: 0o700 });
	await replaceDurably(recordOf(repository, move.id), JSON.stringify(move));
}

async function forget(repository: Repository, id: string): Promise<void> {
	await rm(recordOf(repository, id), { force: true });
}
