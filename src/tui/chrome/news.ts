// What the user should hear of although no key asked for it.

import type { Agent } from '../../domain/agent.ts';
import { alarmText, openAlarms } from '../../domain/alarm/alarms.ts';
import { proposalOf, proposalWords } from '../../domain/asks.ts';
import { byOthersWords, isAlarming } from '../../domain/by-others.ts';
import type { EventOf, WeirEvent } from '../../domain/event.ts';
import type { AgentId, MessageId } from '../../domain/ids.ts';
import { keptBackSaid } from '../../domain/kept-back.ts';
import { receiptOf } from '../../domain/message.ts';
import { overSaid } from '../../domain/resolving.ts';
import type { State } from '../../domain/state.ts';
import { exitSentence } from '../../domain/stopping.ts';
import { nameOfStep } from '../../domain/undoing.ts';
import { branchMoved } from '../../domain/upkeep.ts';
import { fitText } from '../../lib/fit-text.ts';
import type { Call } from '../../protocol/observation.ts';
import { nextNeedy } from '../look/state-signs.ts';
import { type Message, shownAgents } from '../view.ts';
import { lostAgents } from './lost-agents.ts';
import { settingsNews } from './settings-news.ts';

/** What to say about an event to whoever looks at `focus`; null for most. */
export function newsOf(
	event: WeirEvent,
	state: State,
	focus: AgentId | null,
): Message | null {
	const done = byOthersWords(event);
	if (done !== null)
		return isAlarming(event.kind)
			? { text: done, allow: 'in a shell: weir log', tone: 'bad' }
			: { text: done, allow: null, tone: 'plain' };
	if (event.kind === 'alarm.raised') {
		const text = alarmText(event.data);
		return { text, allow: '{screen.inbox} shows it', tone: 'bad' };
	}
	if (event.kind === 'conflict.over') {
		const { text, allow } = overSaid(state, event.data);
		return { text, allow, tone: 'plain' };
	}
	const moved = branchMoved(event);
	if (moved) return { text: moved.message, allow: moved.allow ?? null, tone: 'bad' };
	if (event.kind === 'settings.refused') return settingsNews(event.data);
	if (event.kind === 'merge.landed' && event.data.kept) {
		const name = state.agents[event.data.agent]?.name ?? '';
		const { text, allow } = keptBackSaid(event.data.kept);
		return {
			text: `merged ${name} into ${event.data.branch}; ${text}`,
			allow,
			tone: 'plain',
		};
	}
	if (event.kind === 'merge.undone' && event.data.kept) {
		const { text, allow } = keptBackSaid(event.data.kept, 'what the branch has');
		const name = nameOfStep(state, { kind: 'landing', landing: event.data.landing });
		return { text: `took back the ${name}; ${text}`, allow, tone: 'plain' };
	}
	if (event.kind === 'question.opened') return proposalNews(state, event);
	if (event.kind === 'message.queued' || event.kind === 'prompt.settled')
		return receiptNews(state, event.data.message);
	if (event.kind !== 'agent.exited' || event.data.cause === 'stopped') return null;
	const { code, signal, cause } = event.data;
	const agent = state.agents[event.data.agent];
	if (!agent || (code === 0 && signal === null)) return null;
	if (cause === 'lost') return lostAgents(state);
	const how = exitSentence({ code, signal, cause, at: event.at });
	return {
		text: `${agent.name} crashed: ${how}`,
		allow: `${wayTo(agent, state, focus)}, {agent.respawn} respawns it`,
		tone: 'bad',
	};
}

/** Said when agents begin to ask too much, and not with each question after that. */
function proposalNews(state: State, event: EventOf<'question.opened'>): Message | null {
	const now = Date.parse(event.at);
	const proposal = proposalOf(state.asks, now);
	const before = proposalOf(state.asks.slice(0, -1), now);
	if (!proposal || before) return null;
	return {
		text: proposalWords(proposal),
		allow: 'in a shell: weir inbox',
		tone: 'plain',
	};
}

/** How many have got a message of the human's by now. */
function receiptNews(state: State, id: MessageId | undefined): Message | null {
	const message = id === undefined ? undefined : state.messages[id];
	if (!message) return null;
	const { delivered, all, others } = receiptOf(state, message);
	const wait = others.filter(({ part }) => part === 'queued').map(({ name }) => name);
	const failed = others.filter(({ part }) => part === 'failed').map(({ name }) => name);
	const notes = [
		...(wait.length === 0 ? [] : [`waits for ${namesOf(wait)} to be idle`]),
		...(failed.length === 0 ? [] : [`${namesOf(failed)} could not get it`]),
	];
	return {
		text: [`message: ${delivered}/${all} delivered`, ...notes].join('; '),
		allow: wait.length === 0 ? null : '{undo.open} takes it back',
		tone: failed.length > 0 ? 'bad' : delivered === all ? 'good' : 'plain',
	};
}

const namesSaid = 3;

function namesOf(names: readonly string[]): string {
	const more = names.length - namesSaid;
	const said = names.slice(0, namesSaid).join(', ');
	return more > 0 ? `${said} and ${more} more` : said;
}

/** What to say about an agent whose program rang or said something; null where it is looked at. */
export function callNews(
	agent: Agent,
	call: Call,
	state: State,
	focus: AgentId | null,
): Message | null {
	if (agent.id === focus) return null;
	const said = call.text === null ? ' rang' : `: ${fitText(call.text, longestCall)}`;
	return {
		text: `${agent.name}${said}`,
		allow: wayTo(agent, state, focus),
		tone: 'plain',
	};
}

const longestCall = 120;

function wayTo({ id }: Agent, state: State, focus: AgentId | null): string {
	const agents = shownAgents(state);
	const alarmed = openAlarms(state).length > 0;
	if (!alarmed && nextNeedy(agents, focus, 1)?.id === id)
		return '{attention.next} goes there';
	return `{focus.jump} ${agents.findIndex((one) => one.id === id) + 1} Enter goes there`;
}
