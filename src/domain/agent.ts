// An agent: a program doing one task in one worktree. What it is, and what may be done to it.
import { type Outcome, ok, type Refusal, refusal } from '../lib/outcome.ts';
import type { AfterStop } from './event.ts';
import type { ExitCause, ProcessIdentity } from './fact.ts';
import type { AgentId, LandingId, SnapshotId } from './ids.ts';
import type { StateWord } from './state-words.ts';

export interface Exit {
	readonly code: number | null;
	readonly signal: string | null;
	readonly cause: ExitCause;
	readonly at: string;
}

/** Where an agent is between its creation and its removal. */
export type Life =
	| { readonly kind: 'preparing'; readonly step: 'worktree' | 'setup' | 'spawn' }
	| {
			readonly kind: 'running';
			readonly process: ProcessIdentity;
			readonly holder: string;
			readonly paused: boolean;
	  }
	| {
			readonly kind: 'stopping';
			readonly from: Life;
			readonly next: AfterStop;
	  }
	| { readonly kind: 'ended'; readonly exit: Exit }
	| {
			readonly kind: 'backing-off';
			readonly exit: Exit;
			readonly until: string;
			readonly tries: number;
	  }
	| {
			readonly kind: 'failed';
			readonly step: 'worktree' | 'setup' | 'spawn' | 'restore';
			readonly refusal: Refusal;
	  }
	| { readonly kind: 'removing' }
	| {
			readonly kind: 'removed';
			readonly at: string;
			readonly snapshot: SnapshotId | null;
			readonly commit: string | null;
	  }
	| { readonly kind: 'restoring' };

/** What the agent is doing, who says so and since when. */
export interface Report {
	readonly state: StateWord;
	readonly since: string;
	/** `process`, `osc7501`, `osc133`, `progress`, `output`, `weir`. */
	readonly source: string;
	readonly inferred: boolean;
	readonly why: string | null;
}

export interface Agent {
	readonly id: AgentId;
	readonly name: string;
	readonly kind: string;
	readonly argv: readonly string[];
	readonly branch: string;
	readonly base: { readonly branch: string; readonly commit: string };
	readonly path: string;
	readonly columns: number;
	readonly rows: number;
	readonly ports: { readonly first: number; readonly count: number };
	readonly ladder: { readonly signals: readonly string[]; readonly graceMs: number };
	readonly restart: 'never' | 'on-failure';
	readonly promptBy: 'line' | 'comment' | 'none';
	readonly prompt: string | null;
	readonly setup: readonly string[] | null;
	readonly teardown: readonly string[] | null;
	readonly createdAt: string;
	/** 0 before the first start; grows with every program that is started in the pane. */
	readonly generation: number;
	/** Set-up runs before the next start: the worktree is new. */
	readonly setupDue: boolean;
	readonly life: Life;
	readonly report: Report;
	readonly lastExit: Exit | null;
	/** When the program crashed of late, for the back-off. */
	readonly crashes: readonly string[];
	readonly snapshot: { readonly id: SnapshotId; readonly commit: string } | null;
	readonly landed: {
		readonly landing: LandingId;
		readonly candidate: string;
		readonly commit: string;
		readonly at: string;
	} | null;
}

/** The program, set-up included, has a process that can be stopped. */
export function hasProgram(agent: Agent): boolean {
	return agent.life.kind === 'running' || isSettingUp(agent);
}

export function isSettingUp(agent: Agent): boolean {
	return agent.life.kind === 'preparing' && agent.life.step === 'setup';
}

/** Its program is being started; whether it runs, or ran, is not known yet. */
export function isSpawning(agent: Agent): boolean {
	return agent.life.kind === 'preparing' && agent.life.step === 'spawn';
}

/** A worktree of it stands on the disk. */
export function hasWorktree(agent: Agent): boolean {
	const { life } = agent;
	if (life.kind === 'preparing' || life.kind === 'failed')
		return life.step !== 'worktree';
	return life.kind !== 'removed' && life.kind !== 'restoring';
}

/** Its program ended with its holder or its machine, which nobody asked for. */
export function isLost({ life }: Agent): boolean {
	return life.kind === 'ended' && life.exit.cause === 'lost';
}

export function isGone(agent: Agent): boolean {
	return agent.life.kind === 'removed';
}

export function whyNotKill(agent: Agent): Refusal | null {
	if (hasProgram(agent)) return null;
	switch (agent.life.kind) {
		case 'stopping':
			return refusal(
				'agent.stopping',
				`${agent.name} is being killed already`,
				'wait for its end',
			);
		case 'backing-off':
			return null;
		case 'preparing':
			// The filling of its worktree is broken off.
			return agent.life.step === 'worktree'
				? null
				: starting(agent.name, 'is being started');
		default:
			return notRunning(agent);
	}
}

export function whyNotRespawn(agent: Agent): Refusal | null {
	switch (agent.life.kind) {
		case 'running':
		case 'ended':
		case 'backing-off':
			return null;
		case 'failed':
			return agent.life.step === 'restore' ? gone(agent) : null;
		case 'preparing':
			return starting(agent.name, 'is being started already');
		case 'stopping':
			return refusal(
				'agent.stopping',
				`${agent.name} is being stopped`,
				'wait for its end',
			);
		default:
			return gone(agent);
	}
}

export function whyNotPause(agent: Agent): Refusal | null {
	if (agent.life.kind !== 'running') return notRunning(agent);
	return agent.life.paused
		? refusal('agent.paused', `${agent.name} is paused`, `weir resume ${agent.name}`)
		: null;
}

export function whyNotResume(agent: Agent): Refusal | null {
	if (agent.life.kind !== 'running') return notRunning(agent);
	return agent.life.paused
		? null
		: refusal(
				'agent.not-paused',
				`${agent.name} is not paused`,
				`weir pause ${agent.name}`,
			);
}

export function whyNotRemove(agent: Agent): Refusal | null {
	switch (agent.life.kind) {
		case 'removing':
			return refusal(
				'agent.removing',
				`${agent.name} is being removed already`,
				'wait until it is gone',
			);
		case 'removed':
		case 'restoring':
			return gone(agent);
		case 'stopping':
			return refusal(
				'agent.stopping',
				`${agent.name} is being stopped`,
				'wait for its end',
			);
		case 'preparing':
			return isSettingUp(agent) ? null : preparing(agent);
		default:
			return null;
	}
}

export function whyNotRestore(agent: Agent): Refusal | null {
	const { life } = agent;
	if (life.kind === 'failed' && life.step === 'restore') return null;
	if (life.kind !== 'removed') {
		const kept = agent.snapshot?.commit;
		return refusal(
			'agent.present',
			`${agent.name} has not been removed, so there is nothing to bring back`,
			kept === undefined
				? `weir diff ${agent.name}`
				: `git -C ${agent.path} restore --source=${kept.slice(0, 10)} -- PATH brings a file of its last snapshot back`,
		);
	}
	return life.commit === null
		? refusal(
				'restore.nothing',
				`${agent.name} has no snapshot to come back from: its worktree was gone; commits that are not in its base are on ${agent.branch}`,
				`weir new ${agent.name}-2 --base ${agent.branch}`,
			)
		: null;
}

export function whyNotMerge(agent: Agent): Refusal | null {
	return whyNoWorktree(agent);
}

export function whyNotShell(agent: Agent): Refusal | null {
	return agent.life.kind === 'removing' ? gone(agent) : whyNoWorktree(agent);
}

/** Why there are no files of it to look at. */
export function whyNoWorktree(agent: Agent): Refusal | null {
	const { name, life } = agent;
	if (life.kind === 'removed' || life.kind === 'restoring') return gone(agent);
	if (hasWorktree(agent)) return null;
	return life.kind === 'preparing'
		? refusal(
				'agent.no-worktree',
				`${name} has no worktree yet`,
				'wait a moment: it is being created',
			)
		: refusal(
				'agent.no-worktree',
				`${name} has no worktree: it could not be created`,
				`weir respawn ${name}`,
			);
}

export function whyNotType(agent: Agent): Refusal | null {
	return hasProgram(agent) ? null : notRunning(agent);
}

/** The agent of this name or id: one that is there before one that was removed. */
export function findAgent(
	agents: Readonly<Record<AgentId, Agent>>,
	name: string,
): Outcome<Agent> {
	const all = Object.values(agents);
	const found =
		all.find((agent) => agent.name === name && !isGone(agent)) ??
		all.findLast((agent) => agent.name === name) ??
		all.find((agent) => agent.id === name);
	if (found) return ok(found);
	const names = all.filter((agent) => !isGone(agent)).map((agent) => agent.name);
	const known =
		names.length === 0
			? 'there are no agents'
			: `there are ${names.slice(0, 12).join(', ')}`;
	return {
		ok: false,
		refusal: refusal(
			'agent.unknown',
			`no agent is called ${/^[\w.-]+$/.test(name) ? name : JSON.stringify(name)}; ${known}`,
			'weir list',
		),
	};
}

/** The agent that was removed last under this name, else as `findAgent`. */
export function findRemoved(
	agents: Readonly<Record<AgentId, Agent>>,
	name: string,
): Outcome<Agent> {
	const removed = Object.values(agents)
		.filter((agent) => agent.name === name && isGone(agent))
		.toSorted((one, other) => removedAt(one).localeCompare(removedAt(other)));
	const last = removed.at(-1);
	return last ? ok(last) : findAgent(agents, name);
}

function removedAt({ life }: Agent): string {
	return life.kind === 'removed' ? life.at : '';
}

/** Nothing runs in it, said by where it is in its life: only an end can be followed by a respawn. */
function notRunning({ name, life }: Agent): Refusal {
	const again = `weir respawn ${name}`;
	switch (life.kind) {
		case 'preparing':
			return starting(name, 'is being prepared; nothing runs in it yet');
		case 'stopping':
			return refusal('agent.stopping', `${name} is being stopped`, 'wait for its end');
		case 'backing-off':
			return refusal(
				'agent.not-running',
				`${name} crashed and starts again by itself in a moment`,
				again,
			);
		case 'failed':
			return life.step === 'restore'
				? refusal(
						'agent.removed',
						`${name} could not be restored`,
						`weir restore ${name}`,
					)
				: refusal('agent.not-running', `${name} could not be started`, again);
		case 'removing':
		case 'restoring':
		case 'removed':
			return goneBy(name, life.kind);
		default:
			return refusal('agent.not-running', `${name} is not running`, again);
	}
}

/** Its worktree is being made or its program started. */
export function preparing({ name, life }: Agent): Refusal {
	const filled = life.kind === 'preparing' && life.step === 'worktree';
	return refusal(
		'agent.starting',
		`${name} is being prepared`,
		filled ? `weir kill ${name} breaks it off` : 'wait a moment: it starts by itself',
	);
}

function starting(name: string, how: string): Refusal {
	return refusal(
		'agent.starting',
		`${name} ${how}`,
		'wait a moment: it starts by itself',
	);
}

/** It is not there any more, or not yet again. */
export function gone({ name, life }: Agent): Refusal {
	return goneBy(name, life.kind);
}

function goneBy(name: string, kind: Life['kind']): Refusal {
	if (kind === 'removing')
		return refusal('agent.removing', `${name} is being removed`, 'wait until it is gone');
	if (kind === 'restoring')
		return refusal(
			'agent.restoring',
			`${name} is being restored`,
			'wait until it is back',
		);
	return refusal('agent.removed', `${name} was removed`, `weir restore ${name}`);
}
