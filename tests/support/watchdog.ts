// What tests start may outlive them: supervisors and holders are made to. A test that ends in order ends
// them; one that is killed, as by a time limit, has a watchdog that does.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

let watchdog: ChildProcessByStdio<Writable, null, null> | undefined;

/** Once this process is gone, in whatever way, all with `NAME=value` in their environment end. */
export function endWithUs(name: string, value: string): void {
	watchdog ??= startWatchdog();
	watchdog.stdin.write(`${JSON.stringify([name, value])}\n`);
}

/** For what is started with the environment of this process. */
export function endChildrenWithUs(): void {
	if (process.env[inherited] !== undefined) return;
	process.env[inherited] = randomBytes(8).toString('hex');
	endWithUs(inherited, process.env[inherited]);
}

/** Not a WEIR_ variable: those do not reach agents. */
const inherited = 'RUN_OF_TEST';

function startWatchdog(): ChildProcessByStdio<Writable, null, null> {
	const program = fileURLToPath(new URL('../fixtures/watchdog.ts', import.meta.url));
	const child = spawn(process.execPath, [program], {
		// In a session of its own: what ends the run by its group does not reach it.
		detached: true,
		// Without the marks of this process.
		env: {},
		stdio: ['pipe', 'ignore', 'ignore'],
	});
	child.unref();
	// A pipe of Node's is a socket; a test does not wait for it.
	if ('unref' in child.stdin && typeof child.stdin.unref === 'function')
		child.stdin.unref();
	child.stdin.on('error', () => undefined);
	return child;
}
