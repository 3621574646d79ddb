// Hears when what agents print is recorded no longer, and when it is again. What fails when a client
// begins to look is news to it, too.
import type { Agent } from '../../domain/agent.ts';
import type { AgentId } from '../../domain/ids.ts';
import { recordingFault } from '../../domain/recording-fault.ts';
import { observationOf, type Reflection } from '../mirror.ts';
import { shownAgents } from '../view.ts';
import { sizeOf } from './age.ts';

export interface RecordingNews {
	readonly text: string;
	/** What helps; null where nothing has to be done. */
	readonly allow: string | null;
}

export class Recordings {
	#failing: ReadonlySet<AgentId> = new Set();

	/** What changed since the last look, one sentence for all that fail; null where nothing did. */
	news(reflection: Reflection): RecordingNews | null {
		const before = this.#failing;
		const agents = shownAgents(reflection.state);
		const failing = agents.filter((agent) => faultOf(agent, reflection));
		this.#failing = new Set(failing.map(({ id }) => id));
		const [first, ...others] = failing.filter(({ id }) => !before.has(id));
		const fault = first && faultOf(first, reflection);
		if (fault) {
			const text = `${named(first, others)} not recorded: ${fault.why}`;
			return { text, allow: fault.allow };
		}
		const again = agents.filter(
			({ id, life }) =>
				life.kind === 'running' && before.has(id) && !this.#failing.has(id),
		);
		const [mended, ...rest] = again;
		if (!mended) return null;
		const lost = again.reduce(
			(sum, { id }) => sum + (observationOf(reflection, id).recording?.lost ?? 0),
			0,
		);
		const text = `${named(mended, rest)} recorded again; ${sizeOf(lost)} of output is missing`;
		return { text, allow: null };
	}
}

function faultOf(agent: Agent, reflection: Reflection) {
	return recordingFault(agent.name, observationOf(reflection, agent.id).recording);
}

function named({ name }: Agent, others: readonly Agent[]): string {
	if (others.length === 0) return `${name} is`;
	return `${name} and ${others.length === 1 ? 'one other' : `${others.length} others`} are`;
}
