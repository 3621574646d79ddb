import { setTimeout as wait } from 'node:timers/promises';

/** The clock of a scene: runs `speed` times as fast as the wall's. */
export class SceneClock {
	readonly speed: number;

	constructor(speed: number) {
		this.speed = speed;
	}

	/** Scene seconds since the program started. */
	now(): number {
		return (performance.now() / 1000) * this.speed;
	}

	/** Rejects with the signal's reason once it is aborted. */
	async sleep(sceneSeconds: number, signal: AbortSignal): Promise<void> {
		signal.throwIfAborted();
		const milliseconds = (sceneSeconds / this.speed) * 1000;
		// Longer timers overflow to zero in Node.
		await wait(Math.min(milliseconds, 2 ** 31 - 1), undefined, { signal });
	}
}
