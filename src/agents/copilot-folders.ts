// The folders of Copilot CLI below the home: what it keeps, and what it unpacks itself into before its first
// start.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Of its settings: hooks, servers, and what it takes for instructions. What it keeps in `config.json` it writes
 * at its first start, and ends where it cannot.
 */
const runs = [
	...['settings.json', 'mcp-config.json', 'lsp-config.json', 'providers.json'],
	...['copilot-instructions.md', 'instructions', 'hooks', 'agents', 'skills'],
	...['extensions', 'installed-plugins', 'permissions-config.json'],
];

export function stateFolder(home: string, { COPILOT_HOME: own }: Environment): string {
	return own || join(home, '.copilot');
}

/** What decides what it runs. */
export function fixedByCopilot(
	home: string,
	environment: Environment,
): readonly string[] {
	return [
		...runs.map((name) => join(stateFolder(home, environment), name)),
		...unpacked(join(cacheFolder(home, environment), 'pkg')),
	];
}

/** What it cannot do without. */
export function writableByCopilot(
	home: string,
	environment: Environment,
): readonly string[] {
	return [stateFolder(home, environment), cacheFolder(home, environment)];
}

function cacheFolder(
	home: string,
	{ COPILOT_CACHE_HOME: own, XDG_CACHE_HOME: caches }: Environment,
): string {
	return own || join(caches || join(home, '.cache'), 'copilot');
}

/** The programs that are there, a folder for each version; another version can be unpacked beside them. */
function unpacked(folder: string): readonly string[] {
	return namesIn(folder).flatMap((platform) =>
		namesIn(join(folder, platform)).map((version) => join(folder, platform, version)),
	);
}

function namesIn(folder: string): readonly string[] {
	try {
		return readdirSync(folder);
	} catch {
		// It was never started here.
		return [];
	}
}
