// The last layer of the guard: what leaves an agent's scope does not land. Judged from git objects alone,
// with the scope as it stands at that moment; nothing turns it off.
import type { Agent } from '../domain/agent.ts';
import { type Change, judgeChanges } from '../domain/judging.ts';
import { type Outside, refuseOutside } from '../domain/outside.ts';
import type { MergeStrategy } from '../domain/settings.ts';
import { type ChangedPath, changedFromAll, changesOnTheWay } from '../git/changes.ts';
import { forksOf } from '../git/diff.ts';
import type { Related } from '../git/landed-before.ts';
import type { MergedTree } from '../git/merge-tree.ts';
import type { Repository } from '../git/repository.ts';
import { linkMode, linksOf, pathsOf, targetsOf } from '../git/tree-links.ts';
import type { UncommittedFile } from '../git/uncommitted.ts';
import { standingIn } from '../git/uncommitted-sides.ts';
import type { Worktree } from '../git/worktree.ts';
import { type Outcome, ok } from '../lib/outcome.ts';

type Scoped = Pick<Agent, 'scope'>;

/**
 * Of what a branch changed since it left the base; refused where the two have nothing in common. What the
 * base has in the same words has come from there, or comes to nothing.
 */
export async function outsideOfBranch(
	repository: Repository,
	agent: Scoped,
	related: Related,
): Promise<Outcome<readonly Outside[]>> {
	const forks = await forksOf(repository, related);
	if (!forks.ok) return forks;
	const { base, tip } = related;
	const others = [...new Set([...forks.value, base])];
	const asked = ['outside', ...others, tip, JSON.stringify(agent.scope)].join(' ');
	return ok(
		await repository.readings.answers.of(asked, async () => {
			const changes = await changedFromAll(repository, others, tip);
			return judged(repository, agent, changes, tip);
		}),
	);
}

/** Of what a tree in the place of another would change, whoever made it differ. */
async function outsideOfTree(
	repository: Repository,
	agent: Scoped,
	{ onto, tree }: { readonly onto: string; readonly tree: string },
): Promise<readonly Outside[]> {
	const changes = await changedFromAll(repository, [onto], tree);
	return judged(repository, agent, changes, tree);
}

/** Of what a merge that was tried would land: the branch, and the tree that came of it. */
export async function outsideOfMerge(
	repository: Repository,
	agent: Scoped,
	related: Related,
	merged: MergedTree,
	onto: string,
): Promise<Outcome<readonly Outside[]>> {
	const branch = await outsideOfBranch(repository, agent, related);
	if (!branch.ok || merged.kind === 'conflict') return branch;
	const { tree } = merged;
	const put = await outsideOfTree(repository, agent, { onto, tree });
	return ok(onceEach([...branch.value, ...put]));
}

/** Of files that are not committed, as they stand in the worktree beside what is. */
export async function outsideUncommitted(
	worktree: Worktree,
	agent: Scoped,
	files: readonly UncommittedFile[],
	tip: string,
): Promise<readonly Outside[]> {
	const { repository } = worktree;
	const stands = await standingIn(worktree, files);
	const linked = stands.some(({ to }) => to?.mode === linkMode);
	const links = new Map(linked ? await linksOf(repository, tip) : []);
	for (const { path, to } of stands)
		if (to?.mode === linkMode) links.set(path, to.target ?? '');
		else links.delete(path);
	const changes = stands.map(({ path, to }): Change => ({ path, from: null, to }));
	const scoped = { patterns: agent.scope, ignoreCase: repository.ignoresCase };
	return judgeChanges(scoped, changes, { links, paths: null });
}

/** Of what any commit of the branch holds that the base would get with it: taken back later, it is there still. */
export async function outsideOnTheWay(
	repository: Repository,
	agent: Scoped,
	{ onto, tip }: { readonly onto: string; readonly tip: string },
): Promise<readonly Outside[]> {
	const asked = ['on the way', onto, tip, JSON.stringify(agent.scope)].join(' ');
	return repository.readings.answers.of(asked, async () => {
		const changes = await changesOnTheWay(repository, onto, tip);
		return onceEach(await judged(repository, agent, changes, tip));
	});
}

/** Refused with what of a landing leaves the scope, before and after it is merged. */
export async function checkLanding(
	repository: Repository,
	agent: Scoped & Pick<Agent, 'name'>,
	landing: {
		readonly onto: string;
		readonly candidate: string;
		readonly related: Related;
		readonly strategy: MergeStrategy;
	},
): Promise<Outcome<void>> {
	const { onto, candidate: tip, related, strategy } = landing;
	const branch = await outsideOfBranch(repository, agent, related);
	if (!branch.ok) return branch;
	const past =
		strategy === 'squash' ? [] : await outsideOnTheWay(repository, agent, { onto, tip });
	return passes(agent, onceEach([...branch.value, ...past]));
}

/** As `checkLanding`, of the tree that would be the base's: a merge follows renames to other folders. */
export async function checkMerged(
	repository: Repository,
	agent: Scoped & Pick<Agent, 'name'>,
	merged: { readonly onto: string; readonly tree: string },
): Promise<Outcome<void>> {
	return passes(agent, await outsideOfTree(repository, agent, merged));
}

function passes({ name }: Pick<Agent, 'name'>, outside: readonly Outside[]) {
	if (outside.length === 0) return ok(undefined);
	return { ok: false, refusal: refuseOutside(name, outside, 'human') } as const;
}

async function judged(
	repository: Repository,
	{ scope }: Scoped,
	changed: readonly ChangedPath[],
	tree: string,
): Promise<readonly Outside[]> {
	if (changed.length === 0) return [];
	const { ignoresCase: ignoreCase } = repository;
	const links = changed.flatMap(({ to }) => (to?.mode === linkMode ? [to.object] : []));
	const [targets, around, paths] = await Promise.all([
		targetsOf(repository, links),
		links.length > 0 ? linksOf(repository, tree) : new Map<string, string>(),
		ignoreCase ? pathsOf(repository, tree) : null,
	]);
	const changes = changed.map(({ path, from, to }): Change => {
		return {
			path,
			from: from && { mode: from.mode, target: null },
			to: to && { mode: to.mode, target: targets.get(to.object) ?? null },
		};
	});
	const scoped = { patterns: scope, ignoreCase };
	return judgeChanges(scoped, changes, { links: around, paths });
}

/** A path is named once, whichever of them found it. */
export function onceEach(outside: readonly Outside[]): readonly Outside[] {
	const known = new Map(outside.toReversed().map((one) => [one.path, one]));
	return [...known.values()].toSorted((one, other) => (one.path < other.path ? -1 : 1));
}
