// What a sandbox leaves of the world outside of the worktree, as it is on this disk.
import { lstatSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname, extname, isAbsolute, join } from 'node:path';
import { keptBy } from '../agents/keepings.ts';
import { adapterBehind } from '../agents/registry.ts';
import type { Agent } from '../domain/agent.ts';
import type { GuardSettings } from '../domain/guard.ts';
import type { Worktree } from '../git/worktree.ts';
import { type OpenPlaces, openPlaces } from '../guard/sandbox/open-folders.ts';
import { isBelow } from '../guard/sandbox/plan.ts';
import type { Environment } from '../lib/environment.ts';
import { packageRoot } from '../lib/package-root.ts';
import { makeFolders, ownUser } from '../lib/private-folder.ts';
import type { Variables } from './environment.ts';
import { cachePlaces, usualCachePaths } from './open-caches.ts';
import type { RepositoryPlaces } from './places.ts';

export interface ToHold {
	readonly agent: Agent;
	readonly worktree: Worktree;
	readonly generation: number;
	readonly argv: readonly string[];
	readonly env: Variables;
}

/** Folders of the system in which files are passing, and what stands for each. */
export async function passingIn(
	scratch: string,
): Promise<{ path: string; own: string }[]> {
	const passing = [
		{ path: '/tmp', own: join(scratch, 'tmp') },
		{ path: '/var/tmp', own: join(scratch, 'var-tmp') },
	];
	const there = [];
	for (const one of passing) {
		makeFolders(one.own);
		// A system may have one of them as a link to the other.
		if ((await realpath(one.path).catch(() => null)) === one.path) there.push(one);
	}
	return there;
}

/**
 * The user's runtime folder is shut to it: programs that keep what is passing there get another one,
 * within `temp`, unless sockets of the user's are shown to it in theirs. `own` is where that lies.
 */
export function ownRuntime(
	{ XDG_RUNTIME_DIR: usual }: Variables,
	shown: readonly string[],
	own: string | null,
	temp: string,
): Variables {
	if (!usual || own === null || shown.some((path) => isBelow(path, usual))) return {};
	const folder = join(own, '.runtime');
	const there = lstatSync(folder, { throwIfNoEntry: false });
	// Who put something else there before gets none.
	if (there && !there.isDirectory()) return {};
	if (!there) makeFolders(folder);
	return { XDG_RUNTIME_DIR: join(temp, '.runtime') };
}

/** Sockets and tokens of every program of the user, and what weir knows of the other agents. */
export function emptiedFor(
	env: Variables,
	{ runtime, state }: RepositoryPlaces,
): Promise<string[]> {
	const ofUser = `/run/user/${ownUser()}`;
	return existing([env.XDG_RUNTIME_DIR, ofUser, dirname(runtime), state]);
}

/** What is found, wherever it lies: the repository, the programs, and what the start itself names. */
export function shownTo(
	{ agent, argv, env }: Pick<ToHold, 'agent' | 'argv' | 'env'>,
	{ root, state, shim, starts, agentSocket }: RepositoryPlaces,
	home: string,
): Promise<string[]> {
	const named = Object.entries(env).filter(([name]) => !ofOthers.has(name));
	// Beside files, these are names of services: where those are found, they are shut.
	const isNamed = (path: string) =>
		/^(?:\/var)?\/tmp\/./.test(path) &&
		!lstatSync(path, { throwIfNoEntry: false })?.isSocket();
	return existing([
		...[root, dirname(state), shim, join(starts, agent.id), dirname(agentSocket)],
		...[home, packageRoot(), dirname(process.execPath)],
		...(env.PATH ?? '').split(':'),
		...[...named.map(([, value]) => value), ...argv].filter(isNamed),
	]);
}

const ofOthers = new Set(['TMPDIR', 'TMP', 'TEMP', 'XDG_RUNTIME_DIR']);

/** What the CLI keeps below the user's home, and the caches of tools; none that holds worktrees. */
export function openFor(
	{ agent, worktree, env }: ToHold,
	home: string,
	{ caches }: GuardSettings,
): OpenPlaces {
	const own = adapterBehind(agent)?.writable(home, env) ?? keptBy(agent.argv, home);
	const { open, led } = openPlaces(
		[
			// A file is its CLI's to begin.
			...own.map((path) => ({ path, make: extname(path) === '' })),
			...cachePlaces(caches, env, home),
		],
		[...usualCachePaths(env, home), dirname(worktree.path)],
	);
	const kept = [worktree.path, worktree.privateDir, worktree.repository.commonDir];
	return { open: withoutThose(open, kept), led };
}

/** Those caches of tools that are there and hold none of these. */
export function cachesThere(
	env: Variables,
	home: string,
	{ caches }: GuardSettings,
	kept: readonly string[],
): string[] {
	const wanted = cachePlaces(caches, env, home);
	const there = wanted.map(({ path }) => ({ path, make: false }));
	return withoutThose(openPlaces(there, usualCachePaths(env, home)).open, kept);
}

/** None that holds one of these. */
function withoutThose(paths: readonly string[], kept: readonly string[]): string[] {
	return paths.filter((path) => !kept.some((one) => one === path || isBelow(one, path)));
}

/** Of what is open, what programs outside would run: hooks of the CLI, and what weir has compiled. */
export function fixedFor(
	{ agent, env }: ToHold,
	home: string,
	environment: Environment,
): Promise<string[]> {
	const caches = [env.XDG_CACHE_HOME, environment.XDG_CACHE_HOME, join(home, '.cache')];
	return existing([
		...(adapterBehind(agent)?.fixed(home, env) ?? []),
		...caches.flatMap((folder) => (folder ? [join(folder, 'weir')] : [])),
		environment.NODE_COMPILE_CACHE,
	]);
}

/** Each as it really is, once. */
export async function existing(
	paths: readonly (string | undefined)[],
): Promise<string[]> {
	const named = paths.filter((path) => path !== undefined && isAbsolute(path));
	const found = await Promise.all(
		[...new Set(named)].map((path) => realpath(path ?? '').catch(() => null)),
	);
	return [...new Set(found)].filter(
		(path): path is string => path !== null && path !== '/',
	);
}
