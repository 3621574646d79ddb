// A scenario: which programs stand in the panes, and what is measured of one session.
import type { Outer } from './outer.ts';
import type { Circumstances, Pane, Session } from './tool.ts';
import type { World } from './world.ts';

export interface Setting {
	readonly world: World;
	readonly outer: Outer;
	readonly session: Session;
	readonly run: number;
	readonly quick: boolean;
}

/** Metric -> value of one run. Lower is better for all but those that end in `/s in`. */
export type Measures = Readonly<Record<string, number>>;

interface Stage {
	readonly panes: readonly Pane[];
	measure(setting: Setting): Promise<Measures>;
}

export interface Scenario extends Circumstances {
	readonly id: string;
	readonly title: string;
	readonly panes: number;
	/** Tools that are measured; all if unsaid. */
	readonly tools?: readonly string[];
	/** The time of what a pane prints first is taken from the start on: two bytes. */
	readonly firstMark?: string;
	/** Reads as fast as it can instead of at the run's limit: the tool alone is the subject. */
	readonly unlimited?: boolean;
	/** A session that takes longer, from preparing to measuring, is given up. */
	readonly limitMs: number;
	/** Anew for each session, because trigger files and marks are used once. */
	stage(world: World): Stage;
}
