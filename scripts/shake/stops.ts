// Stops descendants of this process for moments, drawn by a seed, and lets none stay stopped:
// a guard outside the process group wakes them even when this process is killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { descendantsOf, processRow } from '../../src/lib/processes.ts';
import { Random } from '../../src/scenes/random.ts';
import { reapOrphans } from '../../src/terminal/orphans.ts';

/** So many stand still at once; with more, nothing moves at all. */
const mostStopped = 3;
const longestGapMs = 30;
const shortestMs = 1;
/** Zombies that wait for longer could be taken for processes that live. */
const reapEveryMs = 20;

export class Stops {
	readonly #longestMs: number;
	readonly #guard: ChildProcess;
	/** Never stopped, and waited for by Node. */
	readonly #spared = new Set<number>();
	readonly #stopped = new Map<number, NodeJS.Timeout>();
	#run = 0;

	constructor(longestMs: number) {
		this.#longestMs = longestMs;
		this.#guard = startGuard();
		this.spare(this.#guard.pid);
		process.on('exit', () => this.endRun());
	}

	/** Leaves a child of this process alone. */
	spare(pid: number | undefined): void {
		if (pid !== undefined) this.#spared.add(pid);
	}

	/** What may be stopped: every living descendant but the spared. */
	candidates(): number[] {
		return descendantsOf(process.pid).filter((pid) => !this.#spared.has(pid));
	}

	/** Asks the run to end. */
	endRun(): void {
		this.#wakeAll();
		if (this.#run > 0) signal(this.#run, 'SIGTERM');
	}

	/** Stops what descends from this process until disposed; `run` is its child. */
	begin(seed: number, run: number): Disposable {
		this.#run = run;
		const random = new Random(seed);
		const seen = new Set<number>();
		let next: NodeJS.Timeout;
		const stopOne = () => {
			next = setTimeout(stopOne, random.between(1, longestGapMs));
			if (this.#stopped.size >= mostStopped) return;
			const pid = chooseFrom(this.candidates(), seen, random);
			if (pid !== undefined) this.#stop(pid, random.between(shortestMs, this.#longestMs));
		};
		next = setTimeout(stopOne, 0);
		const reaping = setInterval(
			() => reapOrphans(new Set([...this.#spared, run])),
			reapEveryMs,
		);
		return {
			[Symbol.dispose]: () => {
				clearTimeout(next);
				clearInterval(reaping);
				this.#wakeAll();
				this.#run = 0;
				this.#tellGuard();
			},
		};
	}

	#stop(pid: number, spellMs: number): void {
		// What a test has stopped itself is the test's to wake.
		if (this.#stopped.has(pid) || processRow(pid)?.state === 'T') return;
		this.#stopped.set(
			pid,
			setTimeout(() => this.#wake(pid), spellMs),
		);
		// The guard knows of it before it stands.
		this.#tellGuard();
		signal(pid, 'SIGSTOP');
	}

	#wake(pid: number): void {
		clearTimeout(this.#stopped.get(pid));
		signal(pid, 'SIGCONT');
		this.#stopped.delete(pid);
		this.#tellGuard();
	}

	#wakeAll(): void {
		for (const pid of [...this.#stopped.keys()]) this.#wake(pid);
	}

	#tellGuard(): void {
		this.#guard.stdin?.write(`${[this.#run, ...this.#stopped.keys()].join(' ')}\n`);
	}
}

/** What is seen for the first time, half of the time: few of the short-lived would be met otherwise. */
function chooseFrom(
	pids: readonly number[],
	seen: Set<number>,
	random: Random,
): number | undefined {
	const fresh = pids.filter((pid) => !seen.has(pid));
	for (const pid of fresh) seen.add(pid);
	const [first, ...rest] = fresh.length > 0 && random.next() < 0.5 ? fresh : pids;
	return first === undefined ? undefined : random.pick([first, ...rest]);
}

/** Its last line names the run, which it ends, and what stood still, which it wakes. */
function startGuard(): ChildProcess {
	const script = `while read -r first rest; do run=$first; stopped=$rest; done
[ -z "$stopped" ] || kill -CONT $stopped
[ "$run" = 0 ] || kill "$run"`;
	const guard = spawn('sh', ['-c', script], {
		detached: true,
		stdio: ['pipe', 'ignore', 'ignore'],
	});
	guard.unref();
	guard.stdin.on('error', () => undefined);
	return guard;
}

function signal(pid: number, name: NodeJS.Signals): void {
	try {
		process.kill(pid, name);
	} catch {
		// It has ended.
	}
}
