// A program may say another state a thousand times a second; each that is recorded stays for ever.
import type { AgentId } from '../domain/ids.ts';

/** More at once than any program has reason to say. */
const burst = 30;
const perSecond = 1;

interface Account {
	left: number;
	at: number;
	later: NodeJS.Timeout | undefined;
}

/** How often the state of each agent may be recorded: a burst, and then once a second, the latest. */
export class ObservationLimit implements Disposable {
	readonly #again: (agent: AgentId) => void;
	readonly #accounts = new Map<AgentId, Account>();

	/** `again` is called when an agent that was held back may be told of. */
	constructor(again: (agent: AgentId) => void) {
		this.#again = again;
	}

	/** Whether it may be told of now; if not, `again` follows. */
	passes(agent: AgentId): boolean {
		const now = performance.now();
		const account = this.#accounts.get(agent) ?? {
			left: burst,
			at: now,
			later: undefined,
		};
		this.#accounts.set(agent, account);
		const earned = ((now - account.at) / 1000) * perSecond;
		account.left = Math.min(burst, account.left + earned);
		account.at = now;
		if (account.left >= 1) {
			account.left -= 1;
			return true;
		}
		account.later ??= setTimeout(() => {
			account.later = undefined;
			this.#again(agent);
		}, 1000 / perSecond);
		return false;
	}

	forget(agent: AgentId): void {
		clearTimeout(this.#accounts.get(agent)?.later);
		this.#accounts.delete(agent);
	}

	[Symbol.dispose](): void {
		for (const { later } of this.#accounts.values()) clearTimeout(later);
		this.#accounts.clear();
	}
}
