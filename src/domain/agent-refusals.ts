// Why something may not be done to an agent: the same answer greys out a key and refuses a request.
import { type Refusal, refusal } from '../lib/outcome.ts';
import { type Agent, hasProgram, hasWorktree, isSettingUp, type Life } from './agent.ts';
import { isByHand } from './resolving.ts';

export function whyNotKill(agent: Agent): Refusal | null {
	if (hasProgram(agent)) return null;
	switch (agent.life.kind) {
		case 'stopping':
			// Asked for again, it comes at once.
			return agent.life.atOnce
				? refusal(
						'agent.stopping',
						`${agent.name} is being killed at once already`,
						'wait for its end',
					)
				: null;
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
		case 'ended':
			return isByHand(agent)
				? refusal(
						'agent.by-hand',
						`${agent.name} has no program: a conflict is resolved by hand in it`,
						`weir merge ${agent.name} --resolve`,
					)
				: null;
		case 'running':
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
