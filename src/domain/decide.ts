// May we, and what happens next: the table of all commands.

import { settleAfter } from './after-landing.ts';
import { decideAcknowledge } from './alarm/alarms.ts';
import { decideBaseGates, settleBaseGates } from './alarm/base-gates.ts';
import { decideCallOff, decideRetry } from './back-off.ts';
import { decideConclude, settleConclude } from './by-hand.ts';
import type { Command, CommandKind, CommandOf, Settlement } from './command.ts';
import { decideCheck, decideSet, decideTell } from './cost/metering.ts';
import { decideSpending } from './cost/spending-answer.ts';
import { decideNew, settleSetup, settleSpawn, settleWorktree } from './creation.ts';
import { type Context, type Decision, Draft, unchanged } from './decision.ts';
import { decideDeny } from './denying.ts';
import type { EventData, EventKind } from './event.ts';
import { decideFrozen } from './freezing.ts';
import {
	decideGateRun,
	decideTreeMove,
	decideTreeSettle,
	settleCompare,
	settleGate,
} from './gates/gate-standing.ts';
import { decideGateTell, settleWords } from './gates/telling-back.ts';
import { decideSnooze } from './inbox.ts';
import {
	decideHandOff,
	decideMerge,
	decideUndo,
	settleMerge,
	settleSync,
	settleUndo,
} from './landing.ts';
import { decideDeliver, decideRecall, decideSend } from './message.ts';
import { decidePullOpened, decidePushed } from './pull/pull-record.ts';
import { decideAnswer, decideClose, decideOpen, settleAnswer } from './question.ts';
import { decideHold, decideMove, decideRelease } from './queue/holding.ts';
import { decideRedress, settleRedress } from './redress.ts';
import {
	decideRemove,
	decideRestore,
	decideSnapshot,
	settleRemove,
	settleRestore,
	settleSnapshot,
} from './removal.ts';
import { decideDiscard, decidePutBack, settleDiscard } from './review/discarding.ts';
import { decideBegin } from './review/drafting.ts';
import {
	decideComment,
	decideDropComment,
	decideSendComments,
	decideView,
} from './review/reviewing.ts';
import { decideSee } from './seen.ts';
import { decideDropSnapshots } from './snapshots.ts';
import type { EffectKind, PendingOf, State } from './state.ts';
import {
	decideExit,
	decideKill,
	decideRespawn,
	settleHasten,
	settleStop,
} from './stopping.ts';
import { decideReport, decideTrespassSettle } from './trespassing.ts';
import { stepToTakeBack } from './undoing.ts';
import {
	decideConverse,
	decideObserve,
	decideOverride,
	decidePause,
	decidePrompt,
	decidePublish,
	decideRename,
	decideShell,
	decideShellExit,
	settlePause,
	settlePrompt,
	settlePublish,
	settleShell,
} from './upkeep.ts';
import { decideWiden, settleWiden } from './widening.ts';

type Decider<K extends CommandKind> = (
	state: State,
	command: CommandOf<K>,
	context: Context,
) => Decision;

/** The facts that a command brings in this state, or the refusal that it meets. */
export function decide(state: State, command: Command, context: Context): Decision {
	// The row belongs to the kind by construction of the table.
	const decider = deciders[command.kind] as Decider<CommandKind>;
	return decider(state, command, context);
}

const deciders: { [K in CommandKind]: Decider<K> } = {
	'agent.new': decideNew,
	'agent.kill': decideKill,
	'agent.respawn': decideRespawn,
	'agent.retry': decideRetry,
	'agent.call-off': decideCallOff,
	'agent.pause': decidePause,
	'agent.resume': decidePause,
	'agent.rename': decideRename,
	'agent.remove': decideRemove,
	'agent.restore': decideRestore,
	'agent.prompt': decidePrompt,
	'message.send': decideSend,
	'message.deliver': decideDeliver,
	'agent.publish': decidePublish,
	'scope.widen': decideWiden,
	'trespass.report': decideReport,
	'trespass.settle': decideTrespassSettle,
	'write.deny': decideDeny,
	'trespass.redress': decideRedress,
	'agent.snapshot': decideSnapshot,
	'snapshots.drop': decideDropSnapshots,
	'agent.exit': decideExit,
	'agent.observe': decideObserve,
	'agent.override': decideOverride,
	'agent.see': decideSee,
	'usage.tell': decideTell,
	'budget.check': decideCheck,
	'budget.set': decideSet,
	'agent.converse': decideConverse,
	'question.open': decideOpen,
	'question.answer': decideAnyAnswer,
	'question.close': decideClose,
	'inbox.snooze': decideSnooze,
	'tree.move': decideTreeMove,
	'tree.settle': decideTreeSettle,
	'gate.run': decideGateRun,
	'gate.tell': decideGateTell,
	'base-gates.run': decideBaseGates,
	'alarm.acknowledge': decideAcknowledge,
	'queue.hold': decideHold,
	'queue.release': decideRelease,
	'queue.move': decideMove,
	'pr.push': decidePushed,
	'pr.open': decidePullOpened,
	'review.view': decideView,
	'review.comment': decideComment,
	'review.begin': decideBegin,
	'review.drop': decideDropComment,
	'review.send': decideSendComments,
	'review.discard': decideDiscard,
	merge: decideMerge,
	'merge.hand-off': decideHandOff,
	'conflict.conclude': decideConclude,
	undo: decideAnyUndo,
	'shell.open': decideShell,
	'shell.exit': decideShellExit,
	'effect.settle': decideSettle,
	'settings.load': record('settings.loaded'),
	'settings.refuse': record('settings.refused'),
	'trust.grant': record('trust.granted'),
	'base.observe': record('base.moved.by-others'),
	'ref.observe': record('ref.moved.by-others'),
	'journal.observe': record('journal.changed.by-others'),
	'supervisor.start': record('supervisor.started'),
	'supervisor.stop': record('supervisor.stopped'),
};

/** A step is taken back by its inverse: a respawn, a restore or an undo. */
function decideAnyUndo(
	state: State,
	command: CommandOf<'undo'>,
	context: Context,
): Decision {
	const found = stepToTakeBack(state, command);
	if (!found.ok) return found;
	const step = found.value;
	if (step.kind === 'landing') return decideUndo(state, step.landing, command.revert);
	if (step.kind === 'message') return decideRecall(state, step.message);
	if (step.kind === 'discard') return decidePutBack(state, step);
	return step.kind === 'kill'
		? decide(state, { kind: 'agent.respawn', agent: step.agent }, context)
		: decide(state, { kind: 'agent.restore', agent: step.agent }, context);
}

/** What weir itself asks, it carries out. */
function decideAnyAnswer(
	state: State,
	command: CommandOf<'question.answer'>,
	context: Context,
): Decision {
	const answered = decideAnswer(state, command);
	const question = state.questions[command.question];
	if (!answered.ok || !question) return answered;
	const { kind } = question.via;
	if (kind === 'budget') return decideSpending(state, question, command, context);
	return kind === 'guard' ? decideFrozen(state, question, command.choice) : answered;
}

type Settler<K extends EffectKind> = (
	state: State,
	pending: PendingOf<K>,
	outcome: Extract<Settlement, { effectKind: K }>['outcome'],
) => Decision;

const settlers: { [K in EffectKind]: Settler<K> } = {
	worktree: settleWorktree,
	setup: settleSetup,
	spawn: settleSpawn,
	snapshot: settleSnapshot,
	stop: settleStop,
	hasten: settleHasten,
	pause: settlePause,
	publish: settlePublish,
	prompt: settlePrompt,
	remove: settleRemove,
	restore: settleRestore,
	sync: settleSync,
	merge: settleMerge,
	after: settleAfter,
	undo: settleUndo,
	shell: settleShell,
	answer: settleAnswer,
	widen: settleWiden,
	redress: settleRedress,
	gate: settleGate,
	compare: settleCompare,
	words: settleWords,
	'base-gates': settleBaseGates,
	discard: settleDiscard,
	conclude: settleConclude,
};

/** An effect that is not pending has settled before: told twice, it changes nothing. */
function decideSettle(state: State, command: CommandOf<'effect.settle'>): Decision {
	const pending = state.effects[command.effect];
	if (pending?.kind !== command.effectKind) return unchanged;
	const settle = settlers[command.effectKind] as Settler<EffectKind>;
	return settle(state, pending, command.outcome);
}

/** A command that only states a fact. */
function record<K extends EventKind>(kind: K) {
	return (state: State, command: EventData<K> & { kind: string }): Decision => {
		const { kind: _, ...data } = command;
		// What is left of the command is the data of the event by its type.
		return new Draft(state).add(kind, data as unknown as EventData<K>).done();
	};
}
