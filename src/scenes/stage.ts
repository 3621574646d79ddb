import type { Environment } from '../lib/environment.ts';
import type { Lifetime } from '../lib/lifetime.ts';
import type { FooterLines } from '../page/footer.ts';
import type { Input } from '../page/input.ts';
import type { Page } from '../page/page.ts';
import type { Signals } from '../page/signals.ts';
import type { StatusReport } from '../page/status-report.ts';
import type { SceneClock } from './clock.ts';
import type { PlaceholderValues } from './placeholders.ts';
import type { Random } from './random.ts';
import type { Step } from './scene.ts';

/** What a step may reach while it is played. */
export interface Stage {
	readonly page: Page;
	readonly footer: FooterLines;
	readonly input: Input;
	readonly clock: SceneClock;
	readonly random: Random;
	readonly report: StatusReport;
	readonly signals: Signals;
	/** Owns what must not outlive the program, such as a running command. */
	readonly lifetime: Lifetime;
	/** Aborted when the person interrupts the step. */
	readonly interrupt: AbortSignal;
	/** The folder the scene plays in. */
	readonly cwd: string;
	readonly environment: Environment;
	readonly generation: number;
	/** Leaves with 0 where the program would otherwise wait at its prompt. */
	readonly exitAtEnd: boolean;
	/** Writes past the page, waiting until the terminal has taken it. */
	readonly pour: (bytes: Buffer) => Promise<void>;
	readonly values: () => PlaceholderValues;
	/** Remembers the last answer for `{{answer}}`. */
	readonly answered: (text: string) => void;
	/** Plays inner steps, each with an interrupt of its own. */
	readonly play: (steps: readonly Step[]) => Promise<void>;
}
