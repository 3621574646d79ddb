// The table of all requests on the clients' socket. What an agent asks here is refused.
import { refuseAgent } from '../client/connect.ts';
import { type Outcome, refuse } from '../lib/outcome.ts';
import { firstFault } from '../lib/schema-words.ts';
import type { RequestHandler } from '../protocol/channel.ts';
import { type ClientOperation, clientRequests } from '../protocol/client.ts';
import {
	handleKill,
	handleLoss,
	handleNew,
	handlePause,
	handlePrunable,
	handleRemove,
	handleRename,
	handleRespawn,
	handleRestore,
	handleResume,
} from './agent-operations.ts';
import {
	handleAnswer,
	handleExplain,
	handleInbox,
	handleMessage,
	handleOverride,
	handlePresence,
	handleSee,
	handleSnooze,
} from './attention-operations.ts';

import { handleBaseReport, handleBaseRun } from './base-operations.ts';

import { handleConclude, handleConflict, handleTake } from './by-hand-operations.ts';

import { handleBudget, handleBudgetSet, handleCost } from './cost-operations.ts';

import {
	handleGateReport,
	handleGateRun,
	handleGates,
	handleGateTell,
} from './gate-operations.ts';
import {
	handleHandOff,
	handleMerge,
	handlePreview,
	handleUndo,
	handleUndoPreview,
} from './landing-operations.ts';
import {
	handleHistory,
	handleKeys,
	handlePane,
	handleScreen,
	handleSend,
	handleShell,
} from './pane-operations.ts';
import { handleOpened, handlePlan, handlePushed, handleStep } from './pull-operations.ts';
import {
	handleAttach,
	handleDiff,
	handleDown,
	handleHello,
	handleLog,
	handleReload,
	handleRestart,
	handleSettings,
	handleStatus,
	handleTrustGrant,
	handleTrustPending,
} from './query-operations.ts';
import {
	handleHold,
	handleMove,
	handleQueue,
	handleRelease,
} from './queue-operations.ts';
import { handleResolve } from './resolve-operations.ts';
import { handleResumeAll } from './resume-operations.ts';
import {
	handleReview,
	handleReviewBegin,
	handleReviewComment,
	handleReviewDiscard,
	handleReviewDrop,
	handleReviewHunks,
	handleReviewPlaces,
	handleReviewSend,
	handleReviewStage,
	handleReviewView,
} from './review-operations.ts';
import { handleScope, handleScopeAdd } from './scope-operations.ts';
import type { Desk, Handler, Session } from './session.ts';
import type { Peer } from './sockets.ts';
import { handleSurroundings } from './surroundings.ts';
import { handleOutside } from './trespass-operations.ts';
import { handleWait } from './wait-operation.ts';

const handlers: { [O in ClientOperation]: Handler<O> } = {
	hello: handleHello,
	attach: handleAttach,
	status: handleStatus,
	new: handleNew,
	kill: handleKill,
	respawn: handleRespawn,
	explain: handleExplain,
	outside: handleOutside,
	override: handleOverride,
	inbox: handleInbox,
	answer: handleAnswer,
	snooze: handleSnooze,
	presence: handlePresence,
	message: handleMessage,
	see: handleSee,
	pause: handlePause,
	resume: handleResume,
	'resume.all': handleResumeAll,
	rename: handleRename,
	remove: handleRemove,
	restore: handleRestore,
	surroundings: handleSurroundings,
	prunable: handlePrunable,
	loss: handleLoss,
	'merge.preview': handlePreview,
	merge: handleMerge,
	queue: handleQueue,
	'queue.hold': handleHold,
	'queue.release': handleRelease,
	'queue.move': handleMove,
	'pr.plan': handlePlan,
	'pr.step': handleStep,
	'pr.pushed': handlePushed,
	'pr.opened': handleOpened,
	'hand-off': handleHandOff,
	resolve: handleResolve,
	conflict: handleConflict,
	'conflict.take': handleTake,
	'conflict.conclude': handleConclude,
	undo: handleUndo,
	'undo.preview': handleUndoPreview,
	shell: handleShell,
	pane: handlePane,
	screen: handleScreen,
	history: handleHistory,
	send: handleSend,
	keys: handleKeys,
	wait: handleWait,
	scope: handleScope,
	'scope.add': handleScopeAdd,
	cost: handleCost,
	budget: handleBudget,
	'budget.set': handleBudgetSet,
	gates: handleGates,
	'gate.run': handleGateRun,
	'gate.report': handleGateReport,
	'gate.tell': handleGateTell,
	'base.run': handleBaseRun,
	'base.report': handleBaseReport,
	diff: handleDiff,
	review: handleReview,
	'review.hunks': handleReviewHunks,
	'review.places': handleReviewPlaces,
	'review.view': handleReviewView,
	'review.comment': handleReviewComment,
	'review.begin': handleReviewBegin,
	'review.drop': handleReviewDrop,
	'review.send': handleReviewSend,
	'review.discard': handleReviewDiscard,
	'review.stage': handleReviewStage,
	log: handleLog,
	'settings.get': handleSettings,
	'settings.reload': handleReload,
	'trust.pending': handleTrustPending,
	'trust.grant': handleTrustGrant,
	down: handleDown,
	restart: handleRestart,
};

/** Operations of which every protocol version may make use. */
const ungreeted: ReadonlySet<string> = new Set(['hello', 'restart']);

/** Serves one connection on the clients' socket. */
export function serveClient(peer: Peer, desk: Desk): RequestHandler {
	const closers: (() => void)[] = [];
	peer.channel.onClose.on(() => {
		for (const close of closers) close();
	});
	const session: Session = {
		identity: peer.identity,
		greeted: false,
		attached: false,
		push: (push) => void peer.channel.push(push),
		onClose: (run) => closers.push(run),
	};
	return (operation, body) => answer(operation, body, desk, session);
}

async function answer(
	operation: string,
	body: unknown,
	desk: Desk,
	session: Session,
): Promise<Outcome<unknown>> {
	if (!isOperation(operation)) {
		return refuse(
			'operation.unknown',
			`there is no operation ${operation}`,
			'weir up --restart',
		);
	}
	if (session.identity === 'agent' && operation !== 'hello') {
		return refuseAgent();
	}
	if (!session.greeted && !ungreeted.has(operation)) {
		return refuse('hello.first', 'a connection begins with hello', 'weir up --restart');
	}
	const request = clientRequests[operation].safeParse(body);
	if (!request.success) {
		return refuse(
			'request.invalid',
			`${operation} cannot be done: ${firstFault(request.error.issues)}`,
			'weir help',
		);
	}
	// The schema of the operation has just been checked.
	const handler = handlers[operation] as Handler<never>;
	return handler(request.data as never, desk, session);
}

function isOperation(operation: string): operation is ClientOperation {
	return Object.hasOwn(handlers, operation);
}
