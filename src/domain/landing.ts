// Merges into the base, taking them back, and handing a conflict to its author.
import { askAfter } from './after-landing.ts';
import { type Agent } from './agent.ts';
import { whyNotMerge } from './agent-refusals.ts';
import type { CommandOf, EffectOutcome } from './command.ts';
import { type Decision, Draft, refused, unknownAgent } from './decision.ts';
import type { EventOf } from './event.ts';
import { type AgentId, type LandingId, landingId } from './ids.ts';
import { whyHeld } from './queue/holding.ts';
import { conflictTaken, endResolving, throughOf } from './resolving.ts';
import type { Landing, PendingOf, State } from './state.ts';

export function decideMerge(state: State, command: CommandOf<'merge'>): Decision {
	const agent = state.agents[command.agent];
	if (!agent) return unknownAgent(command.agent);
	const no = whyNotMerge(agent) ?? landingUnderWay(state, agent) ?? whyHeld(agent);
	if (no) return refused(no);
	if (command.message?.trim() === '') {
		return refused({
			code: 'merge.no-message',
			message: `the message that ${agent.name} would land with is empty`,
			allow: `weir merge ${agent.name}, which proposes one, or --message TEXT`,
		});
	}
	if (command.override?.trim() === '') {
		return refused({
			code: 'merge.no-reason',
			message: 'why it lands whatever its gates say is kept in the journal, and is empty',
			allow: `weir merge ${agent.name} --override WHY`,
		});
	}
	const through = throughOf(state, agent);
	const author = through && state.agents[through.agent];
	const held = author ? whyHeld(author) : null;
	if (held) return refused(held);
	const draft = new Draft(state);
	// A merge cannot be replayed.
	const usual = through ? 'squash' : 'rebase';
	const { strategy } = state.settings.land;
	return draft
		.add('merge.asked', {
			effect: draft.effect,
			landing: landingId(draft.seq),
			agent: agent.id,
			branch: command.branch,
			strategy: command.strategy ?? (strategy === 'rebase' ? usual : strategy),
			message: command.message,
			include: command.include,
			override: command.override ?? null,
			...(command.accept?.length && { accept: command.accept }),
			after: command.after ?? state.settings.land.after,
			...(through && { through }),
		})
		.done();
}

export function settleMerge(
	state: State,
	pending: PendingOf<'merge'>,
	outcome: EffectOutcome<'merge'>,
): Decision {
	const { landing, agent, branch, strategy, through } = pending.data;
	const draft = new Draft(state);
	if (!outcome.ok) {
		draft.add('merge.settled', { effect: pending.id, landing, outcome });
		draft.add('merge.refused', { landing, agent, branch, refusal: outcome.refusal });
		return draft.done();
	}
	const { value } = outcome;
	draft.add('merge.settled', {
		effect: pending.id,
		landing,
		outcome: { ok: true, value: { kind: value.kind } },
	});
	if (value.kind === 'conflicted') {
		draft.add('merge.conflicted', { landing, agent, branch, files: value.files });
	} else {
		const { kind: _, ...landed } = value;
		draft.add('merge.landed', {
			...{ landing, agent, branch, strategy, ...landed },
			...(through && { through }),
		});
		const author = through?.agent ?? agent;
		endResolving(state, draft, { author, by: agent, landing, branch });
		askAfter(draft, pending.data);
	}
	return draft.done();
}

/** Asks for a landing to be taken back, or with `revert` for its opposite on top. */
export function decideUndo(state: State, landing: LandingId, revert: boolean): Decision {
	const no = whyNotUndo(state, state.landings[landing]);
	if (no) return refused(no);
	const draft = new Draft(state);
	return draft.add('undo.asked', { effect: draft.effect, landing, revert }).done();
}

export function settleUndo(
	state: State,
	pending: PendingOf<'undo'>,
	outcome: EffectOutcome<'undo'>,
): Decision {
	const { landing } = pending.data;
	const draft = new Draft(state).add('undo.settled', {
		effect: pending.id,
		landing,
		outcome,
	});
	const branch = state.landings[landing]?.branch;
	if (outcome.ok && branch)
		draft.add('merge.undone', { landing, branch, ...outcome.value });
	return draft.done();
}

/** Brings the base into the agent's worktree, where the conflict is resolved like any other. */
export function decideHandOff(
	state: State,
	command: CommandOf<'merge.hand-off'>,
): Decision {
	const agent = state.agents[command.agent];
	if (!agent) return unknownAgent(command.agent);
	const no =
		whyNotMerge(agent) ?? landingUnderWay(state, agent) ?? conflictTaken(state, agent);
	if (no) return refused(no);
	const draft = new Draft(state);
	return draft
		.add('sync.asked', { effect: draft.effect, agent: agent.id, base: command.branch })
		.done();
}

export function settleSync(
	state: State,
	pending: PendingOf<'sync'>,
	outcome: EffectOutcome<'sync'>,
): Decision {
	const { agent: id, base } = pending.data;
	const draft = new Draft(state).add('sync.settled', {
		effect: pending.id,
		agent: id,
		outcome,
	});
	const agent = state.agents[id];
	if (agent && outcome.ok && agent.life.kind === 'running' && agent.promptBy !== 'none') {
		draft.add('prompt.asked', {
			effect: draft.effect,
			agent: id,
			generation: agent.generation,
			text: syncPrompt(base, outcome.value.files),
		});
	}
	return draft.done();
}

function syncPrompt(base: string, files: readonly string[]): string {
	if (files.length === 0)
		return `${base} has been merged into this worktree without a conflict.`;
	const list = files.slice(0, 20).join(', ');
	const more = files.length > 20 ? ` and ${files.length - 20} more` : '';
	return (
		`${base} has been merged into this worktree and conflicts in ${list}${more}. ` +
		'Resolve the conflict markers, keep the intent of both sides, run the tests and commit.'
	);
}

/** Why a landing cannot be taken back now; null where it can be tried. */
export function whyNotUndo(state: State, landing: Landing | undefined) {
	if (!landing) {
		return {
			code: 'undo.unknown',
			message: 'there is no such landing',
			allow: 'weir log',
		};
	}
	if (landing.phase !== 'landed') {
		return {
			code: 'undo.not-landed',
			message: `landing ${landing.id} is ${landing.phase}, not landed`,
			allow: 'weir log',
		};
	}
	const undoing = Object.values(state.effects).some(
		(effect) => effect.kind === 'undo' && effect.data.landing === landing.id,
	);
	return undoing
		? { code: 'undo.under-way', message: `landing ${landing.id} is being undone already` }
		: null;
}

function landingUnderWay(state: State, agent: Agent) {
	const busy = Object.values(state.effects).some(
		(effect) =>
			(effect.kind === 'merge' || effect.kind === 'sync' || effect.kind === 'after') &&
			effect.data.agent === agent.id,
	);
	return busy
		? { code: 'merge.under-way', message: `${agent.name} is being merged already` }
		: null;
}

export function evolveMergeAsked(event: EventOf<'merge.asked'>): Landing {
	const { landing, agent, branch, strategy, through } = event.data;
	return {
		id: landing,
		agent,
		branch,
		strategy,
		at: event.at,
		phase: 'asked',
		old: null,
		new: null,
		candidate: null,
		subject: null,
		files: [],
		...(through && { through }),
	};
}

export function evolveLanded(landing: Landing, event: EventOf<'merge.landed'>): Landing {
	const { old, new: moved, candidate, subject } = event.data;
	const { at } = event;
	return { ...landing, phase: 'landed', at, old, new: moved, candidate, subject };
}

/** What an agent landed and nobody took back, on whatever branch; the latest first. */
export function landedBy(state: State, agent: AgentId): NonNullable<Agent['landed']>[] {
	return Object.values(state.landings)
		.flatMap(({ id, agent: by, phase, candidate, new: commit, at, through }) => {
			const own = by === agent ? candidate : null;
			const landed = through?.agent === agent ? through.candidate : own;
			return phase === 'landed' && landed !== null && commit !== null
				? [{ landing: id, candidate: landed, commit, at }]
				: [];
		})
		.toReversed();
}

/** The agent's latest landing is told anew from all its landings. */
export function evolveLandedAgent(state: State, id: AgentId): State {
	const agent = state.agents[id];
	if (!agent) return state;
	const landed = landedBy(state, id)[0] ?? null;
	return { ...state, agents: { ...state.agents, [id]: { ...agent, landed } } };
}
