// What the user should hear of although no key asked for it.
import type { WeirEvent } from '../domain/event.ts';
import type { State } from '../domain/state.ts';
import { exitSentence } from '../domain/stopping.ts';
import { lostAgents } from './lost-agents.ts';
import type { Message } from './view.ts';

/** What to say about an event; null for most. */
export function newsOf(event: WeirEvent, state: State): Message | null {
	if (event.kind === 'base.moved.by-others')
		return { text: `${event.data.ref} was moved by others`, allow: null, tone: 'plain' };
	if (event.kind !== 'agent.exited' || event.data.cause === 'stopped') return null;
	const { code, signal, cause } = event.data;
	const agent = state.agents[event.data.agent];
	if (!agent || (code === 0 && signal === null)) return null;
	if (cause === 'lost') return lostAgents(state);
	const how = exitSentence({ code, signal, cause, at: event.at });
	return {
		text: `${agent.name} crashed: ${how}`,
		allow: 'n goes there, R respawns it',
		tone: 'bad',
	};
}
