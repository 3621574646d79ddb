// What the handlers of client requests may use, and the steps that many of them share.
import { type Agent } from '../domain/agent.ts';
import type { Command } from '../domain/command.ts';
import type { WeirEvent } from '../domain/event.ts';
import { findAgent } from '../domain/find-agent.ts';
import type { AgentId } from '../domain/ids.ts';
import { openQuestions } from '../domain/question.ts';
import { resolvingOf } from '../domain/resolving.ts';
import type { Journal } from '../journal/journal.ts';
import { type Outcome, ok } from '../lib/outcome.ts';
import type {
	ClientOperation,
	ClientPush,
	ClientRequest,
	ClientResponses,
} from '../protocol/client.ts';
import { costJson } from '../protocol/cost.ts';
import type { RepositoryFacts } from '../protocol/requests/supervisor-requests.ts';
import { type AgentJson, agentJson } from '../protocol/status.ts';

import type { Asking } from './asking.ts';

import type { AttentionDesk } from './attention-desk.ts';

import type { BaseGateDesk } from './base-gate-desk.ts';

import type { DenialDesk } from './denial-desk.ts';

import type { EvidenceDesk } from './evidence.ts';
import { followAgent } from './follow-effects.ts';
import type { Loop } from './loop.ts';
import type { RulesDesk } from './rules-desk.ts';
import type { SettingsDesk } from './settings-desk.ts';
import type { TrespassDesk } from './trespass-desk.ts';
import type { UsageDesk } from './usage-desk.ts';
import type { World } from './world.ts';

/** The supervisor as its request handlers see it. */
export interface Desk {
	readonly loop: Loop;
	readonly world: World;
	readonly journal: Journal;
	readonly version: string;
	readonly since: string;
	readonly facts: () => RepositoryFacts;
	readonly settings: SettingsDesk;
	readonly rules: RulesDesk;
	readonly evidence: EvidenceDesk;
	readonly asking: Asking;
	readonly denials: DenialDesk;
	readonly usage: UsageDesk;
	readonly attention: AttentionDesk;
	readonly trespasses: TrespassDesk;
	readonly baseGates: BaseGateDesk;
	/** Snapshots and ends all that runs. */
	readonly endAgents: () => Promise<void>;
	/** Ends this process, once the answer has left. */
	readonly end: () => void;
}

/** One client's connection. */
export interface Session {
	readonly identity: 'human' | 'agent';
	greeted: boolean;
	attached: boolean;
	readonly push: (push: ClientPush) => void;
	readonly onClose: (run: () => void) => void;
}

export type Handler<O extends ClientOperation> = (
	request: ClientRequest<O>,
	desk: Desk,
	session: Session,
) => Promise<Outcome<ClientResponses[O]>>;

export function agentOf(desk: Desk, name: string): Outcome<Agent> {
	return findAgent(desk.loop.state.agents, name);
}

export function jsonOf(desk: Desk, id: AgentId): AgentJson {
	const agent = desk.loop.state.agents[id];
	if (!agent) throw new Error(`agent ${id} has left the state`);
	const [asks] = openQuestions(desk.loop.state, id);
	const { state } = desk.loop;
	const { spent } = agent.usage;
	const cost = spent.length === 0 ? null : costJson(spent, state.settings.prices);
	const seen = { ...desk.world.observatory.of(id), cost };
	return agentJson(agent, seen, asks, resolvingOf(state, agent));
}

/** Submits for the human, and where asked waits until all that it began has ended. */
export async function carryOut(
	desk: Desk,
	command: Command,
	agent: AgentId,
	wait: boolean,
): Promise<Outcome<readonly WeirEvent[]>> {
	const submitted = await desk.loop.submit(command, 'human');
	if (!submitted.ok || !wait) return submitted;
	const refusal = await followAgent(desk.loop, agent, submitted.value);
	return refusal ? { ok: false, refusal } : submitted;
}

export async function carryOutOn(
	desk: Desk,
	name: string,
	wait: boolean,
	make: (agent: Agent) => Command,
): Promise<Outcome<{ readonly agent: AgentJson }>> {
	const agent = agentOf(desk, name);
	if (!agent.ok) return agent;
	const done = await carryOut(desk, make(agent.value), agent.value.id, wait);
	return done.ok ? ok({ agent: jsonOf(desk, agent.value.id) }) : done;
}
