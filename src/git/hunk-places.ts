// Which hunks of a file its agent has committed or staged, whoever did: its index and its last commit are
// compared with what stands on the disk.
import type { Hunk, HunkPlace } from '../domain/review/hunk.ts';
import { ownPlace } from './conflicts.ts';
import { type GitPlace, git, gitList } from './git.ts';
import { diffBlobs, parseHunks, readHunks } from './hunks.ts';
import { readPrivateHead } from './private-clone.ts';
import { entriesOf, meets, type StageOrder, writeBlob } from './stage-hunk.ts';
import type { Worktree } from './worktree.ts';

export type PlacesOrder = Omit<StageOrder, 'hunk'>;

/** In the order of the hunks; null where that is not to be told, as of a file in conflict. `place` as `stageHunk`. */
export async function hunkPlaces(
	worktree: Worktree,
	place: GitPlace,
	order: PlacesOrder,
): Promise<readonly HunkPlace[] | null> {
	const { path, old, new: now } = order;
	if ([old, now].some((side) => side && !side.mode.startsWith('100'))) return null;
	const head = await readPrivateHead(worktree.privateDir, worktree.branch);
	if (!head.ok || !path.isWellFormed()) return null;
	const own = ownPlace(worktree);
	const entries = await entriesOf(own, path);
	const [entry = null] = entries;
	if (entries.length > 1 || (entry && entry.stage !== '0')) return null;
	const committed = await objectAt(own, head.value.commit, path);
	const { hunks } = await readHunks(place, old?.object ?? null, now?.object ?? null);
	const [inHead, inIndex] = await Promise.all([
		lackingIn({ place, own }, committed, now?.object ?? null),
		lackingIn({ place, own }, entry?.object ?? null, now?.object ?? null),
	]);
	return hunks.map((hunk) => placeOf(hunk, inHead, inIndex));
}

/** What differs between a blob and what stands there; `all` where one of them is not. */
type Lacking = readonly Hunk[] | 'all';

interface Places {
	readonly place: GitPlace;
	readonly own: GitPlace;
}

async function lackingIn(
	{ place, own }: Places,
	object: string | null,
	stands: string | null,
): Promise<Lacking> {
	if (object === stands) return [];
	if (object === null || stands === null) return 'all';
	const known = await writeBlob(place, await git(own, ['cat-file', 'blob', object]));
	const patch = await diffBlobs(place, known, stands, 0);
	return parseHunks(patch.toString('utf8'));
}

async function objectAt(
	own: GitPlace,
	commit: string,
	path: string,
): Promise<string | null> {
	for (const field of await gitList(own, ['ls-tree', '-z', commit, '--', path])) {
		const tab = field.indexOf('\t');
		if (field.slice(tab + 1) === path) return field.slice(0, tab).split(' ')[2] ?? null;
	}
	return null;
}

function placeOf(hunk: Hunk, inHead: Lacking, inIndex: Lacking): HunkPlace {
	if (missingOf(hunk, inHead) === 0) return 'committed';
	const missing = missingOf(hunk, inIndex);
	if (missing === 0) return 'staged';
	return missing < changedIn(hunk) ? 'partly' : 'unstaged';
}

/** How many lines of the hunk are not there. */
function missingOf(hunk: Hunk, lacking: Lacking): number {
	if (lacking === 'all') return changedIn(hunk);
	return lacking
		.filter((one) => meets(one, hunk))
		.reduce((sum, one) => sum + changedIn(one), 0);
}

function changedIn({ lines }: Hunk): number {
	return lines.filter(({ sign }) => sign !== ' ').length;
}
