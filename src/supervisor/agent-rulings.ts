// What of an agent's worktree its program may write, by its scope and by what lies there now.
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Agent } from '../domain/agent.ts';
import { readRefFile } from '../git/refs.ts';
import { trackedNamed } from '../git/tracked-named.ts';
import type { Worktree } from '../git/worktree.ts';
import { breakHardLinks, shutFolders } from '../guard/sandbox/hard-links.ts';
import { isWritable, type Rulings, rulingsFor } from '../guard/sandbox/rulings.ts';
import { scopeView } from '../guard/sandbox/scope-view.ts';
import { type ScopeView, surveyScope } from '../guard/sandbox/survey.ts';

export interface AgentRulings extends Rulings {
	/** Folders that are shut though the scope has them: too much in them leads out. */
	readonly shut: readonly string[];
}

/**
 * Files with names outside are made files of their own by it. In a worktree that weir has just `filled`
 * there are none, and thirty of them need not be looked through at once.
 */
export async function rulingsOf(
	agent: Agent,
	worktree: Worktree,
	filled = false,
): Promise<AgentRulings> {
	const view = scopeView(agent.scope, worktree.repository.ignoresCase);
	const [survey, named] = await Promise.all([
		surveyScope(worktree.path, view),
		shutByName(agent, worktree, view),
	]);
	const plan = rulingsFor(survey);
	const inOpen = named.filter((path) => isWritable(plan.places, path));
	const places = [
		...plan.places,
		...inOpen.slice(0, mostNamed).map((path) => ({ path, writable: false })),
	];
	const { shut } = filled ? { shut: [] } : await breakHardLinks(worktree.path, places);
	return {
		places: shutFolders(places, shut),
		loose: plan.loose + Math.max(0, inOpen.length - mostNamed),
		shut,
	};
}

const mostNamed = 50;

/** Files that are there, and that no folder of a scope gives: where it began, and where it stands. */
async function shutByName(
	{ start, base }: Agent,
	{ repository, branch, path: top }: Worktree,
	view: ScopeView,
): Promise<string[]> {
	const begun = start?.commit ?? base.commit;
	const tip = await readRefFile(repository.place, `refs/heads/${branch}`);
	const named = await trackedNamed(repository, [begun, tip ?? begun]);
	const there: string[] = [];
	for (const path of named.filter((one) => !view.covers(one)))
		if (await lstat(join(top, path)).catch(() => null)) there.push(path);
	return there;
}
