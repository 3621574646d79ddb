// What each fact means: the table of all events. Total: an event that speaks of something unknown
// changes nothing but the sequence number.
import { evolveAfter } from './after-landing.ts';
import { type Agent, isSpawning } from './agent.ts';
import {
	evolveAcknowledged,
	evolveAlarmCleared,
	evolveBaseGates,
	evolveRaised,
} from './alarm/base-gates.ts';
import { withMove } from './alarm/base-moves.ts';
import { evolveBackOff } from './back-off.ts';
import { evolveAtHand } from './by-hand.ts';
import {
	evolveLifted,
	evolveSeenUsage,
	evolveSet,
	evolveWarned,
} from './cost/budget-record.ts';
import { withClock } from './cost/usage.ts';
import { evolveAsked, evolveCreated, evolveFailed, evolveStarted } from './creation.ts';
import { evolveDenied } from './denying.ts';
import type { EventKind, EventOf, WeirEvent } from './event.ts';
import {
	evolveCompared,
	evolveGateAsked,
	evolveGateSettled,
	evolveTreeMoved,
	evolveTreeSettled,
	withoutFormer,
} from './gates/gate-standing.ts';
import { evolveTold } from './gates/telling-back.ts';
import type { AgentId, EffectId, LandingId } from './ids.ts';
import { evolveSnoozed } from './inbox.ts';
import { evolveLanded, evolveLandedAgent, evolveMergeAsked } from './landing.ts';
import {
	evolveQueued,
	evolveRecalled,
	evolveTyped,
	evolveTyping,
	evolveUnreachable,
	waitsOn,
} from './message.ts';
import { whyPaused } from './pausing.ts';
import { evolvePullOpened, evolvePushed } from './pull/pull-record.ts';
import { evolveAnswered, evolveClosed, evolveOpened } from './question.ts';
import {
	evolveHeld,
	evolveMoved,
	evolveReleased,
	withoutPlace,
} from './queue/holding.ts';
import {
	evolveRemoved,
	evolveRemoveSettled,
	evolveRemoving,
	evolveRestored,
	evolveRestoring,
	evolveSnapshot,
} from './removal.ts';
import { evolveOver, isByHand } from './resolving.ts';
import { evolveDiscarded } from './review/discarding.ts';
import { evolveBegun } from './review/drafting.ts';
import {
	evolveCommentDropped,
	evolveCommented,
	evolveCommentsSent,
	evolveViewed,
} from './review/reviewing.ts';
import { evolveSeen } from './seen.ts';
import { defaultSettings } from './settings.ts';
import { evolveDropped } from './snapshots.ts';
import type { EffectKind, Landing, PendingEffect, State } from './state.ts';
import {
	evolveExited,
	evolveHasten,
	evolveHastenSettled,
	evolveStopping,
	evolveStopSettled,
} from './stopping.ts';
import { evolveCleared, evolveFound, withoutCovered } from './trespassing.ts';
import { setStepAside, withoutStep, withStep } from './undo-steps.ts';
import { evolveObserved, evolveOverridden, evolvePrompted } from './upkeep.ts';
import { evolveWidened, evolveWideningSettled } from './widening.ts';

/** How many the state keeps; the journal keeps all. */
const landingsKept = 200;
const basesKept = 50;

export function evolve(state: State, event: WeirEvent): State {
	// A client of an older version hears of kinds that it does not know.
	if (!Object.hasOwn(evolvers, event.kind)) return { ...state, seq: event.seq };
	const evolver = evolvers[event.kind] as Evolver<EventKind>;
	return { ...pend(evolver(state, event), event), seq: event.seq };
}

type Evolver<K extends EventKind> = (state: State, event: EventOf<K>) => State;

const same = (state: State) => state;

const evolvers: { [K in EventKind]: Evolver<K> } = {
	'supervisor.started': (state, { data: { bootId, ignoresCase = false } }) => ({
		...state,
		bootId,
		ignoresCase,
	}),
	'supervisor.stopped': same,
	'settings.loaded': (state, { data }) => {
		// Those of an older version lack what came since.
		const settings = { ...defaultSettings, ...data.settings };
		const loaded = { ...state, settings, settingsTrusted: data.trusted };
		return withoutFormer(loaded, state.settings);
	},
	'settings.refused': same,
	'trust.granted': same,
	'base.moved.by-others': (state, { data }) => {
		const branch = data.ref.replace(/^refs\/heads\//, '');
		const move = { old: data.old, commit: data.new, by: { kind: 'others' } } as const;
		return withMove(seeBase(state, branch, data.new), branch, move);
	},
	'ref.moved.by-others': same,
	'journal.changed.by-others': same,

	'agent.created': (state, event) => {
		const { agent, base } = event.data;
		const agents = { ...state.agents, [agent]: evolveCreated(event) };
		// A base that is known stays as it is told of: that it moved meanwhile is to be told as well.
		const known = Object.hasOwn(state.bases, base.branch) || base.branch === base.commit;
		return known
			? { ...state, agents }
			: seeBase({ ...state, agents }, base.branch, base.commit);
	},
	'scope.widened': (state, event) =>
		onAgent((agent: Agent, widened: EventOf<'scope.widened'>) =>
			withoutCovered(evolveWidened(agent, widened), state),
		)(state, event),
	'trespass.found': onAgent(evolveFound),
	'trespass.cleared': onAgent(evolveCleared),
	'write.denied': onAgent(evolveDenied),
	'widen.asked': same,
	'widen.settled': onAgent(evolveWideningSettled),
	'redress.asked': same,
	'redress.settled': same,
	'agent.renamed': onAgent((agent, event) => ({ ...agent, name: event.data.name })),
	'agent.started': (state, event) =>
		withoutStep(onAgent(evolveStarted)(state, event), {
			kind: 'kill',
			agent: event.data.agent,
		}),
	'agent.state': onAgent(evolveObserved),
	'agent.overridden': onAgent(evolveOverridden),
	'agent.seen': onAgent(evolveSeen),
	'agent.conversation': onAgent((agent, { data }) => ({
		...agent,
		conversation: data.conversation,
	})),
	'agent.exited': (state, event) => {
		const after = onAgent(evolveExited)(state, event);
		return event.data.cause === 'stopped'
			? withStep(after, { kind: 'kill', agent: event.data.agent })
			: after;
	},
	'agent.back-off': onAgent(evolveBackOff),
	'agent.removed': (state, event) => {
		const { agent, commit } = event.data;
		// That somebody's landing made it needless is no deed of the human's: the landing is.
		const own = state.agents[agent]?.resolves?.dismissed !== true;
		const after = withoutStep(onAgent(evolveRemoved)(state, event), {
			kind: 'kill',
			agent,
		});
		const told = evolveUnreachable(after, agent);
		return commit === null || !own ? told : withStep(told, { kind: 'remove', agent });
	},
	'agent.restored': (state, event) =>
		withoutStep(onAgent(evolveRestored)(state, event), {
			kind: 'remove',
			agent: event.data.agent,
		}),

	'worktree.asked': onAgent((agent) => ({
		...agent,
		life: { kind: 'preparing', step: 'worktree' },
	})),
	'worktree.settled': onAgent((agent, event) =>
		event.data.outcome.ok && isByHand(agent)
			? evolveAtHand(agent, event)
			: failedAt('worktree')(agent, event),
	),
	'setup.asked': onAgent(evolveAsked),
	'setup.settled': onAgent((agent, event) =>
		event.data.outcome.ok
			? { ...agent, setupDue: false }
			: failedAt('setup')(agent, event),
	),
	'spawn.asked': onAgent(evolveAsked),
	'spawn.settled': onAgent((agent, event) => {
		if (!isSpawning(agent)) return agent;
		const { outcome } = event.data;
		const guard = outcome.ok ? (outcome.value.guard ?? null) : agent.guard;
		return failedAt('spawn')({ ...agent, guard }, event);
	}),
	'snapshot.asked': same,
	'snapshot.settled': onAgent(evolveSnapshot),
	'snapshots.dropped': evolveDropped,
	'stop.asked': onAgent(evolveStopping),
	'stop.settled': onAgent(evolveStopSettled),
	'hasten.asked': onAgent(evolveHasten),
	'hasten.settled': onAgent(evolveHastenSettled),
	'pause.asked': same,
	'pause.settled': (state, event) =>
		onAgent((agent: Agent, { data, at }: EventOf<'pause.settled'>) => {
			if (!data.outcome.ok || agent.life.kind !== 'running') return agent;
			const { paused } = data;
			return {
				...agent,
				usage: withClock(agent.usage, { runs: !paused, at }),
				life: { ...agent.life, paused },
				report: {
					state: paused ? 'paused' : 'unknown',
					since: at,
					source: 'weir',
					inferred: false,
					why: paused ? whyPaused(state, agent.id) : 'resumed',
				},
			};
		})(state, event),
	'publish.asked': same,
	'publish.settled': onAgent((agent, { at, data: { outcome } }) =>
		outcome.ok ? { ...agent, published: { commit: outcome.value.new, at } } : agent,
	),
	'prompt.asked': evolveTyping,
	'prompt.settled': (state, event) => {
		const after = evolveTyped(state, event);
		// A message that waits on for an agent is no failure.
		return waitsOn(event) ? after : onAgent(evolvePrompted)(after, event);
	},
	'message.queued': evolveQueued,
	'message.recalled': evolveRecalled,
	'remove.asked': onAgent(evolveRemoving),
	'remove.settled': onAgent(evolveRemoveSettled),
	'restore.asked': onAgent(evolveRestoring),
	'restore.settled': (state, event) =>
		setStepAside(onAgent(failedAt('restore'))(state, event), event.data.outcome, {
			kind: 'remove',
			agent: event.data.agent,
		}),
	'conclude.asked': same,
	'conclude.settled': same,
	'conflict.over': onAgent(evolveOver),
	'sync.asked': same,
	'sync.settled': same,

	'tree.moved': onAgent(evolveTreeMoved),
	'tree.settled': onAgent(evolveTreeSettled),
	'gate.asked': onAgent(evolveGateAsked),
	'gate.settled': onAgent(evolveGateSettled),
	'compare.asked': same,
	'compare.settled': onAgent(evolveCompared),
	'words.asked': same,
	'words.settled': onAgent(evolveTold),

	'base-gates.asked': same,
	'base-gates.settled': evolveBaseGates,
	'alarm.raised': evolveRaised,
	'alarm.acknowledged': evolveAcknowledged,
	'alarm.cleared': evolveAlarmCleared,

	'usage.seen': evolveSeenUsage,
	'budget.set': evolveSet,
	'budget.warned': evolveWarned,
	'budget.lifted': evolveLifted,

	'queue.held': onAgent(evolveHeld),
	'queue.released': onAgent(evolveReleased),
	'queue.moved': evolveMoved,
	'pr.pushed': onAgent(evolvePushed),
	'pr.opened': onAgent(evolvePullOpened),
	'file.viewed': onAgent(evolveViewed),
	'comment.written': onAgent(evolveCommented),
	'comment.begun': onAgent(evolveBegun),
	'comment.dropped': onAgent(evolveCommentDropped),
	'comments.sent': onAgent(evolveCommentsSent),
	'discard.asked': same,
	'discard.settled': evolveDiscarded,

	'merge.asked': (state, event) => ({
		...state,
		landings: keepLast(
			{ ...state.landings, [event.data.landing]: evolveMergeAsked(event) },
			landingsKept,
		),
	}),
	'merge.settled': same,
	'merge.landed': (state, event) => {
		const { agent, landing, branch, old, new: commit } = event.data;
		const landed = onLanding(state, landing, (asked) => evolveLanded(asked, event));
		const move = { old, commit, by: { kind: 'landing', landing } } as const;
		const told = withMove(seeBase(landed, branch, commit), branch, move);
		const after = withoutPlace(evolveLandedAgent(told, agent), agent);
		const author = event.data.through?.agent;
		const both = author ? withoutPlace(evolveLandedAgent(after, author), author) : after;
		return withStep(both, { kind: 'landing', landing });
	},
	'merge.refused': (state, { data }) =>
		onLanding(state, data.landing, (landing) => ({ ...landing, phase: 'refused' })),
	'merge.conflicted': (state, { data }) =>
		onLanding(state, data.landing, (landing) => ({
			...landing,
			phase: 'conflicted',
			files: data.files,
		})),
	'after.asked': same,
	'after.settled': onAgent(evolveAfter),
	'undo.asked': same,
	'undo.settled': (state, { data }) =>
		setStepAside(state, data.outcome, { kind: 'landing', landing: data.landing }),
	'merge.undone': (state, { data }) => {
		const { branch, landing, old, new: commit } = data;
		const move = { old, commit, by: { kind: 'undo', landing } } as const;
		const told = withMove(seeBase(state, branch, commit), branch, move);
		const undone = onLanding(told, data.landing, (landing) => ({
			...landing,
			phase: 'undone',
		}));
		const taken = undone.landings[data.landing];
		const whose = taken ? [taken.agent, taken.through?.agent] : [];
		const after = whose
			.filter((id) => id !== undefined)
			.reduce(evolveLandedAgent, undone);
		return withoutStep(after, { kind: 'landing', landing: data.landing });
	},

	'question.opened': evolveOpened,
	'question.answered': evolveAnswered,
	'question.closed': evolveClosed,
	'answer.asked': same,
	'answer.settled': same,
	'inbox.snoozed': evolveSnoozed,

	'shell.asked': (state, { data }) => ({
		...state,
		shells: {
			...state.shells,
			[data.shell]: {
				id: data.shell,
				agent: data.agent,
				argv: data.argv,
				life: 'starting',
				holder: null,
			},
		},
	}),
	'shell.settled': (state, { data }) => {
		const shell = state.shells[data.shell];
		if (!shell) return state;
		if (!data.outcome.ok) return { ...state, shells: without(state.shells, data.shell) };
		const running = {
			...shell,
			life: 'running' as const,
			holder: data.outcome.value.holder,
		};
		return { ...state, shells: { ...state.shells, [data.shell]: running } };
	},
	'shell.exited': (state, { data }) => ({
		...state,
		shells: without(state.shells, data.shell),
	}),
};

/** Asked puts an effect on the work list, settled takes it off. */
function pend(state: State, event: WeirEvent): State {
	if (!('effect' in event.data)) return state;
	const id: EffectId = event.data.effect;
	if (event.kind.endsWith('.settled')) {
		return { ...state, effects: without(state.effects, id) };
	}
	// Only events that end in `.asked` are left, and their data is that of the effect.
	const kind = event.kind.slice(0, -'.asked'.length) as EffectKind;
	const effect = { kind, id, at: event.at, data: event.data } as PendingEffect;
	return { ...state, effects: { ...state.effects, [id]: effect } };
}

/** A report of an old generation is recorded and changes nothing. */
function onAgent<E extends { data: { agent: AgentId; generation?: number } }>(
	change: (agent: Agent, event: E) => Agent,
) {
	return (state: State, event: E): State => {
		const agent = state.agents[event.data.agent];
		if (!agent) return state;
		const { generation } = event.data;
		if (generation !== undefined && generation < agent.generation) return state;
		return { ...state, agents: { ...state.agents, [agent.id]: change(agent, event) } };
	};
}

/** What an effect that fails leaves behind; a success is told by the event that follows it. */
function failedAt(step: Extract<Agent['life'], { kind: 'failed' }>['step']) {
	return (agent: Agent, event: SettledEvent): Agent => {
		const { outcome } = event.data;
		if (outcome.ok) return agent;
		return evolveFailed(agent, event, { kind: 'failed', step, refusal: outcome.refusal });
	};
}

type SettledEvent = EventOf<
	'worktree.settled' | 'setup.settled' | 'spawn.settled' | 'restore.settled'
>;

function seeBase(state: State, branch: string, commit: string | null): State {
	const { [branch]: _, ...others } = state.bases;
	return { ...state, bases: keepLast({ ...others, [branch]: commit }, basesKept) };
}

function onLanding(
	state: State,
	id: LandingId,
	change: (landing: Landing) => Landing,
): State {
	const landing = state.landings[id];
	return landing
		? { ...state, landings: { ...state.landings, [id]: change(landing) } }
		: state;
}

function without<V>(record: Readonly<Record<string, V>>, key: string): Record<string, V> {
	const { [key]: _, ...rest } = record;
	return rest;
}

function keepLast<V>(
	record: Readonly<Record<string, V>>,
	count: number,
): Record<string, V> {
	const entries = Object.entries(record);
	return entries.length <= count ? record : Object.fromEntries(entries.slice(-count));
}
