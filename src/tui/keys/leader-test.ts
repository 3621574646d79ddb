// The first run's test of the leader: the key is pressed once, or another one is taken by pressing it.
import type { Outcome } from '../../lib/outcome.ts';
import { refusalMessage } from '../chrome/message-line.ts';
import type { Message } from '../view.ts';
import type { Keymap } from './keymap.ts';
import { keyLabel } from './keys.ts';
import { type LeaderAsk, leaderFallbacks } from './leader-ask.ts';

export interface LeaderTestOptions {
	readonly inputMethod: string | null;
	/** The key arrived: it is not asked for again. */
	readonly onPassed: (key: string) => void;
	/** Makes another key the leader, for good. */
	readonly choose: (key: string) => Promise<Outcome<null>>;
}

export interface LeaderTestStage {
	readonly show: (ask: LeaderAsk | null) => void;
	readonly say: (message: Message) => void;
	readonly after: (milliseconds: number, run: () => void) => void;
}

/** Who reads the line has pressed the key by then. */
const patienceMs = 5000;

export class LeaderTest {
	readonly #options: LeaderTestOptions;
	#stage: LeaderTestStage | undefined;
	#offered: readonly string[] = [];

	constructor(options: LeaderTestOptions) {
		this.#options = options;
	}

	begin(stage: LeaderTestStage): void {
		this.#stage = stage;
		if (this.#options.inputMethod !== null) this.#offered = leaderFallbacks.slice(0, 1);
		this.#show();
		this.#offerSoon();
	}

	/** A key that is bound to nothing, or the leader. True where it was what is asked for. */
	heard(key: string, { leader }: Keymap): boolean {
		const stage = this.#stage;
		if (!stage) return false;
		if (key === leader) {
			this.#end();
			this.#options.onPassed(key);
			const text = `${keyLabel(key)} arrives`;
			const allow = '{leader} Esc leads out of a pane';
			stage.say({ text, allow, tone: 'good' });
			return true;
		}
		if (!this.#offered.includes(key)) return false;
		this.#end();
		void this.#take(key, stage);
		return true;
	}

	async #take(key: string, stage: LeaderTestStage): Promise<void> {
		const chosen = await this.#options.choose(key);
		if (!chosen.ok) return stage.say(refusalMessage(chosen.refusal));
		this.#options.onPassed(key);
	}

	#offerSoon(): void {
		const next = leaderFallbacks[this.#offered.length];
		if (next === undefined) return;
		this.#stage?.after(patienceMs, () => {
			if (!this.#stage) return;
			this.#offered = [...this.#offered, next];
			this.#show();
			this.#offerSoon();
		});
	}

	#show(): void {
		const { inputMethod } = this.#options;
		this.#stage?.show({ offered: this.#offered, inputMethod });
	}

	#end(): void {
		this.#stage?.show(null);
		this.#stage = undefined;
	}
}
