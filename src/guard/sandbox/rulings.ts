// What of a worktree a program may write, as folders and files that are there: a scope is a language of
// paths, a sandbox knows only what lies on the disk. Pure; `survey.ts` looks.

/** A folder of which only part is in the scope. */
export interface PartFolder {
	/** Relative to the worktree; '' is the worktree. */
	readonly path: string;
	/** A file that lies in it, be it one that is made later, may be in the scope. */
	readonly direct: boolean;
	/** Files that are there. */
	readonly covered: number;
	readonly uncovered: readonly string[];
	/** Folders that are there, by how much of them is in the scope. */
	readonly all: readonly string[];
	readonly none: readonly string[];
	readonly parts: readonly PartFolder[];
	/** There was too much to look at: what is below is not told. */
	readonly unread: boolean;
}

export type Survey = 'all' | 'none' | PartFolder;

/** What a later one says of a path stands over what an earlier one says of a folder above. */
export interface Ruling {
	readonly path: string;
	readonly writable: boolean;
}

export interface Rulings {
	readonly places: readonly Ruling[];
	/** Paths beside the scope that can be written all the same. */
	readonly loose: number;
}

/** More mounts than these make a start slow: their cost grows faster than their number. */
const mostPlaces = 200;

/**
 * A folder in which files are in the scope becomes writable, and what else is there read-only: only so
 * can a tool write a new file beside the old one and rename it. Where that takes too many places, whole
 * folders become writable, those first that take the most.
 */
export function rulingsFor(survey: Survey, most = mostPlaces): Rulings {
	if (survey === 'none') return { places: [], loose: 0 };
	if (survey === 'all') return { places: [{ path: '', writable: true }], loose: 0 };
	const whole = new Set<PartFolder>(foldersOf(survey).filter(({ unread }) => unread));
	const widest = foldersOf(survey).toSorted(
		(one, other) => ownPlaces(other) - ownPlaces(one),
	);
	for (const folder of widest) {
		if (countPlaces(survey, false, whole) <= most) break;
		whole.add(folder);
	}
	return { places: placesOf(survey, false, whole), loose: looseOf(survey, whole) };
}

/** How many `placesOf` would give. */
function countPlaces(
	folder: PartFolder,
	inWritable: boolean,
	whole: ReadonlySet<PartFolder>,
): number {
	if (whole.has(folder)) return inWritable ? 0 : 1;
	const open = isOpen(folder);
	const own = ownPlaces(folder) + (open === inWritable ? 0 : 1);
	return folder.parts.reduce((sum, part) => sum + countPlaces(part, open, whole), own);
}

function placesOf(
	folder: PartFolder,
	inWritable: boolean,
	whole: ReadonlySet<PartFolder>,
): Ruling[] {
	const { path, uncovered, all, none, parts } = folder;
	if (whole.has(folder)) return inWritable ? [] : [{ path, writable: true }];
	const open = isOpen(folder);
	const own = open === inWritable ? [] : [{ path, writable: open }];
	const shut = open ? [...uncovered, ...none] : all;
	return [
		...own,
		...shut.map((at) => ({ path: at, writable: !open })),
		...parts.flatMap((part) => placesOf(part, open, whole)),
	];
}

function isOpen({ direct, covered }: PartFolder): boolean {
	return direct || covered > 0;
}

function ownPlaces(folder: PartFolder): number {
	const { uncovered, all, none } = folder;
	return isOpen(folder) ? uncovered.length + none.length : all.length;
}

function foldersOf(folder: PartFolder): PartFolder[] {
	return [folder, ...folder.parts.flatMap(foldersOf)];
}

function looseOf(folder: PartFolder, whole: ReadonlySet<PartFolder>): number {
	if (whole.has(folder)) return outsideOf(folder);
	return folder.parts.reduce((sum, part) => sum + looseOf(part, whole), 0);
}

/** What is not told is at least one. */
function outsideOf({ uncovered, none, parts, unread }: PartFolder): number {
	const own = uncovered.length + none.length + (unread ? 1 : 0);
	return parts.reduce((sum, part) => sum + outsideOf(part), own);
}

/** Whether a path may be written by a plan. */
export function isWritable(places: readonly Ruling[], path: string): boolean {
	return places.findLast((place) => isWithin(path, place.path))?.writable ?? false;
}

/** Itself or below; '' holds all. */
export function isWithin(path: string, folder: string): boolean {
	return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
