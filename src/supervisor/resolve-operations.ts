// Requests to resolve a conflict in a worktree of its own: the newest base, the author's commits being merged.
import type { Agent } from '../domain/agent.ts';
import { nameIsFree } from '../domain/creation.ts';
import type { AgentId } from '../domain/ids.ts';
import { resolverName, resolverPrompt, whyNotResolve } from '../domain/resolving.ts';
import { buildCandidate } from '../git/candidate.ts';
import { changedPaths } from '../git/changes.ts';
import { branchesTaken } from '../git/create-worktree.ts';
import { filteredIn } from '../git/filtered.ts';
import { nameSome } from '../git/gitlinks.ts';
import { relate } from '../git/landed-before.ts';
import { mergeTrees } from '../git/merge-tree.ts';
import { type Repository, requireWritable } from '../git/repository.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { shellWord } from '../lib/shell-word.ts';
import type { ClientRequest } from '../protocol/client.ts';
import { targetOf } from './landing-operations.ts';
import { checkNew, checkPlace, checkRoom, checkSettings } from './new-agent-checks.ts';
import { agentOf, type Desk, type Handler, jsonOf } from './session.ts';
import { submitNew } from './submit-new.ts';
import { checkLanding } from './wall.ts';
import { standingOf } from './worktree-look.ts';

export const handleResolve: Handler<'resolve'> = async (request, desk) => {
	const writable = await requireWritable(desk.world.repository);
	if (!writable.ok) return writable;
	const author = agentOf(desk, request.agent);
	if (!author.ok) return author;
	const target = await targetOf(desk, author.value, request.into);
	if (!target.ok) return target;
	const settings = await checkSettings(desk);
	if (!settings.ok) return settings;
	const no = whyNotResolve(desk.loop.state, author.value);
	if (no) return { ok: false, refusal: no };
	const conflict = await conflictOf(desk, author.value, target.value, request.include);
	if (!conflict.ok) return conflict;
	const place = checkPlace(desk);
	if (!place.ok) return place;
	const room = checkRoom(desk);
	if (!room.ok) return room;
	const made = await make(desk, author.value, conflict.value, request);
	if (!made.ok) return made;
	const { promptBy } = desk.loop.state.agents[made.value] ?? author.value;
	return ok({
		agent: jsonOf(desk, made.value),
		files: conflict.value.files,
		told: promptBy !== 'none',
	});
};

interface Conflict {
	readonly base: Agent['base'];
	/** What of the author's work is merged. */
	readonly commit: string;
	readonly files: readonly string[];
	readonly notes: readonly string[];
}

/** Refused where there is none. */
async function conflictOf(
	desk: Desk,
	author: Agent,
	branch: string,
	include: 'committed' | 'all',
): Promise<Outcome<Conflict>> {
	const { repository } = desk.world;
	const standing = await standingOf(desk.world, desk.loop, author, branch);
	if (!standing.ok) return standing;
	const { worktree, baseTip, before } = standing.value;
	const candidate = await buildCandidate(worktree, {
		id: `r${desk.loop.state.seq}-${author.id}`,
		uncommitted: include === 'all' ? null : 'none',
		message: `Work of ${author.name}`,
	});
	if (!candidate.ok) return candidate;
	const { commit } = candidate.value;
	const related = await relate(repository, baseTip, commit, before);
	const merged = await mergeTrees(repository, related.base, related.tip);
	if (merged.kind === 'clean')
		return refuse(
			'merge.clean',
			`${author.name} does not conflict with ${branch}: there is nothing to resolve`,
			`weir merge ${author.name}`,
		);
	const raw = await checkFilters(repository, author, {
		branch,
		baseTip,
		tree: merged.tree,
	});
	if (!raw.ok) return raw;
	const landing = {
		onto: baseTip,
		candidate: commit,
		related,
		strategy: 'squash',
	} as const;
	const inside = await checkLanding(repository, author, landing);
	if (!inside.ok) return inside;
	const { files, notes } = merged;
	return ok({ base: { branch, commit: baseTip }, commit, files, notes });
}

interface MergedOn {
	readonly branch: string;
	readonly baseTip: string;
	/** What the merge comes to. */
	readonly tree: string;
}

/** Before a worktree is made that could not be filled: weir runs no filter, and writes no such file raw. */
async function checkFilters(
	repository: Repository,
	{ name }: Agent,
	{ branch, baseTip, tree }: MergedOn,
): Promise<Outcome<void>> {
	const changed = await changedPaths(repository, baseTip, tree);
	const paths = changed.map(({ path }) => path);
	const filtered = await filteredIn(repository, baseTip, paths);
	if (filtered.length === 0) return ok(undefined);
	const from = shellWord(repository.root ?? repository.commonDir);
	return refuse(
		'conflict.filtered',
		`${nameSome(filtered)} must go through a git filter, as LFS has, which weir does not run: ${name} is not resolved in a worktree of its own`,
		`weir shell ${name} -- git pull --no-rebase ${from} ${shellWord(branch)}, where your own git runs it`,
	);
}

type ResolveRequest = ClientRequest<'resolve'>;

async function make(
	desk: Desk,
	author: Agent,
	{ base, commit, files, notes }: Conflict,
	{ by, kind: asked, argv, env, columns, rows, wait }: ResolveRequest,
): Promise<Outcome<AgentId>> {
	const { loop, world } = desk;
	const taken = await branchesTaken(world.repository);
	const { prefix } = loop.state.settings.branch;
	const name = resolverName(
		author,
		by,
		(wanted) =>
			nameIsFree(loop.state, wanted, null) &&
			!taken.some(({ ref }) => ref === `refs/heads/${prefix}${wanted}`),
	);
	// Its author's CLI knows the kind of work.
	const known = Object.hasOwn(loop.state.settings.agents, author.kind);
	const kind = asked ?? (argv === null && known ? author.kind : null);
	const byHand = by === 'hand';
	// Nothing is started: what is needed is there.
	const program = byHand ? ['git'] : argv;
	const wish = { name, argv: program, kind, env, adopt: null };
	const plain = await checkNew(wish, base.commit, taken, desk);
	if (!plain.ok) return plain;
	return submitNew(
		desk,
		{
			...{ name, agentKind: kind, argv, base, columns, rows },
			resolves: { agent: author.id, commit, by },
			prompt: byHand ? null : resolverPrompt({ author, base: base.branch, files, notes }),
			scope: author.scope,
		},
		{ env, wait },
	);
}
