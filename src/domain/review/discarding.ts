// A hunk of an agent's work is taken back in its worktree, after a snapshot, and put back by an undo.

import { type Refusal, refusal } from '../../lib/outcome.ts';
import type { Agent } from '../agent.ts';
import { whyNoWorktree } from '../agent-refusals.ts';
import type { CommandOf, EffectOutcome } from '../command.ts';
import { type Decision, Draft, refused, unknownAgent } from '../decision.ts';
import type { EventOf } from '../event.ts';
import { snapshotId } from '../ids.ts';
import { type PendingOf, pendingOf, type State, type Undoable } from '../state.ts';
import { setStepAside, withoutStep, withStep } from '../undo-steps.ts';

type Discard = Extract<Undoable, { kind: 'discard' }>;

export function whyNotDiscard(state: State, agent: Agent): Refusal | null {
	const no = whyNoWorktree(agent);
	if (no) return no;
	return pendingOf(state, agent.id).some(({ kind }) => kind === 'discard')
		? refusal('discard.busy', `a hunk of ${agent.name} is being discarded already`)
		: null;
}

export function decideDiscard(
	state: State,
	{ agent: id, ...what }: CommandOf<'review.discard'>,
): Decision {
	const agent = state.agents[id];
	if (!agent) return unknownAgent(id);
	const no = whyNotDiscard(state, agent);
	if (no) return refused(no);
	const draft = new Draft(state);
	const snapshot = snapshotId(draft.seq);
	const { effect } = draft;
	return draft.add('discard.asked', { effect, agent: id, snapshot, ...what }).done();
}

/** What was discarded stands there again, where nothing else was written since. */
export function decidePutBack(
	state: State,
	{ agent, path, before, after }: Discard,
): Decision {
	return decideDiscard(state, {
		...{ kind: 'review.discard', agent, path },
		...{ stands: after, base: before, hunk: null },
	});
}

export function settleDiscard(
	state: State,
	{ id: effect, data }: PendingOf<'discard'>,
	outcome: EffectOutcome<'discard'>,
): Decision {
	const { agent, path, stands, base, hunk } = data;
	return new Draft(state)
		.add('discard.settled', {
			...{ effect, agent, path, outcome },
			back: hunk === null ? { before: base, after: stands } : null,
		})
		.done();
}

export function evolveDiscarded(state: State, event: EventOf<'discard.settled'>): State {
	const { agent, path, back, outcome } = event.data;
	if (back) {
		const step: Discard = { kind: 'discard', agent, path, ...back };
		return outcome.ok ? withoutStep(state, step) : setStepAside(state, outcome, step);
	}
	if (!outcome.ok) return state;
	return withStep(state, { kind: 'discard', agent, path, ...outcome.value });
}
