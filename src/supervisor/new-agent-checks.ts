// What can be known to fail before an agent is recorded, so that a slip leaves nothing behind.
import { accessSync, constants, statfsSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { allAdapters, builtInKinds } from '../agents/registry.ts';
import { checkName } from '../domain/name.ts';
import { type BranchesTaken, checkPlan } from '../git/create-worktree.ts';
import { reserveBytes } from '../journal/reserve.ts';
import { errorCode } from '../lib/error-words.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { makeFolders } from '../lib/private-folder.ts';
import { findCommand } from '../terminal/command.ts';
import { agentOf, type Desk } from './session.ts';

/**
 * Reads the settings as they are now: a file saved a moment ago counts. A bad one is refused, since
 * an agent without the set-up that it names would be started quietly.
 */
export async function checkSettings(desk: Desk): Promise<Outcome<void>> {
	const [problem] = (await desk.settings.reload()).problems;
	if (!problem) return ok(undefined);
	const { file, line, column, message } = problem;
	return refuse(
		'settings.invalid',
		`${file}:${line}:${column}: ${message}`,
		'weir config check',
	);
}

/** Where the next worktree is made. */
export function worktreesOf({ loop, world }: Desk): string {
	return world.places.worktrees(loop.state.settings.worktree.root);
}

/** Refused with `worktree.root-unusable` where worktrees have no folder and none can be made. */
export function checkPlace(desk: Desk): Outcome<void> {
	const worktrees = worktreesOf(desk);
	try {
		makeFolders(worktrees);
		accessSync(worktrees, constants.W_OK | constants.X_OK);
		return ok(undefined);
	} catch (error) {
		return refuse(
			'worktree.root-unusable',
			`worktrees cannot lie in ${worktrees}: ${errorCode(error) ?? String(error)}`,
			'weir config set --local worktree.root DIR',
		);
	}
}

/**
 * No new agent where the journal's reserve is spent and cannot be set aside again: what is left of
 * the disk is for recording how those that run come to their end. Nor where so little is left, on
 * the repository's disk or the worktrees', that the making of one would stop halfway.
 */
export function checkRoom(desk: Desk): Outcome<void> {
	const { journal, world } = desk;
	const { repository } = world;
	const reserved = journal.reserveKept() || journal.refillReserve();
	const full = [repository.commonDir, worktreesOf(desk)].find(
		(folder) => freeBytes(folder) < leastFree,
	);
	if (reserved && full === undefined) return ok(undefined);
	return refuse(
		'disk.full',
		`the disk is full, so no agent is started: its worktree and its end need room in ${full ?? repository.commonDir}`,
		'free some space on that disk; weir goes on by itself then',
	);
}

/** As much as the journal's reserve: room for a small worktree, its git directory and its recording. */
const leastFree = reserveBytes;

/** What this user may still write there; without limit where the file system has none. */
function freeBytes(folder: string): number {
	try {
		const { blocks, bavail, bsize } = statfsSync(folder);
		return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize;
	} catch (error) {
		// It is made with the first worktree.
		if (errorCode(error) === 'ENOENT' && folder !== '/')
			return freeBytes(dirname(folder));
		throw error;
	}
}

/** The kind where nobody says one: the first known CLI that is there, else the user's shell. */
export function usualKind(env: NewAgent['env']): string {
	const there = allAdapters.find(
		({ name, logins }) =>
			findCommand({ argv: builtInKinds[name]?.command ?? [], cwd: '/', env }).ok &&
			// weir is there wherever weir is: without a key it would only say so.
			(name !== 'weir' || logins.some((variable) => env[variable])),
	);
	return there?.name ?? 'shell';
}

export interface NewAgent {
	readonly name: string;
	readonly argv: readonly string[] | null;
	readonly kind: string | null;
	/** A branch of the user's that it is to have. */
	readonly adopt: string | null;
	readonly env: Readonly<Record<string, string>>;
}

/** A name that is none, or is taken, is the core's to refuse. */
export async function checkNew(
	{ name, argv: given, kind, adopt, env }: NewAgent,
	commit: string,
	taken: BranchesTaken,
	desk: Desk,
): Promise<Outcome<void>> {
	const { repository } = desk.world;
	const { settings } = desk.loop.state;
	const { prefix } = settings.branch;
	if (!checkName(name).ok || agentOf(desk, name).ok) return ok(undefined);
	const plan = {
		agent: name,
		branch: adopt ?? `${prefix}${name}`,
		prefix,
		root: worktreesOf(desk),
		commit,
		adopted: adopt !== null,
	};
	const free = await checkPlan(repository, plan, taken);
	if (!free.ok) return free;
	const wanted = kind ?? settings.defaultAgent ?? usualKind(env);
	const argv = given ?? settings.agents[wanted]?.command;
	const program = argv?.[0];
	// One named by a relative path is looked for in the worktree, which is not there yet.
	if (!argv || (program?.includes('/') && !isAbsolute(program))) return ok(undefined);
	// weir's own is found there by every agent.
	const PATH = `${desk.world.places.shim}:${env.PATH ?? ''}`;
	const found = findCommand({ argv, cwd: repository.commonDir, env: { ...env, PATH } });
	if (found.ok) return ok(undefined);
	const { code, message } = found.refusal;
	return refuse(
		code,
		`${message}, so ${name} was not made`,
		`weir new ${name} -- COMMAND`,
	);
}
