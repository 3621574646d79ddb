// Where a client and the supervisor of a repository meet. Both can compute the folder from their
// environment, but two environments may differ (a cron job has no XDG_RUNTIME_DIR, a nix shell
// another TMPDIR), so the supervisor also writes down where it listens.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../lib/environment.ts';
import { errorCode } from '../lib/error-words.ts';
import type { Outcome } from '../lib/outcome.ts';
import { agentsFolder, repositoryRuntime, socketPath } from '../lib/paths.ts';
import { checkPrivateFolder } from '../lib/private-folder.ts';

/** The sockets of a repository's supervisor, all in one folder of mode 0700. */
export interface MeetingPlace {
	readonly folder: string;
	/** For the human: the TUI and the verbs. */
	readonly client: string;
	/** For agents, alone in a folder that is found in their sandboxes: the socket itself is made anew. */
	readonly agent: string;
}

/** The place that this environment leads to; its folder is created where it is missing. */
export function meetingPlace(
	environment: Environment,
	commonDir: string,
): Outcome<MeetingPlace> {
	const folder = repositoryRuntime(environment, commonDir);
	return folder.ok ? { ok: true, value: placeIn(folder.value) } : folder;
}

/** Writes down where the supervisor listens; only the owner of the repository's lock may. */
export function announcePlace(commonDir: string, place: MeetingPlace): void {
	const path = announcement(commonDir);
	writeFileSync(`${path}.new`, `${place.folder}\n`, { mode: 0o600 });
	renameSync(`${path}.new`, path);
}

export function withdrawPlace(commonDir: string): void {
	rmSync(announcement(commonDir), { force: true });
}

/** The place that a supervisor wrote down last, if its folder is there and private. */
export function announcedPlace(commonDir: string): MeetingPlace | undefined {
	let text: string;
	try {
		text = readFileSync(announcement(commonDir), 'utf8');
	} catch (error) {
		const code = errorCode(error);
		if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') return undefined;
		throw error;
	}
	const folder = text.trim();
	return checkPrivateFolder(folder).ok ? placeIn(folder) : undefined;
}

function announcement(commonDir: string): string {
	return join(commonDir, 'weir', 'meeting-place');
}

function placeIn(folder: string): MeetingPlace {
	return {
		folder,
		client: socketPath(folder, 'client.sock'),
		agent: socketPath(agentsFolder(folder), 'agent.sock'),
	};
}
