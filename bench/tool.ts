// What the benchmark wants of a thing that shows programs in panes.
import type { Turn } from './loops.ts';
import type { Outer, ScreenSize } from './outer.ts';
import type { World } from './world.ts';

export interface Pane {
	readonly name: string;
	readonly argv: readonly string[];
}

/** A session that was prepared: `argv` is what the outer terminal runs to show it. */
export interface Session {
	readonly argv: readonly string[];
	readonly cwd?: string;
	readonly env?: Readonly<Record<string, string>>;
	/** Resolves when all panes are laid out and typing goes to the last one. */
	ready(outer: Outer): Promise<void>;
	/** The tool's own processes, without the programs in its panes. */
	processes(outer: Outer): readonly number[];
	/** Since it was last asked; where loops are watched. */
	longestTurns?(outer: Outer): Promise<Turns>;
	/** Shows the oldest line of the last pane that can still be looked at. */
	showOldest?(outer: Outer): Promise<void>;
	/** Ends the tool and its panes; called after the outer terminal has hung up. */
	close(): Promise<void>;
}

/** Of the event loops of its kinds of processes. */
interface Turns {
	readonly client: Turn;
	readonly holder: Turn;
}

export interface Tool {
	readonly name: string;
	/** Panes that it can have. */
	readonly limit: number;
	/** Why it cannot be measured on this machine, or undefined. */
	absent(): string | undefined;
	prepare(
		world: World,
		panes: readonly Pane[],
		circumstances?: Circumstances,
	): Promise<Session>;
}

/** Where a session differs from a usual one. */
export interface Circumstances {
	/** All panes on one screen, as far as the tool can, or the last one; `all` if unsaid. */
	readonly shown?: 'all' | 'last';
	/** Of the outer terminal; 200x50 if unsaid. */
	readonly size?: ScreenSize;
	/** Its server is not running when it is opened. */
	readonly cold?: boolean;
	/** Its processes tell how long the turns of their event loops take. */
	readonly watchLoops?: boolean;
}

/** What the last pane of an echo scenario runs; its line says that it may be typed at. */
export const echoPane: Pane = {
	name: 'echo',
	argv: ['sh', '-c', "printf 'echo-ready '; exec cat"],
};

/** Waits for the text that the last pane prints at its start, where it prints one. */
export async function waitForLastPane(
	outer: Outer,
	panes: readonly Pane[],
): Promise<void> {
	const last = panes.at(-1);
	if (last !== echoPane) return;
	await outer.waitFor('the echo pane', (lines) =>
		lines.some((line) => line.includes('echo-ready')),
	);
}
