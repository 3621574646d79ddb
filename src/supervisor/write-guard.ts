// Answers the hook of a CLI that is about to write: whether the scope of its agent covers where the
// write would arrive. Asked of the same predicate as a landing.
import { homedir, tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { type Outside, refusalFor, wayOf } from '../agents/instructions.ts';
import { adapterOf } from '../agents/registry.ts';
import { type Agent, hasWorktree } from '../domain/agent.ts';
import { unsaidPath } from '../domain/denial.ts';
import { explainPath, type Scope, scopeOf } from '../domain/scope/scope.ts';
import { type Grounds, placeOf } from '../domain/written-place.ts';
import { type Outcome, ok } from '../lib/outcome.ts';
import { whereItLeads } from '../lib/where-it-leads.ts';
import type { AgentWordAnswers, AgentWordRequest } from '../protocol/agent-door.ts';
import type { Variables } from './environment.ts';
import type { Desk } from './session.ts';

/** Before a write: why it is refused, in words for the model; null where nothing is against it. */
export async function hearWrite(
	agent: Agent,
	{ tool, paths, folder }: AgentWordRequest<'write'>,
	desk: Desk,
): Promise<Outcome<AgentWordAnswers['write']>> {
	const environment = desk.world.environments.of(agent.id);
	const { HOME: home = homedir() } = environment;
	const grounds = await groundsOf(agent, desk, environment, home);
	const { ignoresCase: ignoreCase } = desk.world.repository;
	const scope = scopeOf(agent.scope, { ignoreCase });
	const found = await Promise.all(
		paths.map((path) =>
			judge(absolute(path, folder ?? agent.path, home), scope, grounds),
		),
	);
	const outside = paths.length === 0 ? [unknown] : found.filter((one) => one !== null);
	const [first] = outside;
	if (!first) return ok({ refusal: null });
	for (const { path } of outside)
		await desk.denials.deny(agent, { path: path ?? unsaidPath, layer: 'hook', tool });
	const way = wayOf(adapterOf(agent.adapter), agent.argv);
	return ok({ refusal: refusalFor(agent, first, way) });
}

const unknown: Outside = { path: null, by: null, mustBeNamed: false, ofGit: false };

/** As the tools of CLIs read a path: `~` is the user's home, and no other one's. */
function absolute(path: string, folder: string, home: string): string {
	if (path === '~' || path.startsWith('~/')) return `${home}/${path.slice(1)}`;
	return path.startsWith('/') ? path : `${folder}/${path}`;
}

/** Of a path that is not said the shortest way both readings count: by its words, and by its links. */
async function judge(
	path: string,
	scope: Scope,
	grounds: Grounds,
): Promise<Outside | null> {
	for (const one of new Set([path, resolve(path)])) {
		const target = await whereItLeads(one);
		const found = target === null ? outsideAt(one) : judgeTarget(target, scope, grounds);
		if (found) return found;
	}
	return null;
}

function judgeTarget(target: string, scope: Scope, grounds: Grounds): Outside | null {
	const place = placeOf(target, grounds);
	if (place.kind === 'free') return null;
	if (place.kind === 'elsewhere') return outsideAt(target);
	const { covered, ...why } = explainPath(scope, place.path);
	return covered ? null : { path: place.path || '.', ...why };
}

function outsideAt(path: string): Outside {
	return { ...unknown, path };
}

/** All of it by where it leads, since that is how a path is judged. */
async function groundsOf(
	agent: Agent,
	{ loop: { state }, world: { places, repository } }: Desk,
	environment: Variables,
	home: string,
): Promise<Grounds> {
	const worktrees = Object.values(state.agents)
		.filter((one) => one.id !== agent.id && hasWorktree(one))
		.map(({ path }) => path);
	const own = adapterOf(agent.adapter)?.writable(home, environment) ?? [];
	const lead = async (paths: readonly string[]) =>
		(await Promise.all(paths.map(whereItLeads))).filter((path) => path !== null);
	const [worktree = agent.path] = await lead([agent.path]);
	return {
		worktree,
		others: await lead([
			...[places.root, places.state, repository.commonDir, places.worktrees(null)],
			places.worktrees(state.settings.worktree.root),
			home,
			...worktrees,
		]),
		free: await lead([
			...['/tmp', '/var/tmp', environment.TMPDIR ?? tmpdir()],
			...own,
			...state.settings.guard.caches.map((path) => absolute(path, home, home)),
		]),
	};
}
