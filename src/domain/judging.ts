// What of a branch's changes its agent may not make. `weir done` and every landing ask this one
// function: it takes what git holds and nobody's word, and no switch.
import { type LinkAt, whereLinkLeads } from './link-target.ts';
import type { Outside, OutsideReason } from './outside.ts';
import { foldedText } from './scope/characters.ts';
import { folderCoverage } from './scope/coverage.ts';
import { covers, explainPath, type Scope, scopeOf } from './scope/scope.ts';

/** One end of a change, with its mode as git writes it: 120000 is a link, 160000 a submodule. */
export interface ChangedSide {
	readonly mode: string;
	/** Where a link leads, in its own words; null for all else. */
	readonly target: string | null;
}

/** A path that differs. A rename is two of these: what goes and what comes. */
export interface Change {
	readonly path: string;
	readonly from: ChangedSide | null;
	readonly to: ChangedSide | null;
}

/** What a change is judged beside. */
export interface Around {
	/** All links of the tree that would land, by path: a link may lead through another. */
	readonly links: ReadonlyMap<string, string>;
	/** All its paths, where names that differ in case alone are one file; null where they are not. */
	readonly paths: readonly string[] | null;
}

const linkMode = '120000';
const submoduleMode = '160000';
const nothingElse: Around = { links: new Map(), paths: null };

/** As an agent has it: no patterns are all but what must be named. */
export interface Scoped {
	readonly patterns: readonly string[];
	/** As the file systems do that it is checked out to. */
	readonly ignoreCase: boolean;
}

/** What lies outside of the scope, in the order of the changes; none is what may land. */
export function judgeChanges(
	{ patterns, ignoreCase }: Scoped,
	changes: readonly Change[],
	{ links, paths }: Around = nothingElse,
): readonly Outside[] {
	const scope = scopeOf(patterns, { ignoreCase });
	const named = namesOf(patterns);
	const linkAt = linksBy(links, ignoreCase);
	const twinOf = paths === null ? () => null : twinsIn(paths);
	return changes.flatMap((change): readonly Outside[] => {
		const { path, from, to } = change;
		const submodule = from?.mode === submoduleMode || to?.mode === submoduleMode;
		const outside = submodule
			? whyNotSubmodule(scope, path, named)
			: whyNotFile(scope, path);
		if (outside !== null) return [{ path, reason: outside, about: null }];
		const target = to?.mode === linkMode ? (to.target ?? '') : null;
		if (target !== null && !staysInside(scope, path, target, linkAt))
			return [{ path, reason: 'link', about: target }];
		const twin = to === null ? null : twinOf(path);
		return twin === null ? [] : [{ path, reason: 'twin', about: twin }];
	});
}

function whyNotFile(scope: Scope, path: string): OutsideReason | null {
	const { covered, mustBeNamed, ofGit } = explainPath(scope, path);
	if (covered) return null;
	if (ofGit) return 'git-name';
	return mustBeNamed ? 'must-be-named' : 'not-covered';
}

/** No wildcard is a yes to another repository: a pattern has to be just its path. */
function whyNotSubmodule(
	scope: Scope,
	path: string,
	named: ReadonlySet<string>,
): OutsideReason | null {
	if (explainPath(scope, path).ofGit) return 'git-name';
	const covered = covers(scope, path) || folderCoverage(scope, path) === 'all';
	return covered && named.has(path.normalize('NFC')) ? null : 'submodule';
}

function namesOf(patterns: readonly string[]): ReadonlySet<string> {
	const plain = patterns.map((pattern) =>
		pattern.replace(/^\//, '').replace(/\/(?:\*\*)?$/, ''),
	);
	return new Set(plain.map((text) => text.replaceAll(/\\(.)/g, '$1').normalize('NFC')));
}

function staysInside(
	scope: Scope,
	path: string,
	target: string,
	linkAt: LinkAt,
): boolean {
	const led = whereLinkLeads(path, target, linkAt);
	if (led === null) return false;
	return covers(scope, led) || folderCoverage(scope, led) === 'all';
}

/** A link is found by any spelling that the file system takes for its name. */
function linksBy(links: Around['links'], ignoreCase: boolean): LinkAt {
	if (!ignoreCase) return (path) => links.get(path);
	const folded = new Map([...links].map(([path, target]) => [fold(path), target]));
	return (path) => folded.get(fold(path));
}

/** Another path of the tree that is the same where case does not count, or stands in its way. */
function twinsIn(paths: readonly string[]): (path: string) => string | null {
	const files = Map.groupBy(paths, fold);
	const folders = new Map(
		paths.flatMap(foldersOf).map((folder) => [fold(folder), folder] as const),
	);
	return (path) => {
		const same = files.get(fold(path))?.find((other) => other !== path);
		const above = foldersOf(path).map((folder) => files.get(fold(folder))?.[0]);
		const inTheWay = above.find((file) => file !== undefined);
		return same ?? folders.get(fold(path)) ?? inTheWay ?? null;
	};
}

function foldersOf(path: string): string[] {
	const parts = path.split('/');
	return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/'));
}

function fold(path: string): string {
	return foldedText(path.normalize('NFC'));
}
