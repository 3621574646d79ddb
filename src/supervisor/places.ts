// Where everything of one repository lies: beside its git directory, in the runtime folder, and
// in the user's data folder. Pure, but for making the folders.
import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataFolder, type Environment, socketPath } from '../lib/paths.ts';

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
	/** Folder of the worktrees. */
	readonly worktrees: string;
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
	/** The setting `worktree.root`. */
	readonly worktreeRoot: string | null;
	readonly environment: Environment;
}

export function placesOf(options: PlacesOptions): RepositoryPlaces {
	const { state, runtime, environment } = options;
	const name = basename(options.root).replace(/[^A-Za-z0-9._-]/g, '-');
	return {
		state,
		runtime,
		clientSocket: socketPath(runtime, 'client.sock'),
		agentSocket: socketPath(runtime, 'agent.sock'),
		holderRecords: join(state, 'holders'),
		exits: join(state, 'exits'),
		logs: join(state, 'logs'),
		recordings: join(state, 'recordings'),
		worktrees:
			options.worktreeRoot ??
			// The runtime folder is named by a hash of the common dir already.
			join(dataFolder(environment), `${name}-${basename(runtime).slice(0, 8)}`),
		shim: join(state, 'bin'),
	};
}

export function makePlaces(places: RepositoryPlaces): void {
	for (const folder of [
		places.holderRecords,
		places.exits,
		places.logs,
		places.recordings,
		places.worktrees,
		places.shim,
	]) {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
	}
	linkOnce(weirProgram(), join(places.shim, 'weir'));
}

/** `bin/weir.js` of this package, from sources and from dist alike. */
function weirProgram(): string {
	const here = dirname(fileURLToPath(import.meta.url));
	const up = here.includes(join('dist', 'src')) ? ['..', '..', '..'] : ['..', '..'];
	return realpathSync(join(here, ...up, 'bin', 'weir.js'));
}

function linkOnce(target: string, path: string): void {
	try {
		symlinkSync(target, path);
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
		throw error;
	}
}
