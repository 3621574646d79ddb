// Refs by compare-and-swap. Every change goes through one transaction: all of it or nothing.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { GitFailure, type GitPlace, git, runGit } from './git.ts';

/** `from: null` demands that the ref does not exist, `to: null` deletes it. */
export interface RefChange {
	readonly ref: string;
	readonly from: string | null;
	readonly to: string | null;
}

/** The commit (or object) a ref names, or null. */
export async function readRef(place: GitPlace, ref: string): Promise<string | null> {
	const result = await runGit(place, [
		'rev-parse',
		'--verify',
		'--quiet',
		'--end-of-options',
		ref,
	]);
	if (result.code === 1 || result.code === 128) return null;
	if (result.code !== 0) throw new GitFailure(['rev-parse', ref], result);
	return result.stdout.toString('utf8').trim();
}

/** As `readRef` with a full name; asks no git where the ref has a file of its own. */
export async function readRefFile(place: GitPlace, ref: string): Promise<string | null> {
	const said = await readFile(join(place.gitDir, ref), 'utf8').catch(() => '');
	return /^[0-9a-f]{40,64}(?=\n?$)/.exec(said)?.[0] ?? readRef(place, ref);
}

/** The commit a revision names, or null; tags are followed. */
export async function readCommit(
	place: GitPlace,
	revision: string,
): Promise<string | null> {
	if (revision.startsWith('-') || revision.includes('\0')) return null;
	return readRef(place, `${revision}^{commit}`);
}

/** Whether `descendant` contains `ancestor`; a commit contains itself. */
export async function isAncestor(
	place: GitPlace,
	ancestor: string,
	descendant: string,
): Promise<boolean> {
	const args = ['merge-base', '--is-ancestor', ancestor, descendant];
	const result = await runGit(place, args);
	if (result.code > 1) throw new GitFailure(args, result);
	return result.code === 0;
}

/** Below it, a ref for each agent: see `anchorOf` in `worktree`. */
export const anchors = 'refs/weir/anchor/';

export interface NamedRef {
	readonly ref: string;
	readonly target: string;
	/** The ref this one points at by name, or ''. */
	readonly symbolic: string;
}

/** All refs under the given prefixes, sorted by name. */
export async function listRefs(
	place: GitPlace,
	prefixes: readonly string[],
): Promise<NamedRef[]> {
	const text = await git(place, [
		'for-each-ref',
		'--format=%(objectname) %(refname) %(symref)',
		...prefixes,
	]);
	const refs: NamedRef[] = [];
	for (const line of text.toString('utf8').split('\n')) {
		const [target, ref, symbolic] = line.split(' ');
		if (target && ref) refs.push({ ref, target, symbolic: symbolic ?? '' });
	}
	return refs;
}

/**
 * Moves all refs or none. A ref that is not where `from` says is refused with `ref.moved`; an
 * unusable name with `ref.blocked`. Not idempotent by itself: callers ask first whether a ref that
 * only they create is there already.
 */
export function changeRefs(
	place: GitPlace,
	changes: readonly RefChange[],
	message: string,
): Promise<Outcome<void>> {
	const carryOut = () => updateRefs(place, changes, message);
	return place.follow ? place.follow(changes, carryOut) : carryOut();
}

async function updateRefs(
	place: GitPlace,
	changes: readonly RefChange[],
	message: string,
): Promise<Outcome<void>> {
	const lines = changes.map(instruction).join('');
	const input = `start\0${lines}prepare\0commit\0`;
	const args = ['update-ref', '-m', message, '--stdin', '-z'];
	const result = await runGit(place, args, { input });
	if (result.code === 0) return ok(undefined);
	if (/but expected|reference already exists|unable to resolve/.test(result.stderr)) {
		return refuse('ref.moved', `a ref has moved meanwhile: ${lastLine(result.stderr)}`);
	}
	if (/exists; cannot create|is not a valid ref|refusing to update/.test(result.stderr)) {
		return refuse('ref.blocked', `a ref cannot be made: ${lastLine(result.stderr)}`);
	}
	throw new GitFailure(args, result);
}

function instruction(change: RefChange): string {
	if (change.to === null) {
		return `delete ${change.ref}\0${change.from ?? ''}\0`;
	}
	if (change.from === null) return `create ${change.ref}\0${change.to}\0`;
	return `update ${change.ref}\0${change.to}\0${change.from}\0`;
}

function lastLine(text: string): string {
	return text.trim().split('\n').at(-1) ?? '';
}
