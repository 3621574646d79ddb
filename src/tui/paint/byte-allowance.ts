// How much may be sent to the terminal: never more than so many bytes within any second, spread over
// it. A frame is not known before it is made, so the next one is taken to be like the largest of the
// last second.

interface Sent {
	at: number;
	readonly bytes: number;
}

const secondMs = 1000;

export class ByteAllowance {
	readonly #perSecond: number;
	/** Within the last second, oldest first. */
	readonly #sent: Sent[] = [];

	constructor(perSecond: number) {
		this.#perSecond = perSecond;
	}

	/** So much was handed over. */
	took(bytes: number, now: number): void {
		if (bytes > 0) this.#sent.push({ at: now, bytes });
	}

	/** What was handed over last has left only now. */
	settled(now: number): void {
		const last = this.#sent.at(-1);
		if (last) last.at = now;
	}

	/** Milliseconds until the next frame may be sent. */
	wait(now: number): number {
		while (this.#sent[0] && this.#sent[0].at + secondMs <= now) this.#sent.shift();
		const last = this.#sent.at(-1);
		if (!last) return 0;
		const pause = Math.min(secondMs, (last.bytes / this.#perSecond) * secondMs);
		return Math.max(0, last.at + pause - now, this.#untilRoom(now));
	}

	/** Until as much of the last second is over as makes room for its largest frame once more. */
	#untilRoom(now: number): number {
		let over = -this.#perSecond;
		let largest = 0;
		for (const { bytes } of this.#sent) {
			over += bytes;
			largest = Math.max(largest, bytes);
		}
		over += largest;
		let until = now;
		for (const { at, bytes } of this.#sent) {
			if (over <= 0) break;
			over -= bytes;
			until = at + secondMs;
		}
		return until - now;
	}
}
