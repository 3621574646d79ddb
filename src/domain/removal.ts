// Snapshots, removing a worktree and bringing it back.
import type { Refusal } from '../lib/outcome.ts';
import { type Agent, hasProgram, hasWorktree, isGone } from './agent.ts';
import { whyNotRemove, whyNotRestore } from './agent-refusals.ts';
import type { CommandOf, EffectOutcome } from './command.ts';
import { branchHeld, reportOf } from './creation.ts';
import { type Decision, Draft, refused, unknownAgent } from './decision.ts';
import type { EventOf } from './event.ts';
import type { SnapshotId } from './ids.ts';
import { freePlace, type Place } from './place.ts';
import { isByHand } from './resolving.ts';
import { type PendingOf, pendingOf, type State } from './state.ts';
import { askSnapshot, askStop, stopNow } from './stopping.ts';

/** The refusal of whoever looks for a worktree whose folder is gone. */
export const worktreeMissing = 'worktree.missing';

export function decideRemove(
	state: State,
	{ agent: id }: CommandOf<'agent.remove'>,
): Decision {
	const agent = state.agents[id];
	if (!agent) return unknownAgent(id);
	const no = whyNotRemove(agent) ?? underWay(state, agent);
	if (no) return refused(no);
	const draft = new Draft(state);
	askRemoval(draft, agent);
	return draft.done();
}

/** Its program is ended first, and a snapshot taken where it has files. */
export function askRemoval(draft: Draft, agent: Agent): void {
	if (hasProgram(agent)) {
		askStop(draft, agent, { kind: 'remove' }, 'kill');
	} else if (hasWorktree(agent)) {
		askSnapshot(draft, agent, 'remove', { kind: 'remove' });
	} else {
		draft.add('remove.asked', {
			effect: draft.effect,
			agent: agent.id,
			snapshot: null,
			commit: null,
		});
	}
}

export function decideSnapshot(
	state: State,
	{ agent: id, reason }: CommandOf<'agent.snapshot'>,
): Decision {
	const agent = state.agents[id];
	if (!agent) return unknownAgent(id);
	const draft = new Draft(state);
	askSnapshot(draft, agent, reason, { kind: 'nothing' });
	return draft.done();
}

/**
 * A failed snapshot calls off a removal, unless the folder is gone already: then the last snapshot
 * is all there is to come back to. It does not call off a kill, which loses no file: with a full
 * disk a runaway program must still be ended.
 */
export function settleSnapshot(
	state: State,
	pending: PendingOf<'snapshot'>,
	outcome: EffectOutcome<'snapshot'>,
): Decision {
	const { agent: id, snapshot, next } = pending.data;
	const draft = new Draft(state).add('snapshot.settled', {
		effect: pending.id,
		agent: id,
		snapshot,
		outcome,
	});
	const agent = state.agents[id];
	if (!agent) return draft.done();
	if (next.kind === 'stop') stopNow(draft, agent, next.next);
	if (next.kind === 'remove') {
		const taken = outcome.ok
			? { snapshot, commit: outcome.value.commit }
			: lastOfMissing(agent, outcome.refusal);
		if (taken) draft.add('remove.asked', { effect: draft.effect, agent: id, ...taken });
	}
	return draft.done();
}

function lastOfMissing(agent: Agent, { code }: Refusal) {
	if (code !== worktreeMissing) return null;
	const { snapshot } = agent;
	return { snapshot: snapshot?.id ?? null, commit: snapshot?.commit ?? null };
}

export function settleRemove(
	state: State,
	pending: PendingOf<'remove'>,
	outcome: EffectOutcome<'remove'>,
): Decision {
	const { agent, snapshot, commit } = pending.data;
	const draft = new Draft(state).add('remove.settled', {
		effect: pending.id,
		agent,
		outcome,
	});
	if (outcome.ok) draft.add('agent.removed', { agent, snapshot, commit });
	return draft.done();
}

export function decideRestore(
	state: State,
	{ agent: id }: CommandOf<'agent.restore'>,
): Decision {
	const agent = state.agents[id];
	if (!agent) return unknownAgent(id);
	const no = whyNotRestore(agent) ?? underWay(state, agent);
	if (no) return refused(no);
	const taken = Object.values(state.agents).find(
		(other) =>
			other.id !== id && other.name === agent.name && other.life.kind !== 'removed',
	);
	if (taken) {
		return refused({
			code: 'agent.exists',
			message: `another agent is called ${agent.name} by now`,
			allow: `weir rename ${agent.name} ${agent.name}-2`,
		});
	}
	const from = restorePoint(agent);
	if (from === null) return unknownAgent(id);
	const draft = new Draft(state);
	const place = placeFor(state, agent);
	const holder = Object.values(state.agents).find(
		(other) =>
			agent.adopted && other.id !== id && other.branch === agent.branch && !isGone(other),
	);
	if (holder) return refused(branchHeld(holder));
	return draft
		.add('restore.asked', { effect: draft.effect, agent: id, ...from, ...place })
		.done();
}

/** Its old place, or one beside it where another agent has that by now. */
function placeFor(state: State, agent: Agent): Place {
	const { path, branch } = agent;
	const slash = path.lastIndexOf('/');
	const name = path.slice(slash + 1);
	const { [agent.id]: _, ...others } = state.agents;
	const free = freePlace(
		{ ...state, agents: others },
		{
			name,
			root: path.slice(0, slash),
			prefix: agent.adopted ? '' : branch.slice(0, branch.length - name.length),
		},
	);
	return agent.adopted ? { path: free.path, branch } : free;
}

function restorePoint(agent: Agent): { snapshot: SnapshotId; commit: string } | null {
	const { life } = agent;
	if (life.kind === 'removed') {
		const { snapshot, commit } = life;
		return snapshot === null || commit === null ? null : { snapshot, commit };
	}
	return agent.snapshot && { snapshot: agent.snapshot.id, commit: agent.snapshot.commit };
}

export function settleRestore(
	state: State,
	pending: PendingOf<'restore'>,
	outcome: EffectOutcome<'restore'>,
): Decision {
	const { agent } = pending.data;
	const draft = new Draft(state).add('restore.settled', {
		effect: pending.id,
		agent,
		outcome,
	});
	if (outcome.ok) draft.add('agent.restored', { agent });
	return draft.done();
}

function underWay(state: State, agent: Agent) {
	const [pending] = pendingOf(state, agent.id).filter(
		(effect) => !['publish', 'prompt', 'setup'].includes(effect.kind),
	);
	return pending
		? {
				code: 'agent.busy',
				message: `${agent.name} is busy: ${pending.kind} is under way`,
			}
		: null;
}

export function evolveSnapshot(agent: Agent, event: EventOf<'snapshot.settled'>): Agent {
	const { outcome, snapshot } = event.data;
	if (!outcome.ok) return agent;
	return { ...agent, snapshot: { id: snapshot, commit: outcome.value.commit } };
}

export function evolveRemoving(agent: Agent, event: EventOf<'remove.asked'>): Agent {
	const { resolves } = agent;
	return {
		...agent,
		resolves: resolves?.over ? { ...resolves, dismissed: true } : resolves,
		life: { kind: 'removing' },
		report: reportOf(event, 'interrupted', 'the worktree is being removed'),
	};
}

/** A removal that failed leaves what is left of the worktree, to be removed again. */
export function evolveRemoveSettled(
	agent: Agent,
	event: EventOf<'remove.settled'>,
): Agent {
	const { outcome } = event.data;
	if (outcome.ok) return agent;
	return {
		...agent,
		life: atRest(agent, event.at),
		report: reportOf(event, 'failed', outcome.refusal.message),
	};
}

export function evolveRemoved(agent: Agent, event: EventOf<'agent.removed'>): Agent {
	const { snapshot, commit } = event.data;
	return {
		...agent,
		life: { kind: 'removed', at: event.at, snapshot, commit },
		report: reportOf(event, 'interrupted', 'removed'),
	};
}

export function evolveRestoring(agent: Agent, event: EventOf<'restore.asked'>): Agent {
	return {
		...agent,
		path: event.data.path,
		branch: event.data.branch,
		life: { kind: 'restoring' },
		report: reportOf(event, 'starting', 'the worktree is being restored'),
	};
}

/** The worktree is back and nothing runs in it: a respawn starts the program. */
export function evolveRestored(agent: Agent, event: EventOf<'agent.restored'>): Agent {
	return {
		...agent,
		setupDue: agent.setup !== null,
		life: atRest(agent, event.at),
		report: isByHand(agent)
			? reportOf(event, 'idle', 'you resolve it by hand')
			: reportOf(event, 'interrupted', 'restored; respawn starts it'),
	};
}

/** Nothing runs in its worktree; how its last program ended, where one ever ran, is still said. */
function atRest(agent: Agent, at: string): Agent['life'] {
	const never = { code: null, signal: null, cause: 'stopped', at } as const;
	return { kind: 'ended', exit: agent.lastExit ?? never };
}
