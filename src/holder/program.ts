// A program with all that it starts: from its spawn, through pauses, to the end of its tree.
import { randomBytes } from 'node:crypto';
import { Emitter } from '../lib/emitter.ts';
import { newMark } from '../lib/lineage.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { identityOf } from '../lib/processes.ts';
import type { ProcessIdentity, SpawnRequest, StopLadder } from '../protocol/holder.ts';
import {
	continueTree,
	type EndingProgress,
	endTree,
	type Pause,
	pauseTree,
} from '../terminal/endings.ts';
import type { ProgramOrigin } from '../terminal/program-tree.ts';
import { type Pty, type PtyExit, startPty } from '../terminal/pty.ts';

/** Names the tree of a program in its environment, for what leaves it by setsid. */
export const paneMark = 'WEIR_PANE_MARK';

// A program that even SIGKILL does not end (it hangs in the kernel) is waited for no longer.
const exitPatienceMs = 2000;

export interface ProgramEnd extends PtyExit {
	/** Whether a stop was asked for before it ended. */
	readonly stopped: boolean;
	/** Processes of its tree that could not be ended. */
	readonly survivors: readonly number[];
}

export class Program implements Disposable {
	readonly pid: number;
	/** Null where it ended before it could be looked at. */
	readonly process: ProcessIdentity | null;
	/** A signal of the ladder was sent. */
	readonly onStopping = new Emitter<EndingProgress>();
	/** Once: it and its tree have ended, and all it printed has been told. */
	readonly onEnd = new Emitter<ProgramEnd>();

	readonly #pty: Pty;
	readonly #origin: ProgramOrigin;
	readonly #ladder: StopLadder;
	#pause: Promise<Pause> | undefined;
	#ending: Promise<readonly number[]> | undefined;
	readonly #atOnce = new AbortController();
	#patience: NodeJS.Timeout | undefined;
	#stopAsked = false;
	#exited = false;
	#ended = false;

	/** Refused with `spawn.failed` where it cannot be started. */
	static start(spec: SpawnRequest): Outcome<Program> {
		const variable = { name: paneMark, value: randomBytes(12).toString('hex') };
		const mark = newMark();
		const env = { ...spec.env, [variable.name]: variable.value };
		const started = startPty({ ...spec, env, mark });
		if (!started.ok) return started;
		const { pid } = started.value;
		// A program that has ended already has no identity left; no process has this one.
		const root = identityOf(pid) ?? { pid, startTime: '', bootId: '' };
		return ok(new Program(started.value, { root, variable, mark }, spec.ladder));
	}

	private constructor(pty: Pty, origin: ProgramOrigin, ladder: StopLadder) {
		this.pid = pty.pid;
		this.process = origin.root.startTime === '' ? null : origin.root;
		this.#pty = pty;
		this.#origin = origin;
		this.#ladder = ladder;
		pty.onExit.on((exit) => void this.#finish(exit));
	}

	/** Its terminal, for what it prints, what it is typed and its size. */
	get terminal(): Omit<Pty, 'onExit' | typeof Symbol.dispose> {
		return this.#pty;
	}

	get paused(): boolean {
		return this.#pause !== undefined;
	}

	/** Whether it is on its way to the end. */
	get stopping(): boolean {
		return this.#ending !== undefined && !this.#ended;
	}

	/** Stops the tree where it stands; refused with `pane.unpausable` where some of it runs on. */
	async pause(): Promise<Outcome<void>> {
		if (this.#ending) return refuse('pane.stopping', 'the program is being ended');
		this.#pause ??= pauseTree(this.#origin);
		const { running } = await this.#pause;
		if (running.length === 0) return ok(undefined);
		const which = running.join(', ');
		return refuse('pane.unpausable', `processes ${which} cannot be stopped`);
	}

	/** Continues what `pause` has stopped. */
	async resume(): Promise<void> {
		const pause = this.#pause;
		if (!pause) return;
		continueTree(await pause);
		if (this.#pause === pause) this.#pause = undefined;
	}

	/**
	 * Ends it and its tree. The ladder goes on by itself; asking again changes nothing, but for a
	 * ladder without signals, which is not patient.
	 */
	stop(ladder: StopLadder = this.#ladder): void {
		if (this.#ending === undefined) this.#stopAsked = true;
		void this.#end(ladder);
		if (ladder.signals.length === 0) this.#atOnce.abort();
	}

	/** Closes the terminal. */
	[Symbol.dispose](): void {
		clearTimeout(this.#patience);
		this.#pty[Symbol.dispose]();
		this.onStopping[Symbol.dispose]();
		this.onEnd[Symbol.dispose]();
	}

	#end(ladder: StopLadder): Promise<readonly number[]> {
		this.#ending ??= this.#endTree(ladder);
		return this.#ending;
	}

	async #endTree(ladder: StopLadder): Promise<readonly number[]> {
		// A stopped process hears no polite signal.
		await this.resume();
		const tell = (step: EndingProgress) => this.onStopping.emit(step);
		const survivors = await endTree(this.#origin, ladder, tell, this.#atOnce.signal);
		const unknown = { code: null, signal: null };
		this.#patience = setTimeout(() => void this.#finish(unknown), exitPatienceMs);
		return survivors;
	}

	async #finish(exit: PtyExit): Promise<void> {
		if (this.#exited) return;
		this.#exited = true;
		const stopped = this.#stopAsked;
		// What the program left behind goes as well: nothing of it may outlive the pane unseen.
		const survivors = await this.#end(this.#ladder);
		clearTimeout(this.#patience);
		this.#ended = true;
		this.onEnd.emit({ ...exit, stopped, survivors });
	}
}
