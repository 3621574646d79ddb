// What stands on what, remembered: between two commit ids the answer never changes, and looks at many
// agents ask the same again and again.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { GitPlace } from './git.ts';
import { isAncestor } from './refs.ts';

/** A name of a branch would mean something else tomorrow. */
const idPair = /^[0-9a-f]{40}(?:[0-9a-f]{24})? [0-9a-f]{40}(?:[0-9a-f]{24})?$/;
/** About a megabyte; the oldest goes first. */
const mostPairs = 5000;
const known = new Map<string, boolean>();

/** As `isAncestor`; between names, which move, git is asked each time. */
export async function standsOn(
	place: GitPlace,
	descendant: string,
	ancestor: string,
): Promise<boolean> {
	const pair = `${ancestor} ${descendant}`;
	const before = known.get(pair);
	if (before !== undefined) return before;
	const answer = await isAncestor(place, ancestor, descendant);
	// A shallow repository may come to see more of what a commit stands on.
	const lasting = answer || !existsSync(join(place.gitDir, 'shallow'));
	if (lasting && idPair.test(pair)) remember(pair, answer);
	return answer;
}

function remember(pair: string, answer: boolean): void {
	known.set(pair, answer);
	const [oldest] = known.keys();
	if (known.size > mostPairs && oldest !== undefined) known.delete(oldest);
}
