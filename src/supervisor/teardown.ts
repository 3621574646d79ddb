// The user's teardown command, before a worktree is removed: begun once for each removal, also where
// the supervisor dies meanwhile, and bounded in time.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readIfThere, replaceDurably } from '../git/files.ts';
import { identityOf, isAlive, type ProcessIdentity } from '../lib/processes.ts';

export interface Teardown {
	readonly argv: readonly string[];
	readonly cwd: string;
	readonly env: Readonly<Record<string, string>>;
}

const teardownMs = 60_000;

/** Resolves when it has ended, whatever came of it. Begun before for this effect, it is waited for. */
export async function tearDownOnce(
	stateDir: string,
	effect: string,
	teardown: Teardown,
): Promise<void> {
	const file = join(stateDir, 'teardown.json');
	const begun = await readBegun(file);
	if (begun?.effect === effect) {
		if (begun.process) await untilEnded(begun.process);
		return;
	}
	// Written before it begins: one that may have run is not run again.
	await note(file, { effect, process: null });
	const process = start(teardown);
	if (process === null) return;
	await note(file, { effect, process });
	await untilEnded(process);
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

/** Null where it could not be started, or has ended already. */
function start({ argv: [program, ...rest], cwd, env }: Teardown): ProcessIdentity | null {
	if (program === undefined) return null;
	const child = spawn(program, rest, { cwd, env, stdio: 'ignore', detached: true });
	child.on('error', (error) => console.error('the teardown did not start:', error));
	return child.pid === undefined ? null : identityOf(child.pid);
}

/** Ends the whole group when its time is over. */
async function untilEnded(teardown: ProcessIdentity): Promise<void> {
	for (const end = performance.now() + teardownMs; isAlive(teardown); await sleep(50)) {
		if (performance.now() < end) continue;
		process.kill(-teardown.pid, 'SIGKILL');
		return;
	}
}
