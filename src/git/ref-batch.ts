// Ref changes of many callers in few calls of git. Each call waits for the disk, and thirty agents
// made at once would wait thirty times.
import type { Lane } from '../lib/lane.ts';
import type { Outcome } from '../lib/outcome.ts';
import type { GitPlace } from './git.ts';
import { changeRefs, type RefChange } from './refs.ts';

interface Wish {
	readonly changes: readonly RefChange[];
	readonly settle: (outcome: Outcome<void>) => void;
	readonly fail: (error: unknown) => void;
}

export class RefBatch {
	readonly #place: GitPlace;
	readonly #lane: Lane;
	#waiting: Wish[] = [];
	#running = false;

	/** `lane` is that of all ref-changing calls. */
	constructor(place: GitPlace, lane: Lane) {
		this.#place = place;
		this.#lane = lane;
	}

	/**
	 * As `changeRefs`: all of the changes or none, whatever others ask for at the same time. What is
	 * asked for while git runs goes with the next call.
	 */
	change(changes: readonly RefChange[]): Promise<Outcome<void>> {
		const outcome = new Promise<Outcome<void>>((settle, fail) => {
			this.#waiting.push({ changes, settle, fail });
		});
		if (!this.#running) void this.#run();
		return outcome;
	}

	async #run(): Promise<void> {
		this.#running = true;
		// One turn later: what is asked for in this turn goes together.
		await Promise.resolve();
		while (this.#waiting.length > 0) {
			const wishes = this.#waiting.splice(0);
			if (wishes.length > 1 && (await this.#together(wishes))) continue;
			for (const wish of wishes) {
				// One wish after another: refs are changed by one call at a time.
				await this.#call(wish.changes).then(wish.settle, wish.fail);
			}
		}
		this.#running = false;
	}

	/** Whether all could be done at once; nothing was changed where not. */
	async #together(wishes: readonly Wish[]): Promise<boolean> {
		try {
			const done = await this.#call(wishes.flatMap(({ changes }) => changes));
			if (!done.ok) return false;
			for (const { settle } of wishes) settle(done);
			return true;
		} catch {
			// Each tells by itself what is wrong with it.
			return false;
		}
	}

	#call(changes: readonly RefChange[]): Promise<Outcome<void>> {
		return this.#lane.run(() => changeRefs(this.#place, changes, 'weir: new agent'));
	}
}
