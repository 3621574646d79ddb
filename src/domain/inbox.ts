// What needs the human, as a function of the state: alarms, open questions, and agents that nothing but
// somebody brings on. Each item has a consequence and something to do about it.
import { type Agent, isGone, isLost } from './agent.ts';
import {
	acknowledges,
	alarmChoices,
	alarmDetail,
	alarmText,
	openAlarms,
} from './alarm/alarms.ts';
import type { CommandOf } from './command.ts';
import { budgetDetail, budgetWarnings } from './cost/budget-items.ts';
import { type Decision, Draft } from './decision.ts';
import { denialWords } from './denial.ts';
import type { EventOf } from './event.ts';
import type { Choice } from './events/question-events.ts';
import { isFrozen } from './frozen.ts';
import type { AgentId, QuestionId } from './ids.ts';
import { isUnseen } from './seen.ts';
import type { Question, State } from './state.ts';
import { trespassList, trespassWords } from './trespass.ts';

export type ItemKind =
	| 'alarm'
	| 'approve'
	| 'ask'
	| 'budget'
	| 'fail'
	| 'stuck'
	| 'lost'
	| 'trespass'
	| 'scope'
	| 'done';

export interface InboxItem {
	/** Of a question or an alarm its id, else `<agent>.<generation>.<kind>`: another try is another item. */
	readonly id: string;
	/** 1 before all: what must not wait. 2 before 3: those keep an agent from going on that works. */
	readonly tier: 1 | 2 | 3;
	readonly kind: ItemKind;
	/** Null where it is about none. */
	readonly agent: AgentId | null;
	/** The branch that an alarm is about. */
	readonly branch: string | null;
	/** The very words of the agent, or what happened. */
	readonly text: string;
	readonly detail: string | null;
	readonly since: string;
	/** Only read off the screen or guessed from silence. */
	readonly inferred: boolean;
	readonly choices: readonly Choice[];
	/** Patterns that a yes adds to the agent's scope; null where it asks for no such thing. */
	readonly scope: readonly string[] | null;
	readonly question: QuestionId | null;
	/** It can be answered without going to its pane. */
	readonly answerable: boolean;
	/** Not to be seen until then. */
	readonly snoozed: string | null;
}

/** All items, the most urgent first; at `now` some are snoozed and say so. */
export function inboxOf(state: State, now: string): readonly InboxItem[] {
	const items = [
		...alarmItems(state),
		...questionItems(state, now),
		...agentItems(state),
		...trespassItems(state),
		...denialItems(state),
		...budgetItems(state, now),
	];
	return items
		.map((item) => ({ ...item, snoozed: snoozedAt(state, item.id, now) }))
		.toSorted(
			(one, other) =>
				one.tier - other.tier ||
				rank[one.kind] - rank[other.kind] ||
				one.since.localeCompare(other.since) ||
				one.id.localeCompare(other.id),
		);
}

/** Within a tier; what waits longest comes first among the same. */
const rank: Readonly<Record<ItemKind, number>> = {
	alarm: 0,
	budget: 0,
	approve: 0,
	ask: 0,
	fail: 1,
	stuck: 1,
	lost: 1,
	trespass: 1,
	scope: 1,
	done: 2,
};

function alarmItems(state: State): InboxItem[] {
	return openAlarms(state).map((alarm) => ({
		...{ id: alarm.id, tier: 1, kind: 'alarm', agent: null, branch: alarm.branch },
		text: alarmText(alarm),
		detail: alarmDetail(alarm),
		since: alarm.at,
		inferred: false,
		choices: alarmChoices(state, alarm),
		...{ scope: null, question: null, answerable: true, snoozed: null },
	}));
}

function questionItems(state: State, now: string): InboxItem[] {
	return Object.values(state.questions)
		.filter(({ answer, agent }) => answer === null && state.agents[agent] !== undefined)
		.map((question) => ({
			id: question.id,
			tier: question.via.kind === 'budget' ? 1 : 2,
			kind: kindOf(question),
			agent: question.agent,
			branch: null,
			text: question.text,
			detail: budgetDetail(state, question, now) ?? question.detail,
			since: question.at,
			inferred: isInferred(state, question),
			choices: question.choices,
			scope: question.scope ?? null,
			question: question.id,
			answerable: question.via.kind !== 'pane',
			snoozed: null,
		}));
}

function kindOf({ via, wants }: Question): ItemKind {
	if (via.kind === 'guard') return 'trespass';
	if (via.kind === 'budget') return 'budget';
	return wants === 'approval' ? 'approve' : 'ask';
}

function isInferred(state: State, { via, agent }: Question): boolean {
	const seen = via.kind === 'screen' || via.kind === 'pane';
	return seen && state.agents[agent]?.report.inferred === true;
}

function agentItems(state: State): InboxItem[] {
	return Object.values(state.agents).flatMap((agent) => {
		const kind = isGone(agent) ? null : itemKindOf(agent);
		if (!kind) return [];
		const { id, generation, report, untold } = agent;
		const said = untold && kind === 'stuck' ? untold : null;
		return {
			id: `${id}.${generation}.${kind}`,
			tier: 3,
			kind,
			agent: id,
			branch: null,
			text: said?.why ?? report.why ?? report.state,
			detail: null,
			since: said?.at ?? report.since,
			inferred: said === null && report.inferred,
			choices: [],
			scope: null,
			question: null,
			answerable: false,
			snoozed: null,
		};
	});
}

/** Each new trespass after all were in order is another item. */
function trespassItems(state: State): InboxItem[] {
	return Object.values(state.agents).flatMap((agent) => {
		const { id, generation, trespasses } = agent;
		// How it goes on is asked: that is an item already.
		if (!trespasses || isGone(agent) || isFrozen(state, id)) return [];
		const [first] = trespasses.paths;
		const since = first?.at ?? agent.report.since;
		return {
			id: `${id}.${generation}.trespass.${Date.parse(since)}`,
			tier: 3,
			kind: 'trespass',
			agent: id,
			branch: null,
			text: trespassWords(trespasses),
			detail: `${trespassList(trespasses, agent.scope)}\nweir outside ${agent.name} --restore puts it back, and keeps a copy`,
			since,
			inferred: false,
			choices: [],
			scope: null,
			question: null,
			answerable: false,
			snoozed: null,
		};
	});
}

/** Those that try again and again to write outside their scope: it is too narrow, or they are astray. */
function denialItems(state: State): InboxItem[] {
	return Object.values(state.agents).flatMap((agent) => {
		const { id, generation, denied } = agent;
		if (denied.since === null || isGone(agent)) return [];
		return {
			...{ id: `${id}.${generation}.scope`, tier: 3, kind: 'scope', agent: id },
			branch: null,
			...denialWords(agent.name, denied),
			since: denied.since,
			inferred: false,
			choices: [],
			scope: null,
			question: null,
			answerable: false,
			snoozed: null,
		};
	});
}

/** That four fifths of a limit are used: not told any more once it is raised, or asks. */
function budgetItems(state: State, now: string): InboxItem[] {
	return budgetWarnings(state, now).map(({ id, agent, text, detail, since }) => ({
		...{ id, tier: 3, kind: 'budget', agent, branch: null, text, detail, since },
		inferred: false,
		choices: [],
		scope: null,
		question: null,
		answerable: false,
		snoozed: null,
	}));
}

/** What an agent that asks nothing is in the inbox for; null where it is not. */
export function itemKindOf(agent: Agent): ItemKind | null {
	const { life, report } = agent;
	if (isLost(agent)) return 'lost';
	if (life.kind === 'ended' || life.kind === 'failed')
		return report.state === 'failed' ? 'fail' : null;
	if (life.kind !== 'running') return null;
	if (report.state === 'failed') return 'fail';
	if (report.state === 'stuck' || agent.untold) return 'stuck';
	return isUnseen(agent) ? 'done' : null;
}

function snoozedAt({ snoozed }: State, item: string, now: string): string | null {
	const until = snoozed[item];
	return until !== undefined && until > now ? until : null;
}

/** Longer than this nothing is put off. */
export const longestSnoozeMs = 4 * 60 * 60_000;

export function decideSnooze(
	state: State,
	{ item, until }: CommandOf<'inbox.snooze'>,
	{ now }: { readonly now: string },
): Decision {
	const found = inboxOf(state, now).find(({ id }) => id === item);
	if (!found)
		return {
			ok: false,
			refusal: {
				code: 'item.gone',
				message: `there is no ${item} in the inbox any more`,
				allow: 'weir inbox',
			},
		};
	if (found.tier === 1)
		return {
			ok: false,
			refusal: {
				code: 'item.alarm',
				message: 'what must not wait cannot be put off',
				allow:
					found.kind === 'alarm'
						? `weir answer ${item} ${acknowledges}, which ends it`
						: `weir answer ${item} CHOICE`,
			},
		};
	const latest = new Date(Date.parse(now) + longestSnoozeMs).toISOString();
	const bounded = until !== null && until > latest ? latest : until;
	return new Draft(state).add('inbox.snoozed', { item, until: bounded }).done();
}

/** What is over is forgotten with the next one. */
export function evolveSnoozed(state: State, event: EventOf<'inbox.snoozed'>): State {
	const { item, until } = event.data;
	const kept = Object.entries(state.snoozed).filter(
		([id, at]) => id !== item && at > event.at,
	);
	return {
		...state,
		snoozed: Object.fromEntries(until ? [...kept, [item, until]] : kept),
	};
}

/** Who or what it is about, by its name. */
export function nameOfItem(state: State, { agent, branch }: InboxItem): string {
	// The budget of a day is about no branch.
	if (agent === null) return branch ?? 'today';
	return state.agents[agent]?.name ?? '';
}
