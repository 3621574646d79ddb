// Puts a hunk of what stands in a worktree into the agent's own index, as `git add --patch` does, without its
// configuration: what of the hunk the index lacks, and nothing else of the file.
import type { Hunk } from '../domain/review/hunk.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import type { Side } from './changes.ts';
import { ownPlace } from './conflicts.ts';
import { exchanged, rangeOf } from './file-lines.ts';
import { type GitPlace, git, gitList, gitText } from './git.ts';
import { diffBlobs, parseHunks, readHunks } from './hunks.ts';
import type { Worktree } from './worktree.ts';

export interface StageOrder {
	readonly path: string;
	readonly old: Side | null;
	readonly new: Side | null;
	/** By its first lines. */
	readonly hunk: { readonly old: number; readonly new: number };
}

/**
 * `place` must have both contents. Refuses with `stage.nothing` where the index has all of it, `stage.conflict`
 * where the file is in conflict there, `stage.kind` where no hunk can be staged.
 */
export async function stageHunk(
	worktree: Worktree,
	place: GitPlace,
	order: StageOrder,
): Promise<Outcome<void>> {
	const { path, old, new: now } = order;
	if ([old, now].some((side) => side && !side.mode.startsWith('100')))
		return refuse('stage.kind', `${path} is no file of lines`);
	const own = ownPlace(worktree);
	const entries = await entriesOf(own, path);
	const [entry = null] = entries;
	if (entries.length > 1 || (entry && entry.stage !== '0'))
		return refuse('stage.conflict', `${path} is in conflict in the index`);
	if (!now) {
		if (!entry) return nothing(path);
		await updateIndex(own, `0 ${'0'.repeat(entry.object.length)}\t${path}`);
		return ok(undefined);
	}
	const wanted = await wantedOf(place, own, order, entry);
	if (!wanted.ok) return wanted;
	const object = await writeBlob(own, wanted.value);
	if (entry?.object === object && entry.mode === now.mode) return nothing(path);
	await updateIndex(own, `${now.mode} ${object}\t${path}`);
	return ok(undefined);
}

function nothing(path: string): Outcome<never> {
	return refuse('stage.nothing', `this hunk of ${path} is staged or committed already`);
}

interface Entry extends Side {
	readonly stage: string;
}

export async function entriesOf(
	place: GitPlace,
	path: string,
): Promise<readonly Entry[]> {
	// No argument holds a name that is no UTF-8.
	const among = path.isWellFormed() ? ['--', path] : [];
	const fields = await gitList(place, ['ls-files', '--stage', '-z', ...among]);
	return fields.flatMap((field) => {
		const tab = field.indexOf('\t');
		const [mode, object, stage] = field.slice(0, tab).split(' ');
		if (field.slice(tab + 1) !== path || !mode || !object || !stage) return [];
		return { mode, object, stage };
	});
}

/** What the index has of the file, with what it lacks of the hunk. */
async function wantedOf(
	place: GitPlace,
	own: GitPlace,
	{ path, old, new: now, hunk }: StageOrder,
	entry: Entry | null,
): Promise<Outcome<Buffer>> {
	const stands = await git(place, ['cat-file', 'blob', now?.object ?? '']);
	// A file that the index has nothing of goes there as a whole.
	if (!entry || !now) return ok(stands);
	const { hunks } = await readHunks(place, old?.object ?? null, now.object);
	const found = hunks.find((one) => one.old === hunk.old && one.new === hunk.new);
	if (!found)
		return refuse('stage.kind', `${path} has no such hunk, or one that was cut`);
	const staged = await git(own, ['cat-file', 'blob', entry.object]);
	const known = await writeBlob(place, staged);
	const patch = await diffBlobs(place, known, now.object, 0);
	const lacking = parseHunks(patch.toString('utf8')).filter((one) => meets(one, found));
	return ok(exchanged({ bytes: staged, side: 'old' }, stands, lacking));
}

/** They change the same lines of what stands there, or lines beside each other. */
export function meets(one: Hunk, other: Hunk): boolean {
	const [first, end] = rangeOf(one, 'new');
	const [from, to] = rangeOf(other, 'new');
	return first <= to && end >= from;
}

export function writeBlob(place: GitPlace, bytes: Buffer): Promise<string> {
	const args = ['hash-object', '-w', '--no-filters', '--stdin'];
	return gitText(place, args, { input: bytes });
}

async function updateIndex(place: GitPlace, line: string): Promise<void> {
	await git(place, ['update-index', '-z', '--index-info'], { input: `${line}\0` });
}
