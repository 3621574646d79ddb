// Requests on scopes: what an agent may write, by which pattern, what holds it to that, and more of it.
import { dirname, join, relative, resolve } from 'node:path';
import { adapterOf } from '../agents/registry.ts';
import type { Agent } from '../domain/agent.ts';
import { layersOf } from '../domain/layers.ts';
import type { Outside } from '../domain/outside.ts';
import { folderCoverage } from '../domain/scope/coverage.ts';
import { IgnoreLines } from '../domain/scope/ignore-lines.ts';
import { explainPath, scopeOf } from '../domain/scope/scope.ts';
import { listUnlanded } from '../git/unlanded.ts';
import { pathsOf } from '../git/worktree.ts';
import { type Outcome, ok } from '../lib/outcome.ts';
import type { PathInScope, ScopeJson } from '../protocol/scope.ts';
import { followEffects } from './follow-effects.ts';
import { agentOf, type Desk, type Handler, jsonOf } from './session.ts';
import { onceEach, outsideOfBranch, outsideUncommitted } from './wall.ts';
import { gitNameOf } from './worktree-effects.ts';
import { type Standing, standingOf } from './worktree-look.ts';

export const handleScope: Handler<'scope'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	return agent.ok ? ok(await scopeOfAgent(desk, agent.value, request.paths)) : agent;
};

/** Its scope is wider from then on, whether its program can make use of that at once or not. */
export const handleScopeAdd: Handler<'scope.add'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	if (!agent.ok) return agent;
	const { id } = agent.value;
	const { patterns, why } = request;
	const widened = await desk.loop.submit(
		{ kind: 'scope.widen', agent: id, patterns, why, request: null },
		'human',
	);
	if (!widened.ok) return widened;
	const no = await followEffects(desk.loop, widened.value);
	const note = no && { text: no.message, allow: no.allow ?? '' };
	return ok({ agent: jsonOf(desk, id), note });
};

/** What is told of its scope to whoever asks. */
export async function scopeOfAgent(
	desk: Desk,
	agent: Agent,
	paths: readonly string[],
): Promise<ScopeJson> {
	const { name, scope: patterns, guard, widened } = agent;
	const { onWrite, noise } = desk.loop.state.settings.guard;
	const writeTools = adapterOf(agent.adapter)?.writes?.tools ?? [];
	const { unwatched = null } = desk.world.observatory.of(agent.id);
	const outside = await outsideNow(desk, agent);
	return {
		name,
		patterns,
		layers: layersOf({ guard, writeTools, onWrite, unwatched, noise }),
		temp: isHeld(agent) ? join(scratchOf(agent), 'tmp') : null,
		widened,
		paths: paths.map((path) => placeInScope(desk, agent, path)),
		outside: outside.ok ? outside.value : null,
	};
}

function isHeld({ guard }: Agent): boolean {
	return guard !== null && guard.prevention !== 'none';
}

function scratchOf(agent: Agent): string {
	return pathsOf(dirname(agent.path), gitNameOf(agent)).scratch;
}

/** What an agent has changed outside its scope, less what builds made and nobody committed. */
export async function outsideNow(
	desk: Desk,
	agent: Agent,
): Promise<Outcome<readonly Outside[]>> {
	const standing = await standingOf(desk.world, desk.loop, agent);
	return standing.ok ? outsideOf(desk, agent, standing.value) : standing;
}

/** As `outsideNow`, where it is known what the agent stands on. */
export async function outsideOf(
	desk: Desk,
	agent: Agent,
	{ worktree, tip, before, related }: Standing,
): Promise<Outcome<readonly Outside[]>> {
	const branch = await outsideOfBranch(worktree.repository, agent, related);
	if (!branch.ok) return branch;
	const noise = new IgnoreLines(desk.loop.state.settings.guard.noise);
	const files = (await listUnlanded(worktree, tip, before)).filter(
		({ path }) => !noise.ignores(path),
	);
	const open = await outsideUncommitted(worktree, agent, files, tip);
	return ok(onceEach([...branch.value, ...open]));
}

function placeInScope({ world }: Desk, agent: Agent, said: string): PathInScope {
	const { ignoresCase: ignoreCase } = world.repository;
	const scope = scopeOf(agent.scope, { ignoreCase });
	const path = relative(agent.path, resolve(agent.path, said));
	const elsewhere = path === '..' || path.startsWith('../');
	const { covered, by, mustBeNamed, ofGit } = explainPath(scope, path);
	// The folder with all that may ever be in it.
	const isFolder = path === '' || said.endsWith('/');
	const whole = isFolder && !elsewhere && folderCoverage(scope, path) === 'all';
	const allowed = covered || whole;
	return { path: said, allowed, by, mustBeNamed, ofGit, elsewhere };
}
