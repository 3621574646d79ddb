// One sentence for all agents that were lost, however many: a holder takes up to ten with it.
import { isLost } from '../../domain/agent.ts';
import type { State } from '../../domain/state.ts';
import type { Message } from '../view.ts';

const namesShown = 4;

/** What to say about the agents that were lost and not started again since; null without any. */
export function lostAgents({ agents }: State): Message | null {
	const names = Object.values(agents)
		.filter(isLost)
		.map(({ name }) => name);
	const [first] = names;
	if (first === undefined) return null;
	const some = names.slice(0, namesShown).join(', ');
	const list = names.length > namesShown ? `${some} …` : some;
	return {
		text:
			names.length === 1
				? `${first} was lost with its holder or machine`
				: `${names.length} agents were lost with their holder or machine: ${list}`,
		allow:
			names.length === 1
				? '{attention.next} goes to it, {agent.respawn} respawns it'
				: '{agents.resume} resumes them all, {attention.next} goes to one',
		tone: 'bad',
	};
}
