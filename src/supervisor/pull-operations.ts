// Requests on pull requests. The client pushes and asks the forge, with what its user may; here is said what
// may be pushed, and recorded what was.
import { randomBytes } from 'node:crypto';
import type { Agent } from '../domain/agent.ts';
import type { Command } from '../domain/command.ts';
import { gatesOf } from '../domain/gates/gate-standing.ts';
import { pullBody, pullTitle } from '../domain/pull/pull-words.ts';
import { refuseUncommitted } from '../domain/uncommitted.ts';
import { branchTip } from '../git/base.ts';
import { buildCandidate } from '../git/candidate.ts';
import { relate } from '../git/landed-before.ts';
import { treeOf } from '../git/merge-tree.ts';
import { listCommits } from '../git/porcelain.ts';
import { pushId, theirsBeside } from '../git/pushed-commit.ts';
import { isAncestor } from '../git/refs.ts';
import { commitsAlong, remoteFor } from '../git/remotes.ts';
import { listUnlanded } from '../git/unlanded.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { maskedNames, secretsOf, withoutSecrets } from '../lib/secrets.ts';
import { shellWord } from '../lib/shell-word.ts';
import type { ClientRequest } from '../protocol/client.ts';
import { type PullPlan, pullJson } from '../protocol/pull.ts';
import { landedProof } from './landed.ts';
import { landingMessage, listOf } from './landing-message.ts';
import { agentOf, type Desk, type Handler } from './session.ts';
import { checkLanding } from './wall.ts';
import { gitNameOf } from './worktree-effects.ts';
import { type Standing, standingOf } from './worktree-look.ts';

export const handlePlan: Handler<'pr.plan'> = async (request, desk) => {
	const found = agentOf(desk, request.agent);
	if (!found.ok) return found;
	const agent = found.value;
	const base = await baseOf(desk, agent, request.base);
	if (!base.ok) return base;
	const { repository } = desk.world;
	const standing = await standingOf(desk.world, desk.loop, agent, base.value.here);
	if (!standing.ok) return standing;
	const { worktree, tip, baseTip, from, before } = standing.value;
	const uncommitted = (await listUnlanded(worktree, tip, before)).map(({ path }) => path);
	if (request.include === null && uncommitted.length > 0)
		return { ok: false, refusal: refuseUncommitted('pr', agent.name, uncommitted) };
	const message = await messageOf(desk, agent, standing.value);
	const commit =
		request.include === 'all'
			? await withUncommitted(desk, agent, standing.value, message)
			: ok(tip);
	if (!commit.ok) return commit;
	const related = await relate(repository, baseTip, commit.value, before);
	const inside = await checkLanding(repository, agent, {
		// All commits leave the machine, be it that a later one takes something back.
		...{ onto: baseTip, candidate: commit.value, related, strategy: 'merge' },
	});
	if (!inside.ok) return inside;
	const commits = await listCommits(repository, from, commit.value);
	if (
		commits.length === 0 ||
		(await landedProof(desk.world, agent, baseTip, commit.value))
	)
		return refuse(
			'pr.nothing',
			`${agent.name} has committed nothing that ${base.value.there} does not have`,
			`weir diff ${agent.name}`,
		);
	const remote = await remoteFor(repository, request.remote, base.value.here);
	if (!remote.ok) return remote;
	const own = secretsOf(desk.world.environments.of(agent.id));
	const bare = (text: string) => maskedNames(withoutSecrets(text, own));
	const words = {
		agent: agent.name,
		task: agent.prompt,
		commits: listOf(commits),
		tree: await treeOf(repository, commit.value),
		gates: gatesOf(desk.loop.state).map(([name]) => [name, agent.gates[name]] as const),
	};
	return ok({
		agent: agent.name,
		branch: agent.branch,
		base: base.value.there,
		remote: remote.value,
		commit: commit.value,
		commits: commits.length,
		along: await commitsAlong(repository, remote.value, {
			...{ base: base.value.here, baseTip, commit: commit.value },
		}),
		uncommitted: request.include === 'all' ? [] : uncommitted,
		title: pullTitle(bare(request.title ?? firstLine(message))),
		body: bare(request.body ?? pullBody(words)),
		folder: repository.root ?? repository.commonDir,
		commonDir: repository.commonDir,
		pull: pullJson(agent.pull),
	} satisfies PullPlan);
};

/** What it is to be merged into there, and by which branch here its work is judged. */
async function baseOf(
	desk: Desk,
	{ name, base: { branch, commit } }: Agent,
	asked: string | null,
): Promise<Outcome<{ readonly there: string; readonly here: string }>> {
	const there = asked?.replace(/^refs\/heads\//, '') ?? branch;
	if (there === commit)
		return refuse(
			'base.commit',
			`${name} started from the commit ${commit.slice(0, 10)}, which is no branch to merge into`,
			`weir pr ${name} --base BRANCH`,
		);
	// One that is only there says nothing of what the agent changed: its own base does.
	const known = (await branchTip(desk.world.repository, there)) !== null;
	return ok({ there, here: known ? there : branch });
}

async function messageOf(desk: Desk, agent: Agent, { from, tip }: Standing) {
	const commits = await listCommits(desk.world.repository, from, tip);
	return landingMessage(agent.name, commits, desk.loop.state.settings.land.message);
}

function firstLine(text: string): string {
	return text.trim().split('\n', 1)[0] ?? '';
}

/** On top of what was pushed so before, as long as the agent has committed nothing else. */
async function withUncommitted(
	{ world: { repository } }: Desk,
	agent: Agent,
	{ worktree, tip }: Standing,
	message: string,
): Promise<Outcome<string>> {
	const last = agent.pull?.commit;
	const goesOn =
		last !== undefined &&
		last !== tip &&
		(await theirsBeside(repository, gitNameOf(agent), tip, last)) === 'own' &&
		(await isAncestor(repository.place, tip, last));
	const built = await buildCandidate(worktree, {
		id: pushId(gitNameOf(agent), randomBytes(8).toString('hex')),
		uncommitted: null,
		message,
		...(goesOn && { onto: last }),
	});
	return built.ok ? ok(built.value.commit) : built;
}

export const handleStep: Handler<'pr.step'> = async (request, desk) => {
	const found = agentOf(desk, request.agent);
	if (!found.ok) return found;
	const { commit, theirs, branch, remote, force } = request;
	if (theirs === null) return ok({ push: 'new' });
	const agent = found.value;
	const { name } = agent;
	const git = gitNameOf(agent);
	const [there, what] = [remote, branch].map(shellWord);
	switch (await theirsBeside(desk.world.repository, git, commit, theirs)) {
		case 'same':
			return ok({ push: 'none' });
		case 'behind':
			return ok({ push: 'forward' });
		case 'own':
			return force
				? ok({ push: 'force' })
				: refuse(
						'pr.rewritten',
						`${name} has rewritten what was pushed: ${branch} on ${remote} is at ${theirs.slice(0, 10)}, which it no longer stands on`,
						`weir pr ${name} --force replaces it there; here it is kept`,
					);
		case 'foreign':
			return refuse(
				'pr.diverged',
				`${branch} on ${remote} has commits that ${name} does not have`,
				`weir shell ${name} -- git pull --no-rebase ${there} ${what} brings them to it`,
			);
	}
};

export const handlePushed: Handler<'pr.pushed'> = ({ agent, ...data }, desk) =>
	recorded(desk, agent, ({ id }) => ({ kind: 'pr.push', agent: id, ...data }));

export const handleOpened: Handler<'pr.opened'> = ({ agent, ...data }, desk) =>
	recorded(desk, agent, ({ id }) => ({ kind: 'pr.open', agent: id, ...data }));

async function recorded(
	desk: Desk,
	name: ClientRequest<'pr.pushed'>['agent'],
	make: (agent: Agent) => Command,
): Promise<Outcome<Readonly<Record<string, never>>>> {
	const agent = agentOf(desk, name);
	if (!agent.ok) return agent;
	const submitted = await desk.loop.submit(make(agent.value), 'human');
	return submitted.ok ? ok({}) : submitted;
}
