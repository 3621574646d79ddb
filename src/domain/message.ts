// A message of the human's to several agents: each gets it when it is idle, never while something is asked
// on its screen. What has not been typed yet can be taken back.
import type { Refusal } from '../lib/outcome.ts';
import { type Agent, hasProgram, isGone } from './agent.ts';
import { whyNotType } from './agent-refusals.ts';
import { isBlocked } from './agent-state.ts';
import type { CommandOf } from './command.ts';
import { type Decision, Draft, refused, unchanged, unknownAgent } from './decision.ts';
import type { EventOf } from './event.ts';
import { type AgentId, type MessageId, messageId } from './ids.ts';
import { openQuestions } from './question.ts';
import { type Message, type MessagePart, pendingOf, type State } from './state.ts';
import { withoutStep, withStep } from './undo-steps.ts';

/** So many may wait for their agents at a time; the rest of what is kept is for receipts. */
const mostWaiting = 50;
const messagesKept = 60;

/** Why an agent is left out of a message; null where it gets it, at once or once it is idle. */
export function whyNotTold(state: State, agent: Agent) {
	const no = whyNotType(agent);
	if (no) return no;
	return asksNow(state, agent)
		? {
				code: 'agent.asks',
				message: `${agent.name} shows a question: nothing is typed into it`,
				allow: 'weir inbox',
			}
		: null;
}

function asksNow(state: State, agent: Agent): boolean {
	return isBlocked(agent.report.state) || openQuestions(state, agent.id).length > 0;
}

/** What is typed into it now is read as a message, and it does nothing else meanwhile. */
export function isIdle(state: State, agent: Agent): boolean {
	const { life, report } = agent;
	if (life.kind !== 'running' || asksNow(state, agent)) return false;
	return report.state === 'idle' || report.state === 'done';
}

export function decideSend(
	state: State,
	{ agents, text }: CommandOf<'message.send'>,
): Decision {
	const to: Agent[] = [];
	for (const id of agents) {
		const agent = state.agents[id];
		if (!agent) return unknownAgent(id);
		to.push(agent);
	}
	if (agents.length === 0 || text.trim() === '')
		return refused({
			code: 'message.empty',
			message: 'a message needs words, and somebody who gets it',
		});
	const no = whyNotSend(state, to);
	if (no) return refused(no);
	const draft = new Draft(state);
	return draft
		.add('message.queued', { message: messageId(draft.seq), agents, text })
		.done();
}

/** Why no message can be left for these agents; null where one can. */
export function whyNotSend(state: State, agents: readonly Agent[]): Refusal | null {
	for (const agent of agents) {
		const no = whyNotType(agent);
		if (no) return no;
	}
	const waiting = Object.values(state.messages).filter(isWaiting);
	if (waiting.length < mostWaiting) return null;
	return {
		code: 'message.too-many',
		message: `${mostWaiting} messages wait for their agents to be idle`,
		allow: 'weir undo',
	};
}

/** Somebody noticed that an agent that a message waits for is idle. */
export function decideDeliver(
	state: State,
	{ message: id, agent: to }: CommandOf<'message.deliver'>,
): Decision {
	const message = state.messages[id];
	const agent = state.agents[to];
	if (message?.parts[to] !== 'queued' || !agent || !mayType(state, agent))
		return unchanged;
	const draft = new Draft(state);
	return draft
		.add('prompt.asked', {
			effect: draft.effect,
			agent: to,
			generation: agent.generation,
			text: message.text,
			message: id,
		})
		.done();
}

/** Those that can be delivered now; of several for one agent the oldest. */
export function deliverable(
	state: State,
): readonly { readonly message: MessageId; readonly agent: AgentId }[] {
	const found = new Map<AgentId, MessageId>();
	for (const { id, parts } of Object.values(state.messages))
		for (const [to, part] of Object.entries(parts)) {
			const agent = state.agents[to as AgentId];
			if (part !== 'queued' || !agent || found.has(agent.id)) continue;
			if (mayType(state, agent)) found.set(agent.id, id);
		}
	return [...found].map(([agent, message]) => ({ agent, message }));
}

function mayType(state: State, agent: Agent): boolean {
	const typing = pendingOf(state, agent.id).some(({ kind }) => kind === 'prompt');
	return isIdle(state, agent) && !typing;
}

export function decideRecall(state: State, id: MessageId): Decision {
	const message = state.messages[id];
	if (!message || !isWaiting(message))
		return refused({
			code: 'message.delivered',
			message: 'all have got it, or are getting it',
		});
	return new Draft(state).add('message.recalled', { message: id }).done();
}

export function isWaiting({ parts }: Message): boolean {
	return Object.values(parts).includes('queued');
}

export interface Receipt {
	readonly delivered: number;
	readonly all: number;
	/** By name, with what became of it; those that have it are left out. */
	readonly others: readonly { readonly name: string; readonly part: MessagePart }[];
}

export function receiptOf(state: State, { parts }: Message): Receipt {
	const all = Object.entries(parts);
	const others = all.filter(([, part]) => part !== 'delivered');
	return {
		delivered: all.length - others.length,
		all: all.length,
		others: others.map(([id, part]) => {
			return { name: state.agents[id as AgentId]?.name ?? id, part };
		}),
	};
}

export function evolveQueued(state: State, event: EventOf<'message.queued'>): State {
	const { message: id, agents, text } = event.data;
	const parts = Object.fromEntries(agents.map((agent) => [agent, 'queued' as const]));
	const message: Message = { id, at: event.at, text, parts };
	const after = { ...state, messages: kept({ ...state.messages, [id]: message }) };
	return withStep(after, { kind: 'message', message: id });
}

export function evolveRecalled(state: State, event: EventOf<'message.recalled'>): State {
	const { message } = event.data;
	const parts = state.messages[message]?.parts ?? {};
	return Object.entries(parts)
		.filter(([, part]) => part === 'queued')
		.reduce((after, [agent]) => withPart(after, message, agent, 'recalled'), state);
}

export function evolveTyping(state: State, event: EventOf<'prompt.asked'>): State {
	const { message, agent } = event.data;
	return message === undefined ? state : withPart(state, message, agent, 'typing');
}

/** A message that is for an agent which asks something by now. */
export function waitsOn({ data }: EventOf<'prompt.settled'>): boolean {
	const { message, outcome } = data;
	return message !== undefined && !outcome.ok && outcome.refusal.code === 'agent.asks';
}

/** What could not be typed since something is asked there by now waits on. */
export function evolveTyped(state: State, event: EventOf<'prompt.settled'>): State {
	const { message, agent, outcome } = event.data;
	if (message === undefined) return state;
	const waits = waitsOn(event);
	const part = outcome.ok ? 'delivered' : waits ? 'queued' : 'failed';
	const after = withPart(state, message, agent, part);
	return waits ? withStep(after, { kind: 'message', message }) : after;
}

/** Nobody is there to get it. */
export function evolveUnreachable(state: State, agent: AgentId): State {
	return Object.values(state.messages)
		.filter(({ parts }) => parts[agent] === 'queued')
		.reduce((after, { id }) => withPart(after, id, agent, 'failed'), state);
}

function withPart(state: State, id: MessageId, agent: string, part: MessagePart): State {
	const message = state.messages[id];
	if (!message) return state;
	const changed = { ...message, parts: { ...message.parts, [agent]: part } };
	const after = { ...state, messages: { ...state.messages, [id]: changed } };
	return isWaiting(changed)
		? after
		: withoutStep(after, { kind: 'message', message: id });
}

/** Those that wait, and the newest of the others. */
function kept(messages: State['messages']): State['messages'] {
	const all = Object.entries(messages);
	if (all.length <= messagesKept) return messages;
	const [oldest] = all.find(([, message]) => !isWaiting(message)) ?? [];
	return Object.fromEntries(all.filter(([id]) => id !== oldest));
}

/** Agents that a message may be for at all, whether they can get it now or not. */
export function addressees(state: State): readonly Agent[] {
	return Object.values(state.agents).filter(
		(agent) => !isGone(agent) && (hasProgram(agent) || agent.life.kind === 'preparing'),
	);
}
