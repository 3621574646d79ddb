// Polite, patient, firm: ends, pauses and continues everything that belongs to a program.
import { setTimeout as sleep } from 'node:timers/promises';
import { isStopped, type ProcessRow } from '../lib/process-table.ts';
import { processRow } from '../lib/processes.ts';
import { type ProgramOrigin, ProgramTree } from './program-tree.ts';

/** The shape of `stopLadder` in the holder's protocol. */
export interface Ladder {
	readonly signals: readonly NodeJS.Signals[];
	/** How long each signal has to work before the next one. */
	readonly graceMs: number;
}

export interface EndingProgress {
	readonly sent: NodeJS.Signals;
	/** Processes that it was sent to. */
	readonly living: number;
}

/**
 * Sends the signals of the ladder to the whole tree, each with its grace, and SIGKILL until
 * nothing is left. Whatever is stopped is continued first, since a stopped process hears nothing.
 * Each process gets each signal once. Resolves with the pids that could not be ended within some
 * seconds of SIGKILL; empty is the promise.
 */
export async function endTree(
	origin: ProgramOrigin,
	ladder: Ladder,
	onProgress: (progress: EndingProgress) => void = () => undefined,
	/** No signal waits any longer, and no other one comes before SIGKILL. */
	atOnce: AbortSignal = never,
): Promise<readonly number[]> {
	const tree = new ProgramTree(origin);
	for (const sent of ladder.signals) {
		if (atOnce.aborted) break;
		const members = tree.members();
		deliver(members, 'SIGCONT');
		deliver(members, sent);
		onProgress({ sent, living: members.length });
		if (await goneWithin(tree, ladder.graceMs, atOnce)) return [];
	}
	return killTree(tree, onProgress);
}

export interface Pause {
	/** Processes that this pause has stopped, parents first; for `continueTree`. */
	readonly stopped: readonly ProcessRow[];
	/** Processes that would not stop (another user's); empty is the promise. */
	readonly running: readonly number[];
}

/**
 * Stops the whole tree with SIGSTOP, until a look finds nothing of it running. Parents go first:
 * a shell that still ran would see its job stop and take the terminal back.
 */
export async function pauseTree(origin: ProgramOrigin): Promise<Pause> {
	const tree = new ProgramTree(origin);
	const stopped = new Map<number, ProcessRow>();
	for (let round = 1; ; round += 1) {
		const running = tree.members().filter((row) => !isStopped(row));
		if (running.length === 0 || round === pauseRounds)
			return { stopped: [...stopped.values()], running: running.map((row) => row.pid) };
		for (const row of running) {
			send(row.pid, 'SIGSTOP');
			stopped.set(row.pid, row);
		}
		await sleep(settleMs);
	}
}

/**
 * Continues what a pause has stopped, and not what was stopped before it: a job that its user has
 * suspended stays so. Children go first, so that a shell finds its jobs running.
 */
export function continueTree(pause: Pause): void {
	for (const row of pause.stopped.toReversed())
		if (isStill(row)) send(row.pid, 'SIGCONT');
}

const never = new AbortController().signal;
const pauseRounds = 40;
const settleMs = 5;
const pollMs = 50;
/** A fork between the reading of two rows of a table hides a process from one look, not three. */
const emptyLooks = 3;
const lookMs = 15;
const killLimitMs = 10_000;
const freezePasses = 12;

async function goneWithin(
	tree: ProgramTree,
	graceMs: number,
	atOnce = never,
): Promise<boolean> {
	const deadline = performance.now() + graceMs;
	for (;;) {
		if (!tree.anyKnownRuns && (await isGone(tree))) return true;
		const left = deadline - performance.now();
		if (left <= 0 || atOnce.aborted) return false;
		await sleep(Math.min(pollMs, left));
	}
}

async function isGone(tree: ProgramTree): Promise<boolean> {
	for (let look = 1; look < emptyLooks; look += 1) {
		if (tree.nearMembers().length > 0) return false;
		await sleep(lookMs);
	}
	return tree.members().length === 0;
}

async function killTree(
	tree: ProgramTree,
	onProgress: (progress: EndingProgress) => void,
): Promise<readonly number[]> {
	const deadline = performance.now() + killLimitMs;
	for (let told = false; ; told = true) {
		const members = await freeze(tree);
		deliver(members, 'SIGKILL');
		if (!told) onProgress({ sent: 'SIGKILL', living: members.length });
		if (await goneWithin(tree, pollMs)) return [];
		if (performance.now() > deadline) return tree.members().map((row) => row.pid);
	}
}

/** Stops all first: what forks faster than it is killed would otherwise win. */
async function freeze(tree: ProgramTree): Promise<readonly ProcessRow[]> {
	const seen = new Set<string>();
	const stop = (row: ProcessRow) => {
		const key = `${row.pid} ${row.startTime}`;
		if (!seen.has(key)) send(row.pid, 'SIGSTOP');
		seen.add(key);
	};
	for (let pass = 1; pass <= freezePasses; pass += 1) {
		const before = seen.size;
		tree.nearMembers(stop);
		if (seen.size === before) break;
		// The holder's other panes live on this thread too.
		await sleep(0);
	}
	return tree.members(stop);
}

/**
 * One signal to each: through its group where the leader is a member, which also reaches a
 * child forked since the look, else by pid.
 */
function deliver(members: readonly ProcessRow[], signal: NodeJS.Signals): void {
	const own = processRow(process.pid)?.group;
	const led = new Set<number>();
	for (const row of members) {
		if (row.pid !== row.group || row.group === own || !isStill(row)) continue;
		led.add(row.group);
		send(-row.group, signal);
	}
	for (const row of members)
		if (!led.has(row.group) && isStill(row)) send(row.pid, signal);
}

/** On a busy machine a look takes long enough for a pid to change hands. */
function isStill(row: ProcessRow): boolean {
	return processRow(row.pid)?.startTime === row.startTime;
}

function send(target: number, signal: NodeJS.Signals): void {
	try {
		process.kill(target, signal);
	} catch {
		// It has ended since the look, or another user's it may not be: the next look tells.
	}
}
