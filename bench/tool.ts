// What the benchmark wants of a thing that shows programs in panes.
import type { Outer } from './outer.ts';
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
	/** Ends the tool and its panes; called after the outer terminal has hung up. */
	close(): Promise<void>;
}

export interface Tool {
	readonly name: string;
	/** Panes that it can show at once. */
	readonly limit: number;
	/** Why it cannot be measured on this machine, or undefined. */
	absent(): string | undefined;
	prepare(world: World, panes: readonly Pane[]): Promise<Session>;
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
