import { constants } from 'node:os';

const heard = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type HeardSignal = (typeof heard)[number];

/** The signals of a polite ending: heard, unless the scene said not to hear them. */
export class Signals implements Disposable {
	readonly #deaf = new Set<HeardSignal>();
	readonly #listeners: readonly (readonly [HeardSignal, () => void])[];

	constructor(onSignal: (signal: HeardSignal) => void) {
		this.#listeners = heard.map((signal) => [
			signal,
			() => {
				if (!this.#deaf.has(signal)) onSignal(signal);
			},
		]);
		for (const [signal, listener] of this.#listeners) process.on(signal, listener);
	}

	ignore(signals: readonly HeardSignal[]): void {
		for (const signal of signals) this.#deaf.add(signal);
	}

	[Symbol.dispose](): void {
		for (const [signal, listener] of this.#listeners) process.off(signal, listener);
	}
}

/** The exit code a shell gives a program that ended by this signal. */
export function exitCodeOf(signal: NodeJS.Signals): number {
	return 128 + constants.signals[signal];
}
