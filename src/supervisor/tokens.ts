// Who speaks on the agents' socket: one token a generation. A dead generation's is refused.
import { randomBytes } from 'node:crypto';
import type { AgentId } from '../domain/ids.ts';

export interface Speaker {
	readonly agent: AgentId;
	readonly generation: number;
}

export class Tokens {
	readonly #speakers = new Map<string, Speaker>();

	/** A new token; the agent's earlier ones are void from now on. */
	issue(agent: AgentId, generation: number): string {
		const token = randomBytes(24).toString('base64url');
		this.admit(token, agent, generation);
		return token;
	}

	/** A token that an adopted program already has. */
	admit(token: string, agent: AgentId, generation: number): void {
		this.revoke(agent);
		this.#speakers.set(token, { agent, generation });
	}

	revoke(agent: AgentId): void {
		for (const [token, speaker] of this.#speakers) {
			if (speaker.agent === agent) this.#speakers.delete(token);
		}
	}

	/** The token of the agent's last generation, where it is known. */
	of(agent: AgentId): string | null {
		for (const [token, speaker] of this.#speakers) {
			if (speaker.agent === agent) return token;
		}
		return null;
	}

	speaker(token: string): Speaker | null {
		return this.#speakers.get(token) ?? null;
	}
}
