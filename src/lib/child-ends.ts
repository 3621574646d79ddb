// When children end that Node does not know of. The system sends one signal for any number of ends, and a
// quick program ends before the thread that started it has said so: then the signal was for nobody.
import { type ExitStatus, exitOf } from './native.ts';

const running = new Map<number, (status: ExitStatus) => void>();
let isListening = false;
let clock: NodeJS.Timeout | undefined;

/** Keeps this process going until then, as a child of Node's does. */
const againMs = 1000;

/** How a child of this process ends, or has ended already. */
export function endOf(pid: number): Promise<ExitStatus> {
	if (!isListening) process.on('SIGCHLD', takeEnded);
	isListening = true;
	const ended = exitOf(pid);
	if (ended) return Promise.resolve(ended);
	clock ??= setInterval(takeEnded, againMs);
	return new Promise((resolve) => running.set(pid, resolve));
}

/** One signal may stand for several ends. */
function takeEnded(): void {
	for (const [pid, resolve] of running) {
		const status = exitOf(pid);
		if (!status) continue;
		running.delete(pid);
		resolve(status);
	}
	if (running.size > 0) return;
	clearInterval(clock);
	clock = undefined;
}
