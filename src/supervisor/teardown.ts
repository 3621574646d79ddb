// The user's teardown command, before a worktree is removed: begun once for each removal, also where
// the supervisor dies meanwhile, and bounded in time.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf, isAlive, type ProcessIdentity } from '../lib/processes.ts';
import { readIfThere } from '../lib/read-if-there.ts';
import { replaceDurably } from '../lib/replace-file.ts';
import { signalGroup } from '../lib/signal-group.ts';

export interface Teardown {
	readonly argv: readonly string[];
	readonly cwd: string;
	readonly env: Readonly<Record<string, string>>;
}

const teardownMs = 60_000;

/**
 * Resolves when it has ended: with what went wrong, else null. Begun before for this effect, it is
 * waited for, and how it ends is not known.
 */
export async function tearDownOnce(
	stateDir: string,
	effect: string,
	teardown: Teardown,
): Promise<string | null> {
	const file = join(stateDir, 'teardown.json');
	const begun = await readBegun(file);
	if (begun?.effect === effect) {
		if (begun.process) await untilEnded(begun.process);
		return null;
	}
	// Written before it begins: one that may have run is not run again.
	await note(file, { effect, process: null });
	const { process, end } = start(teardown);
	if (process === null) return end;
	await note(file, { effect, process });
	return (await untilEnded(process)) ? end : `was ended after ${teardownMs / 1000} s`;
}

interface Begun {
	readonly effect: string;
	/** Null until it has one, and where it could not be started. */
	readonly process: ProcessIdentity | null;
}

async function readBegun(file: string): Promise<Begun | null> {
	const text = await readIfThere(file);
	// Written below, at once and whole.
	return text === null ? null : (JSON.parse(text) as Begun);
}

function note(file: string, begun: Begun): Promise<void> {
	return replaceDurably(file, JSON.stringify(begun));
}

interface Started {
	/** Null where it could not be started, or has ended already. */
	readonly process: ProcessIdentity | null;
	readonly end: Promise<string | null>;
}

function start({ argv: [program = '', ...rest], cwd, env }: Teardown): Started {
	if (program === '') return { process: null, end: Promise.resolve('names no program') };
	const child = spawn(program, rest, { cwd, env, stdio: 'ignore', detached: true });
	const end = new Promise<string | null>((settle) => {
		child.once('error', ({ message }) => settle(`could not be started: ${message}`));
		child.once('exit', (code, signal) => {
			settle(code === 0 ? null : `ended with ${signal ?? `code ${code}`}`);
		});
	});
	return { process: child.pid === undefined ? null : identityOf(child.pid), end };
}

/** Ends the whole group when its time is over; whether it ended by itself. */
async function untilEnded(teardown: ProcessIdentity): Promise<boolean> {
	for (const end = performance.now() + teardownMs; isAlive(teardown); await sleep(50)) {
		if (performance.now() < end) continue;
		signalGroup(teardown.pid, 'SIGKILL');
		return false;
	}
	return true;
}
