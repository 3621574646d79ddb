// Where everything of one repository lies: beside its git directory, in the runtime folder, and
// in the user's data folder. Pure, but for making the folders.
import { realpathSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { Environment } from '../lib/environment.ts';
import { errorCode } from '../lib/error-words.ts';
import { packageRoot } from '../lib/package-root.ts';
import { agentsFolder, dataFolder, socketPath } from '../lib/paths.ts';
import { makeFolders } from '../lib/private-folder.ts';

export interface RepositoryPlaces {
	/** `<common dir>/weir`, 0700. */
	readonly state: string;
	readonly runtime: string;
	readonly clientSocket: string;
	readonly agentSocket: string;
	readonly holderRecords: string;
	readonly exits: string;
	readonly logs: string;
	readonly recordings: string;
	/** Files that programs are started with, by agent and generation. */
	readonly starts: string;
	/** What gates said, and what they printed. */
	readonly verdicts: string;
	/** Copies of what stood outside scopes, by agent. */
	readonly outside: string;
	/** The main checkout, or the bare repository. */
	readonly root: string;
	/**
	 * Folder of new worktrees by the setting `worktree.root`, null where nothing is set: `~/` is the
	 * user's home, a relative path begins at the main checkout.
	 */
	readonly worktrees: (setting: string | null) => string;
	/** Folder with nothing but the command `weir`, for the PATH of agents. */
	readonly shim: string;
}

export interface PlacesOptions {
	/** The folder made by `openJournalFolder`. */
	readonly state: string;
	/** The folder made by `repositoryRuntime`. */
	readonly runtime: string;
	readonly commonDir: string;
	readonly root: string;
	readonly environment: Environment;
}

export function placesOf(options: PlacesOptions): RepositoryPlaces {
	const { state, runtime, root, environment } = options;
	const name = basename(root).replace(/[^A-Za-z0-9._-]/g, '-');
	// The runtime folder is named by a hash of the common dir already.
	const own = `${name}-${basename(runtime).slice(0, 8)}`;
	const usual = join(dataFolder(environment), own);
	return {
		state,
		runtime,
		clientSocket: socketPath(runtime, 'client.sock'),
		agentSocket: socketPath(agentsFolder(runtime), 'agent.sock'),
		holderRecords: join(state, 'holders'),
		exits: join(state, 'exits'),
		logs: join(state, 'logs'),
		recordings: join(state, 'recordings'),
		starts: join(state, 'starts'),
		verdicts: join(state, 'verdicts'),
		outside: join(state, 'outside'),
		root,
		worktrees: (setting) => {
			const home = environment.HOME ?? homedir();
			return withoutLinks(
				setting === null ? usual : resolve(root, setting.replace(/^~(?=\/|$)/, home)),
			);
		},
		shim: join(state, 'bin'),
	};
}

/** All but the folder of the worktrees, which is made for the first of them. */
export function makePlaces(places: RepositoryPlaces): void {
	for (const folder of [
		places.holderRecords,
		places.exits,
		places.logs,
		places.recordings,
		places.starts,
		places.shim,
	]) {
		makeFolders(folder);
	}
	linkOnce(weirProgram(), join(places.shim, 'weir'));
}

/** As git names worktrees, whether the folder is there yet or not. */
function withoutLinks(path: string): string {
	try {
		return realpathSync(path);
	} catch (error) {
		const above = dirname(path);
		if (errorCode(error) !== 'ENOENT' || above === path) return path;
		return join(withoutLinks(above), basename(path));
	}
}

/** `bin/weir.js` of this package, from sources and from dist alike. */
function weirProgram(): string {
	return realpathSync(join(packageRoot(), 'bin', 'weir.js'));
}

function linkOnce(target: string, path: string): void {
	try {
		symlinkSync(target, path);
	} catch (error) {
		if (errorCode(error) === 'EEXIST') return;
		throw error;
	}
}
