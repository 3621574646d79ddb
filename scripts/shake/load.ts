// Processes that keep the cores busy until they are ended or whoever started them is gone.
import { type ChildProcess, spawn } from 'node:child_process';

const program = `
process.stdin.resume().on('close', () => process.exit());
(function spin() {
	for (const end = performance.now() + 20; performance.now() < end; );
	setImmediate(spin);
})();`;

/** Starts so many; they end with this process. */
export function keepLoaded(count: number): ChildProcess[] {
	return Array.from({ length: count }, () =>
		spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'ignore', 'ignore'] }),
	);
}
