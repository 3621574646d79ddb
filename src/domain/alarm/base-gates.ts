// Gates on a branch where landings go: when they are asked, and what follows from what they say. Only what
// they say of the newest commit counts.
import type { CommandOf, EffectOutcome } from '../command.ts';
import { type Decision, Draft, unchanged } from '../decision.ts';
import type { EventData, EventOf } from '../event.ts';
import { cancelled } from '../gates/gate-standing.ts';
import { alarmId } from '../ids.ts';
import type { PendingOf, State } from '../state.ts';
import type { Alarm, AlarmCause } from './alarm.ts';
import { movesFrom, movesSince } from './base-moves.ts';
import {
	type BaseGate,
	type BaseMove,
	type BaseStanding,
	noStanding,
} from './base-standing.ts';

/** Of more the newest are named. */
const causesNamed = 20;

export type BaseVerdict = EffectValue['gates'][number];
type EffectValue = Extract<EffectOutcome<'base-gates'>, { ok: true }>['value'];

export function standingOfBase(state: State, branch: string): BaseStanding {
	return Object.hasOwn(state.baseGates, branch)
		? (state.baseGates[branch] ?? noStanding)
		: noStanding;
}

/** They are asked about the newest commit, once by the same settings unless somebody wants them anew. */
export function decideBaseGates(
	state: State,
	{ branch, commit, by, anew }: CommandOf<'base-gates.run'>,
): Decision {
	const known = Object.hasOwn(state.bases, branch) ? state.bases[branch] : null;
	if (known !== commit || isUnderWay(state, { branch, commit, by })) return unchanged;
	const standing = standingOfBase(state, branch);
	const { judged, moves } = standing;
	if (!anew && judged?.commit === commit && (judged.by === by || isGreen(standing)))
		return unchanged;
	const before = judged ? judged.commit : (moves[0]?.old ?? null);
	const draft = new Draft(state);
	const asked = { effect: draft.effect, branch, commit, by, anew };
	return draft
		.add('base-gates.asked', { ...asked, before: before === commit ? null : before })
		.done();
}

function isUnderWay(
	state: State,
	wanted: Pick<EventData<'base-gates.asked'>, 'branch' | 'commit' | 'by'>,
): boolean {
	return Object.values(state.effects).some(
		({ kind, data }) =>
			kind === 'base-gates' &&
			data.branch === wanted.branch &&
			data.commit === wanted.commit &&
			data.by === wanted.by,
	);
}

function isGreen({ gates, fault }: BaseStanding): boolean {
	return (
		fault === null &&
		Object.values(gates).every(({ verdict }) => verdict?.word === 'passed')
	);
}

/** What is red and was not before raises an alarm, what is green again ends one. */
export function settleBaseGates(
	state: State,
	{ id, data: { branch, commit, by } }: PendingOf<'base-gates'>,
	outcome: EffectOutcome<'base-gates'>,
): Decision {
	const draft = new Draft(state);
	draft.add('base-gates.settled', { effect: id, branch, commit, by, outcome });
	if (!outcome.ok || state.bases[branch] !== commit) return draft.done();
	const { value } = outcome;
	const standing = standingOfBase(state, branch);
	for (const [gate, { alarm }] of Object.entries(standing.gates)) {
		const said = value.gates.find((one) => one.gate === gate);
		const green = said?.verdict?.word === 'passed';
		if (alarm && (!said || green))
			draft.add('alarm.cleared', {
				...{ alarm: alarm.id, branch, gate },
				why: green ? 'green' : 'dropped',
			});
	}
	for (const said of value.gates) {
		const raised = alarmBy(state, { branch, commit, standing }, said, value.others);
		if (raised)
			draft.add('alarm.raised', { alarm: alarmId(draft.seq), branch, commit, ...raised });
	}
	return draft.done();
}

/** What is to be told of a gate; null where it is not newly red. */
function alarmBy(
	state: State,
	{
		branch,
		commit,
		standing,
	}: {
		readonly branch: string;
		readonly commit: string;
		readonly standing: BaseStanding;
	},
	{ gate, definition, verdict, failure, before: asked }: BaseVerdict,
	others: EffectValue['others'],
): Omit<EventData<'alarm.raised'>, 'alarm' | 'branch' | 'commit'> | null {
	const former = standing.gates[gate];
	if (verdict?.word !== 'failed' || former?.alarm) return null;
	const before = (former?.definition === definition ? former.known : null) ?? asked;
	if (before?.word === 'failed' || before?.commit === commit) return null;
	// Where nothing has moved the branch, a gate has changed its mind: that is a flake.
	const moves = movesSince(standing, before?.commit ?? null);
	if (moves.length === 0) return null;
	const causes = moves.map((move) => causeOf(state, branch, move, others));
	const { key, failures, first } = verdict;
	return {
		...{ gate, key, failures, first, failure, before },
		causes: causes.slice(-causesNamed),
		more: Math.max(0, causes.length - causesNamed),
	};
}

function causeOf(
	state: State,
	branch: string,
	{ by, old, commit }: BaseMove,
	others: EffectValue['others'],
): AlarmCause {
	if (by.kind === 'others') {
		const told = others.find((one) => one.commit === commit);
		const { commits = null, subject = null } = told ?? {};
		return { by: 'others', old, new: commit, commits, subject };
	}
	const landing = state.landings[by.landing];
	const name = (landing && state.agents[landing.agent]?.name) ?? branch;
	return by.kind === 'undo'
		? { by: 'undo', landing: by.landing, name }
		: { by: 'landing', landing: by.landing, name, subject: landing?.subject ?? '' };
}

/** Gates that landings do not ask for any more are forgotten. */
export function evolveBaseGates(
	state: State,
	{ at, data }: EventOf<'base-gates.settled'>,
): State {
	const { branch, commit, by, outcome } = data;
	if (state.bases[branch] !== commit) return state;
	const standing = standingOfBase(state, branch);
	if (!outcome.ok) {
		const { code, message } = outcome.refusal;
		return code === cancelled
			? state
			: withStanding(state, branch, { ...standing, fault: message });
	}
	const { tree } = outcome.value;
	const gates = Object.fromEntries(
		outcome.value.gates.map((said) => [
			said.gate,
			gateAfter(standing.gates[said.gate], said, commit),
		]),
	);
	const after = { ...standing, judged: { commit, tree, by, at }, fault: null, gates };
	const moves = isGreen(after) ? movesFrom(after.moves, commit) : after.moves;
	return withStanding(state, branch, { ...after, moves });
}

function gateAfter(
	former: BaseGate | undefined,
	{ definition, verdict, fault }: BaseVerdict,
	commit: string,
): BaseGate {
	const word = verdict?.word ?? 'broken';
	const same = former?.definition === definition ? former.known : null;
	return {
		...{ definition, verdict, fault },
		// A gate that says nothing takes back nothing.
		known: word === 'broken' ? same : { word, commit },
		alarm: former?.alarm ?? null,
	};
}

export function evolveRaised(state: State, event: EventOf<'alarm.raised'>): State {
	const { alarm: id, ...data } = event.data;
	const alarm: Alarm = { ...data, id, at: event.at, acknowledged: null };
	return onAlarm(state, data, () => alarm);
}

export function evolveAlarmCleared(
	state: State,
	{ data }: EventOf<'alarm.cleared'>,
): State {
	return onAlarm(state, data, (alarm) => (alarm?.id === data.alarm ? null : alarm));
}

export function evolveAcknowledged(
	state: State,
	{ at, actor, data }: EventOf<'alarm.acknowledged'>,
): State {
	const alarm = Object.values(state.baseGates)
		.flatMap(({ gates }) => Object.values(gates))
		.find((gate) => gate.alarm?.id === data.alarm)?.alarm;
	return alarm
		? onAlarm(state, alarm, () => ({ ...alarm, acknowledged: { at, actor } }))
		: state;
}

function onAlarm(
	state: State,
	{ branch, gate }: { readonly branch: string; readonly gate: string },
	change: (alarm: Alarm | null) => Alarm | null,
): State {
	const standing = standingOfBase(state, branch);
	const known = standing.gates[gate];
	if (!known) return state;
	const gates = { ...standing.gates, [gate]: { ...known, alarm: change(known.alarm) } };
	return withStanding(state, branch, { ...standing, gates });
}

function withStanding(state: State, branch: string, standing: BaseStanding): State {
	return { ...state, baseGates: { ...state.baseGates, [branch]: standing } };
}
