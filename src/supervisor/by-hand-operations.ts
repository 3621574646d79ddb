// Requests on conflicts that a person resolves by hand: what is left, a side taken, all of it committed.
import { type Agent, hasWorktree } from '../domain/agent.ts';
import { argvOf } from '../domain/command-line.ts';
import { isByHand, overSaid, resolverOf } from '../domain/resolving.ts';
import { listConflicts, takeSide } from '../git/conflicts.ts';
import type { Worktree } from '../git/worktree.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { shellWord } from '../lib/shell-word.ts';
import type { ByHandJson } from '../protocol/by-hand.ts';
import { followAgent, followEffects } from './follow-effects.ts';
import { agentOf, type Desk, type Handler } from './session.ts';
import { worktreeOf } from './worktree-effects.ts';

export const handleConflict: Handler<'conflict'> = async (request, desk) => {
	const found = await handOf(desk, request.agent);
	if (!found.ok) return found;
	return ok({ byHand: found.value && (await lookAt(desk, found.value)) });
};

/** A snapshot keeps what stands there before a side takes its place. */
export const handleTake: Handler<'conflict.take'> = async (request, desk) => {
	const found = await handThere(desk, request.agent);
	if (!found.ok) return found;
	const { hand, worktree } = found.value;
	const snapshot = await desk.loop.submit(
		{ kind: 'agent.snapshot', agent: hand.id, reason: 'conflict' },
		'human',
	);
	if (!snapshot.ok) return snapshot;
	const refusal = await followEffects(desk.loop, snapshot.value);
	if (refusal) return { ok: false, refusal };
	const side = { base: 'ours', agent: 'theirs', here: 'here' } as const;
	const taken = await takeSide(worktree, request.path, side[request.side]);
	return taken.ok ? ok(await lookAt(desk, found.value)) : taken;
};

export const handleConclude: Handler<'conflict.conclude'> = async (request, desk) => {
	const found = await handThere(desk, request.agent);
	if (!found.ok) return found;
	const submitted = await desk.loop.submit(
		{ kind: 'conflict.conclude', agent: found.value.hand.id },
		'human',
	);
	if (!submitted.ok) return submitted;
	const refusal = await followEffects(desk.loop, submitted.value);
	return refusal ? { ok: false, refusal } : ok(await lookAt(desk, found.value));
};

interface Hand {
	readonly hand: Agent;
	readonly worktree: Worktree;
}

/** The worktree in which the conflict of the agent is resolved by hand, or that it is itself. */
async function handOf(desk: Desk, name: string): Promise<Outcome<Hand | null>> {
	const begun = resolverFor(desk, name);
	if (!begun.ok || begun.value === null) return begun as Outcome<null>;
	// What a crash cut short goes on, and may be its landing.
	await followAgent(desk.loop, begun.value.id, []);
	const resolver = desk.loop.state.agents[begun.value.id];
	if (!resolver || !hasWorktree(resolver)) return ok(null);
	const { resolves } = resolver;
	if (resolves?.over !== undefined && !resolves.dismissed) {
		const said = overSaid(desk.loop.state, {
			agent: resolver.id,
			author: resolves.agent,
		});
		return refuse('conflict.over', said.text, said.allow);
	}
	const worktree = await worktreeOf(desk.world, resolver);
	return worktree.ok ? ok({ hand: resolver, worktree: worktree.value }) : worktree;
}

function resolverFor(desk: Desk, name: string): Outcome<Agent | null> {
	const agent = agentOf(desk, name);
	if (!agent.ok) return agent;
	if (isByHand(agent.value)) return agent;
	const resolver = resolverOf(desk.loop.state, agent.value.id);
	return ok(resolver && isByHand(resolver) ? resolver : null);
}

async function handThere(desk: Desk, name: string): Promise<Outcome<Hand>> {
	const found = await handOf(desk, name);
	if (!found.ok) return found;
	return found.value === null
		? refuse(
				'conflict.not-by-hand',
				`no conflict of ${name} is resolved by hand`,
				`weir merge ${name} --resolve`,
			)
		: ok(found.value);
}

async function lookAt({ loop }: Desk, { hand, worktree }: Hand): Promise<ByHandJson> {
	const author = hand.resolves && loop.state.agents[hand.resolves.agent];
	const { setup } = loop.state.settings.worktree;
	return {
		setup: setup === null ? null : argvOf(setup).map(shellWord).join(' '),
		agent: hand.name,
		author: author?.name ?? hand.name,
		base: hand.base.branch,
		worktree: worktree.path,
		conflicts: await listConflicts(worktree),
	};
}
