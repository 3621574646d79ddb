/** Signals a process with its group; one that was never started or has ended hears nothing. */
export function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
	if (pid === undefined) return;
	try {
		process.kill(-pid, signal);
	} catch {
		// The group has ended already, which is what was wanted.
	}
}
