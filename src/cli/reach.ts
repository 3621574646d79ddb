// From a folder to a connection: the repository, then its supervisor. What starts git or a
// supervisor is loaded only where no supervisor answers: most verbs find one.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '../client/connect.ts';
import type { Connection } from '../client/connection.ts';
import { findCommonDir } from '../git/find-repository.ts';
import { definedOnly } from '../lib/environment.ts';
import { installedVersion } from '../lib/installation.ts';
import { type Outcome, ok } from '../lib/outcome.ts';
import type { Call } from './verb.ts';

export interface Reached {
	readonly commonDir: string;
	readonly root: string;
}

export type Reading =
	| { readonly connection: Connection }
	| ({ readonly connection: null } & Reached);

/** The repository of the call's folder; inside an agent's worktree the one that owns it. */
export async function repositoryOf(call: Call): Promise<Outcome<Reached>> {
	const { openRepository } = await import('../git/repository.ts');
	const opened = await openRepository(call.folder);
	if (!opened.ok) return opened;
	const { commonDir, root } = opened.value;
	return ok({ commonDir, root: root ?? commonDir });
}

/** Connects, starting the supervisor where there is none. */
export async function reach(call: Call): Promise<Outcome<Connection>> {
	const near = await reachNear(call);
	if (near !== null) return near;
	const commonDir = await homeOf(call);
	return commonDir.ok ? start(call, commonDir.value) : commonDir;
}

/**
 * The common directory of the call's repository. Where weir has run before, git is not asked: a
 * supervisor that starts asks it whether all is still well.
 */
export async function homeOf(call: Call): Promise<Outcome<string>> {
	const near = await findCommonDir(call.folder);
	if (near !== null && existsSync(journalIn(near))) return ok(near);
	const repository = await repositoryOf(call);
	return repository.ok ? ok(repository.value.commonDir) : repository;
}

/**
 * For verbs that only read: the repository alone where weir has never run in it. A supervisor that
 * has ended is started again, since what it recorded is there to be read.
 */
export async function reachToRead(call: Call): Promise<Outcome<Reading>> {
	const near = await reachNear(call);
	if (near !== null) return near.ok ? ok({ connection: near.value }) : near;
	const repository = await repositoryOf(call);
	if (!repository.ok) return repository;
	const { commonDir } = repository.value;
	if (!existsSync(journalIn(commonDir)))
		return ok({ connection: null, ...repository.value });
	const started = await start(call, commonDir);
	return started.ok ? ok({ connection: started.value }) : started;
}

/**
 * Connects only to a supervisor that runs. What would keep one from starting here is no matter: the
 * repository may have become one in which none can start after this one did.
 */
export async function reachRunning(
	call: Call,
	anyProtocol = false,
): Promise<Outcome<Connection>> {
	const commonDir = await commonDirOf(call);
	if (!commonDir.ok) return commonDir;
	return connect({ ...visitOf(call, commonDir.value), anyProtocol });
}

/** As `reachRunning`, but starts a supervisor where the last one crashed and left programs. */
export async function reachToEnd(call: Call): Promise<Outcome<Connection>> {
	const running = await reachRunning(call);
	if (running.ok || running.refusal.code !== 'supervisor.none') return running;
	const commonDir = await commonDirOf(call);
	if (!commonDir.ok) return commonDir;
	const holders = join(commonDir.value, 'weir', 'holders');
	const left = existsSync(holders) && readdirSync(holders).length > 0;
	return left ? reach(call) : running;
}

async function commonDirOf(call: Call): Promise<Outcome<string>> {
	const near = await findCommonDir(call.folder);
	if (near !== null) return ok(near);
	const repository = await repositoryOf(call);
	return repository.ok ? ok(repository.value.commonDir) : repository;
}

/** The environment as it is handed to an agent. */
export function environmentOf(call: Call): Record<string, string> {
	return definedOnly(call.environment);
}

/**
 * A supervisor that runs has checked its repository: no git is needed to find it. Null where none
 * answers, or another repository's, which a planted file could name.
 */
async function reachNear(call: Call): Promise<Outcome<Connection> | null> {
	const commonDir = await findCommonDir(call.folder);
	if (commonDir === null) return null;
	const met = await connect(visitOf(call, commonDir));
	if (!met.ok) return final.has(met.refusal.code) ? met : null;
	if (met.value.supervisor.repository.commonDir === commonDir) return met;
	met.value[Symbol.dispose]();
	return null;
}

/** Where no other supervisor would be another answer. */
const final = new Set(['supervisor.other-version', 'identity.agent']);

function journalIn(commonDir: string): string {
	return join(commonDir, 'weir', 'journal.sqlite');
}

async function start(call: Call, commonDir: string): Promise<Outcome<Connection>> {
	const { connectOrStart } = await import('../client/start.ts');
	return connectOrStart(visitOf(call, commonDir));
}

function visitOf(call: Call, commonDir: string) {
	const { environment } = call;
	return { commonDir, environment, version: installedVersion, role: 'verb' } as const;
}
