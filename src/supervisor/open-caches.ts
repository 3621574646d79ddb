// Which caches of tools are open to agents, and which of them are made where they are missing: a tool that
// is used for the first time cannot make its own, since the folder above is shut.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultGuard } from '../domain/guard.ts';
import type { WantedPlace } from '../guard/sandbox/open-folders.ts';
import type { Variables } from './environment.ts';

/** The program of each of the usual ones; all tools share what has none. */
const tools: Readonly<Record<string, string | null>> = {
	'~/.cache': null,
	'~/.npm/_cacache': 'npm',
	'~/.yarn/berry': 'yarn',
	'~/.local/share/pnpm/store': 'pnpm',
	'~/.bun/install/cache': 'bun',
	'~/.cargo/registry': 'cargo',
	'~/.cargo/git': 'cargo',
	'~/go/pkg': 'go',
	'~/.gradle/caches': 'gradle',
	'~/.m2/repository': 'mvn',
	'~/.nuget/packages': 'dotnet',
};

export function cachePlaces(
	caches: readonly string[],
	env: Variables,
	home: string,
): readonly WantedPlace[] {
	return caches.map((name) => {
		const path = pathOf(name, env, home);
		return { path, make: !isUsual(name) || isUsed(name, path, env) };
	});
}

/** The usual ones: programs wrote there before the settings said otherwise. */
export function usualCachePaths(env: Variables, home: string): readonly string[] {
	return defaultGuard.caches.map((name) => pathOf(name, env, home));
}

function pathOf(name: string, { XDG_CACHE_HOME }: Variables, home: string): string {
	if (name === '~/.cache' && XDG_CACHE_HOME) return XDG_CACHE_HOME;
	return name.replace(/^~(?=\/|$)/, home);
}

function isUsual(name: string): boolean {
	return defaultGuard.caches.includes(name);
}

/** Of tools that nobody has here nothing is made. */
function isUsed(name: string, path: string, { PATH = '' }: Variables): boolean {
	const tool = tools[name] ?? null;
	if (tool === null || existsSync(dirname(path))) return true;
	return PATH.split(':').some(
		(folder) => folder !== '' && existsSync(join(folder, tool)),
	);
}
