// From a folder to a connection: the repository, then its supervisor.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect } from '../client/connect.ts';
import type { Connection } from '../client/connection.ts';
import { connectOrStart } from '../client/start.ts';
import { openRepository } from '../git/repository.ts';
import { type Outcome, ok } from '../lib/outcome.ts';
import type { Call } from './verb.ts';

export interface Reached {
	readonly commonDir: string;
	readonly root: string;
}

/** The repository of the call's folder; inside an agent's worktree the one that owns it. */
export async function repositoryOf(call: Call): Promise<Outcome<Reached>> {
	const opened = await openRepository(call.folder);
	if (!opened.ok) return opened;
	const { commonDir, root } = opened.value;
	return ok({ commonDir, root: root ?? commonDir });
}

/** Connects, starting the supervisor where there is none. */
export async function reach(call: Call): Promise<Outcome<Connection>> {
	const repository = await repositoryOf(call);
	if (!repository.ok) return repository;
	return connectOrStart({
		commonDir: repository.value.commonDir,
		environment: call.environment,
		version: packageVersion(),
		role: 'verb',
	});
}

/**
 * For verbs that only read: null where weir has never run in the repository. A supervisor that has
 * ended is started again, since what it recorded is there to be read.
 */
export async function reachToRead(call: Call): Promise<Outcome<Connection | null>> {
	const repository = await repositoryOf(call);
	if (!repository.ok) return repository;
	const { commonDir } = repository.value;
	if (!existsSync(join(commonDir, 'weir', 'journal.sqlite'))) return ok(null);
	return reach(call);
}

/** Connects only to a supervisor that runs. */
export async function reachRunning(
	call: Call,
	anyProtocol = false,
): Promise<Outcome<Connection>> {
	const repository = await repositoryOf(call);
	if (!repository.ok) return repository;
	return connect({
		commonDir: repository.value.commonDir,
		environment: call.environment,
		version: packageVersion(),
		role: 'verb',
		anyProtocol,
	});
}

/** The environment as it is handed to an agent. */
export function environmentOf(call: Call): Record<string, string> {
	return Object.fromEntries(
		Object.entries(call.environment).flatMap(([name, value]) =>
			value === undefined ? [] : [[name, value]],
		),
	);
}

let version: string | undefined;

export function packageVersion(): string {
	version ??= readVersion(dirname(fileURLToPath(import.meta.url)));
	return version;
}

function readVersion(folder: string): string {
	const file = join(folder, 'package.json');
	if (existsSync(file)) {
		const found = JSON.parse(readFileSync(file, 'utf8')) as {
			name?: string;
			version?: string;
		};
		if (found.name === 'weir-cli') return found.version ?? '0';
	}
	const up = dirname(folder);
	return up === folder ? '0' : readVersion(up);
}
