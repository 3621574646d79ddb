// What becomes of an agent's worktree once its work has landed: it is kept as it is, set on the new base,
// or removed. Nothing of it is touched while its program is at work.
import { type Refusal, refusal } from '../lib/outcome.ts';
import type { Agent } from './agent.ts';
import { whyNotRemove } from './agent-refusals.ts';
import type { EffectOutcome } from './command.ts';
import { type Decision, Draft } from './decision.ts';
import type { EventData, EventOf } from './event.ts';
import { snapshotId } from './ids.ts';
import { askRemoval } from './removal.ts';
import type { PendingOf, State } from './state.ts';

/** Nothing is asked for where the worktree is kept. */
export function askAfter(
	draft: Draft,
	{ landing, agent, after = 'keep' }: EventData<'merge.asked'>,
): void {
	if (after === 'keep') return;
	draft.add('after.asked', {
		effect: draft.effect,
		agent,
		landing,
		how: after,
		snapshot: snapshotId(draft.seq),
	});
}

/** The removal that follows takes a snapshot of its own, as one that the human asks for. */
export function settleAfter(
	state: State,
	pending: PendingOf<'after'>,
	outcome: EffectOutcome<'after'>,
): Decision {
	const { agent: id, landing, how, snapshot } = pending.data;
	const draft = new Draft(state).add('after.settled', {
		effect: pending.id,
		...{ agent: id, landing, how, snapshot, outcome },
	});
	const agent = state.agents[id];
	if (agent && outcome.ok && how === 'remove' && !whyNotRemove(agent))
		askRemoval(draft, agent);
	return draft.done();
}

/** Why the worktree stays as it is; null where its program can bear that it changes. */
export function whyNotAfter(
	state: State,
	agent: Agent,
	how: EventData<'after.asked'>['how'],
): Refusal | null {
	const { name } = agent;
	if (!isAtRest(agent))
		return refusal(
			'after.working',
			`${name} is at work, or nobody knows whether it is`,
			how === 'remove' ? `weir remove ${name}` : 'it stands on its own commits',
		);
	const shells = Object.values(state.shells).filter((shell) => shell.agent === agent.id);
	if (how === 'remove' && shells.length > 0)
		return refusal(
			'after.shell',
			`a shell of yours is open in the worktree of ${name}`,
			`weir remove ${name} ends it`,
		);
	if (how === 'reset' && agent.adopted)
		return refusal(
			'after.adopted',
			`${agent.branch} is your own branch, which keeps its commits`,
			`git branch --force ${agent.branch} ${agent.base.branch} once ${name} is removed`,
		);
	return null;
}

/** Nothing runs in it, or what runs there says, or lets be seen, that it waits for the next task. */
function isAtRest({ life, report }: Agent): boolean {
	if (life.kind === 'ended' || life.kind === 'failed') return true;
	if (life.kind !== 'running' || life.paused) return false;
	return report.state === 'idle' || report.state === 'done';
}

/** What stood in the worktree before. */
export function evolveAfter(agent: Agent, { data }: EventOf<'after.settled'>): Agent {
	if (!data.outcome.ok || data.outcome.value.commit === null) return agent;
	return {
		...agent,
		snapshot: { id: data.snapshot, commit: data.outcome.value.commit },
	};
}
