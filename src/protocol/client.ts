// What a client may ask of a supervisor, and what the supervisor says unasked. Verbs import the
// types only: they check nothing, so they wait for no zod.
import type * as z from 'zod/mini';
import type { WeirEvent } from '../domain/event.ts';
import type { AgentId } from '../domain/ids.ts';
import type { NoticeWords } from '../domain/notice.ts';
import type { Observation } from './observation.ts';
import { type AgentResponses, agentRequests } from './requests/agent-requests.ts';
import { type CostResponses, costRequests } from './requests/cost-requests.ts';
import { type GateResponses, gateRequests } from './requests/gate-requests.ts';
import { type InboxResponses, inboxRequests } from './requests/inbox-requests.ts';
import { type LandingResponses, landingRequests } from './requests/landing-requests.ts';
import { type PullResponses, pullRequests } from './requests/pull-requests.ts';
import { type ReviewResponses, reviewRequests } from './requests/review-requests.ts';
import {
	type SupervisorResponses,
	supervisorRequests,
} from './requests/supervisor-requests.ts';
import {
	type TerminalResponses,
	terminalRequests,
} from './requests/terminal-requests.ts';

/** Bumped when a client and a supervisor of different builds would misunderstand each other. */
export const clientProtocol = 3;

/** Operation -> schema of its request. */
export const clientRequests = {
	...supervisorRequests,
	...agentRequests,
	...terminalRequests,
	...inboxRequests,
	...landingRequests,
	...pullRequests,
	...costRequests,
	...gateRequests,
	...reviewRequests,
} as const;

export type ClientOperation = keyof typeof clientRequests;
export type ClientRequest<O extends ClientOperation> = z.infer<
	(typeof clientRequests)[O]
>;

/** Answers, by operation. */
export interface ClientResponses
	extends SupervisorResponses,
		AgentResponses,
		TerminalResponses,
		InboxResponses,
		LandingResponses,
		PullResponses,
		CostResponses,
		GateResponses,
		ReviewResponses {}

/** What the supervisor says unasked to clients that attached. */
export type ClientPush =
	| { readonly push: 'events'; readonly events: readonly WeirEvent[] }
	| {
			readonly push: 'observed';
			readonly agent: AgentId;
			readonly observation: Observation;
	  }
	/** To be brought to the human. Only to the client used last, of those that tell of themselves. */
	| { readonly push: 'notice'; readonly notice: NoticeWords };
