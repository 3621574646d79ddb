// Requests on landings.

import { type Agent, hasWorktree } from '../domain/agent.ts';
import type { EventData, EventOf } from '../domain/event.ts';
import type { LandingId } from '../domain/ids.ts';
import type { KeptBack } from '../domain/kept-back.ts';
import { resolversEndedBy } from '../domain/resolving.ts';
import type { Undoable } from '../domain/state.ts';
import {
	fateOfStep,
	nameOfStep,
	stepToTakeBack,
	undoRefused,
	whyNotTakeBack,
} from '../domain/undoing.ts';
import { type Outcome, ok, type Refusal, refuse } from '../lib/outcome.ts';
import type { ClientRequest, ClientResponses } from '../protocol/client.ts';
import type { MergePreview } from '../protocol/merge-preview.ts';
import { followAgent, followEffects } from './follow-effects.ts';
import { ensureIntegration } from './integration.ts';
import { previewMerge } from './preview.ts';
import { agentOf, type Desk, type Handler } from './session.ts';

export const handlePreview: Handler<'merge.preview'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	if (!agent.ok) return agent;
	const target = await targetOf(desk, agent.value, request.into);
	if (!target.ok) return target;
	return previewMerge(desk, agent.value, target.value);
};

export const handleMerge: Handler<'merge'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	if (!agent.ok) return agent;
	const target = await targetOf(desk, agent.value, request.into);
	if (!target.ok) return target;
	const { strategy, message, include, after = null } = request;
	const { override = null, accept = [] } = request;
	const submitted = await desk.loop.submit(
		{
			kind: 'merge',
			agent: agent.value.id,
			branch: target.value,
			strategy,
			message,
			include,
			override,
			accept,
			after,
		},
		'human',
	);
	if (!submitted.ok) return submitted;
	const [asked] = submitted.value;
	if (asked?.kind !== 'merge.asked') throw new Error('merge asked for no landing');
	const { landing: id } = asked.data;
	const nothing = {
		...{ old: null, new: null, files: [], checkout: null, kept: null },
		...{ after: null, with: null, needless: [] },
	};
	if (!request.wait) return ok({ landing: id, phase: 'asked', ...nothing });
	let landed: EventData<'merge.landed'> | null = null;
	const tidied = followAfter(desk, id);
	const stop = desk.loop.onEvents.on((events) => {
		for (const event of events) {
			if (event.kind === 'merge.landed' && event.data.landing === id) {
				landed = event.data;
			}
		}
	});
	const refusal = await followEffects(desk.loop, submitted.value);
	stop();
	const afterwards = await tidied(refusal === null);
	if (refusal) return { ok: false, refusal };
	const landing = desk.loop.state.landings[id];
	const phase = landing?.phase === 'conflicted' ? 'conflicted' : 'landed';
	const { observatory } = desk.world;
	const author = phase === 'landed' ? landing?.through?.agent : undefined;
	if (author) await observatory.look(author);
	// What `list` says of a conflict next is what has just been found.
	if (phase === 'conflicted' || observatory.of(agent.value.id).conflicts?.length)
		await observatory.look(agent.value.id);
	return ok({
		landing: id,
		phase,
		old: landing?.old ?? null,
		new: landing?.new ?? null,
		files: landing?.files ?? [],
		...whereLanded(landed),
		with: (author && desk.loop.state.agents[author]?.name) ?? null,
		needless: resolversEndedBy(desk.loop.state, id).map(({ name }) => name),
		after: afterwards,
	});
};

/** What became of the worktree once it landed. Waits for it where `landed` is true. */
function followAfter(desk: Desk, landing: LandingId) {
	let asked: EventOf<'after.asked'> | null = null;
	const stop = desk.loop.onEvents.on((events) => {
		for (const event of events)
			if (event.kind === 'after.asked' && event.data.landing === landing) asked = event;
	});
	return async (landed: boolean): Promise<ClientResponses['merge']['after']> => {
		stop();
		const event: EventOf<'after.asked'> | null = asked;
		if (!landed || event === null) return null;
		const { agent, how } = event.data;
		const refusal =
			(await followEffects(desk.loop, [event])) ??
			(how === 'remove' ? await followAgent(desk.loop, agent, []) : null);
		return { how, refusal };
	};
}

function whereLanded(landed: EventData<'merge.landed'> | null) {
	return { checkout: landed?.checkout ?? null, kept: landed?.kept ?? null };
}

export const handleHandOff: Handler<'hand-off'> = async (request, desk) => {
	const agent = agentOf(desk, request.agent);
	if (!agent.ok) return agent;
	const target = await targetOf(desk, agent.value, request.into);
	if (!target.ok) return target;
	const submitted = await desk.loop.submit(
		{ kind: 'merge.hand-off', agent: agent.value.id, branch: target.value },
		'human',
	);
	if (!submitted.ok) return submitted;
	let files: readonly string[] = [];
	let told = false;
	const stop = desk.loop.onEvents.on((events) => {
		for (const event of events) {
			if (event.kind === 'prompt.asked' && event.data.agent === agent.value.id)
				told = true;
			if (event.kind !== 'sync.settled' || event.data.agent !== agent.value.id) continue;
			if (event.data.outcome.ok) files = event.data.outcome.value.files;
		}
	});
	const refusal = request.wait ? await followEffects(desk.loop, submitted.value) : null;
	stop();
	return refusal ? { ok: false, refusal } : ok({ files, told });
};

export const handleUndoPreview: Handler<'undo.preview'> = async (request, desk) => {
	const { state } = desk.loop;
	const found = stepOf(desk, request);
	if (!found.ok) return found;
	const step = found.value;
	const no = whyNotTakeBack(state, step);
	if (no) return { ok: false, refusal: undoRefused(state, step, no) };
	return ok({ step: nameOfStep(state, step), fate: fateOfStep(state, step) });
};

export const handleUndo: Handler<'undo'> = async (request, desk) => {
	const found = stepOf(desk, request);
	if (!found.ok) return found;
	const step = found.value;
	const what = nameOfStep(desk.loop.state, step);
	const refused = (no: Refusal): Outcome<never> => ({
		ok: false,
		refusal: request.landing ? no : undoRefused(desk.loop.state, step, no),
	});
	const submitted = await desk.loop.submit(
		{
			kind: 'undo',
			landing: step.kind === 'landing' ? step.landing : null,
			revert: request.revert,
		},
		'human',
	);
	if (!submitted.ok) return refused(submitted.refusal);
	let kept: KeptBack | null = null;
	const stop = desk.loop.onEvents.on((events) => {
		for (const { kind, data } of events)
			if (
				kind === 'merge.undone' &&
				step.kind === 'landing' &&
				data.landing === step.landing
			)
				kept = data.kept ?? null;
	});
	const refusal = request.wait ? await followEffects(desk.loop, submitted.value) : null;
	stop();
	return refusal ? refused(refusal) : ok({ undone: what, kept });
};

function stepOf(
	desk: Desk,
	{ landing, revert }: Pick<ClientRequest<'undo'>, 'landing' | 'revert'>,
): Outcome<Undoable> {
	if (landing === null || /^l\d+$/.test(landing)) {
		return stepToTakeBack(desk.loop.state, {
			landing: landing as LandingId | null,
			revert,
		});
	}
	return refuse(
		'undo.unknown',
		`${landing} is no landing; they look like l57`,
		'weir log',
	);
}

/** A landing would write into the worktree of an agent that works there. */
function notOfAnAgent(desk: Desk, branch: string): Outcome<string> {
	const holder = Object.values(desk.loop.state.agents).find(
		(agent) => agent.branch === branch && hasWorktree(agent),
	);
	return holder
		? refuse(
				'base.agents',
				`${branch} is the branch of the agent ${holder.name}, which works on it`,
				`weir remove ${holder.name}, or land on another branch`,
			)
		: ok(branch);
}

/** The branch to land on: the agent's base, another, or the integration branch. */
export async function targetOf(
	desk: Desk,
	agent: Agent,
	into: string | null,
): Promise<Outcome<MergePreview['base']>> {
	const { branch, commit } = agent.base;
	if (into === null && branch === commit) {
		return refuse(
			'base.commit',
			`${agent.name} started from the commit ${commit.slice(0, 10)}, which is no branch to land on`,
			`weir merge ${agent.name} --into BRANCH`,
		);
	}
	if (into === null) return ok(branch);
	if (into !== 'integration')
		return notOfAnAgent(desk, into.replace(/^refs\/heads\//, ''));
	return ensureIntegration(desk, agent.base.branch);
}
