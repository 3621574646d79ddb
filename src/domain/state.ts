// The state: the fold of all events. Plain data, since it crosses the socket as JSON.
import type { Agent } from './agent.ts';
import type { BaseStanding } from './alarm/base-standing.ts';
import type { DayBudget } from './cost/own-budget.ts';
import type { EventData, EventKind } from './event.ts';
import type { QuestionShape } from './events/question-events.ts';
import type {
	AgentId,
	EffectId,
	LandingId,
	MessageId,
	QuestionId,
	ShellId,
} from './ids.ts';

import type { Through } from './resolves.ts';
import type { FileSide } from './review/file-side.ts';

import { defaultSettings, type MergeStrategy, type Settings } from './settings.ts';

/** Effects are the events that end in `.asked`; each has its `.settled`. */
export type EffectKind =
	Extract<EventKind, `${string}.asked`> extends `${infer K}.asked` ? K : never;

/** An effect that was asked for and has not settled: after a crash, the work list. */
export type PendingEffect = {
	[K in EffectKind]: {
		readonly kind: K;
		readonly id: EffectId;
		readonly at: string;
		readonly data: EventData<`${K}.asked`>;
	};
}[EffectKind];
export type PendingOf<K extends EffectKind> = Extract<PendingEffect, { kind: K }>;

export interface Landing {
	readonly id: LandingId;
	readonly agent: AgentId;
	readonly branch: string;
	readonly strategy: MergeStrategy;
	readonly at: string;
	readonly phase: 'asked' | 'landed' | 'refused' | 'conflicted' | 'undone';
	readonly old: string | null;
	readonly new: string | null;
	/** What of the agent's work landed. */
	readonly candidate: string | null;
	readonly subject: string | null;
	readonly files: readonly string[];
	/** Whose work it lands beside its own agent's; absent where that is nobody's. */
	readonly through?: Through;
}

export interface Shell {
	readonly id: ShellId;
	readonly agent: AgentId;
	readonly argv: readonly string[];
	readonly life: 'starting' | 'running';
	readonly holder: string | null;
}

/** What an agent wants to know, or to be allowed. */
export interface Question extends QuestionShape {
	readonly id: QuestionId;
	readonly agent: AgentId;
	readonly generation: number;
	readonly at: string;
	/** The human's, on its way to the agent. */
	readonly answer: Pick<EventData<'question.answered'>, 'choice' | 'text'> | null;
}

/** A question that was asked of late, as much of it as tells its sort. */
export interface Ask {
	readonly question: QuestionId;
	readonly at: string;
	readonly kind: 'approve' | 'ask';
	readonly text: string;
}

/** What became of a message for one agent. */
export type MessagePart = 'queued' | 'typing' | 'delivered' | 'failed' | 'recalled';

/** What the human said to several agents. */
export interface Message {
	readonly id: MessageId;
	readonly at: string;
	readonly text: string;
	readonly parts: Readonly<Record<AgentId, MessagePart>>;
}

/** Something that `u` takes back. */
export type Undoable =
	| { readonly kind: 'kill'; readonly agent: AgentId }
	| { readonly kind: 'remove'; readonly agent: AgentId }
	| { readonly kind: 'landing'; readonly landing: LandingId }
	/** A hunk that was discarded: what stood in the file before and after. */
	| {
			readonly kind: 'discard';
			readonly agent: AgentId;
			readonly path: string;
			readonly before: FileSide | null;
			readonly after: FileSide | null;
	  }
	/** Those that have not got it yet do not get it. */
	| { readonly kind: 'message'; readonly message: MessageId };

export interface State {
	/** Of the last event folded in; 0 is nothing yet. */
	readonly seq: number;
	readonly settings: Settings;
	/** The commands that the repository's settings name may run. */
	readonly settingsTrusted: boolean;
	readonly agents: Readonly<Record<AgentId, Agent>>;
	readonly shells: Readonly<Record<ShellId, Shell>>;
	readonly effects: Readonly<Record<EffectId, PendingEffect>>;
	readonly landings: Readonly<Record<LandingId, Landing>>;
	/** Agents whose landing the human has put in order, the first to land first. */
	readonly queue: readonly AgentId[];
	/** Those that nobody has closed, the oldest first. */
	readonly questions: Readonly<Record<QuestionId, Question>>;
	/** Until when items of the inbox are not to be seen. */
	readonly snoozed: Readonly<Record<string, string>>;
	/** What agents asked in the last hour, for its rate; the oldest first. */
	readonly asks: readonly Ask[];
	/** Those that wait for an agent, and the last of the others. */
	readonly messages: Readonly<Record<MessageId, Message>>;
	readonly undoable: readonly Undoable[];
	/** What gates say of branches that landings or others have moved. */
	readonly baseGates: Readonly<Record<string, BaseStanding>>;
	/** Where the journal last saw each base, by branch; null is gone. */
	readonly bases: Readonly<Record<string, string | null>>;
	/** What the human said of the budget of the last day of which they did. */
	readonly dayBudget: DayBudget | null;
	/** The start of the machine that the last supervisor ran in. */
	readonly bootId: string | null;
	/** The repository takes names that differ in case alone for one. */
	readonly ignoresCase: boolean;
}

export const initialState: State = {
	seq: 0,
	settings: defaultSettings,
	settingsTrusted: true,
	agents: {},
	shells: {},
	effects: {},
	landings: {},
	queue: [],
	questions: {},
	snoozed: {},
	asks: [],
	messages: {},
	undoable: [],
	baseGates: {},
	bases: {},
	dayBudget: null,
	bootId: null,
	ignoresCase: false,
};

/** What is under way for one agent, but for gates: those only look. */
export function pendingOf(state: State, agent: AgentId): PendingEffect[] {
	return Object.values(state.effects).filter(
		(effect) =>
			'agent' in effect.data && effect.data.agent === agent && !looks.has(effect.kind),
	);
}

const looks: ReadonlySet<EffectKind> = new Set(['gate', 'compare', 'words']);
