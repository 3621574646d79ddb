// The landing queue: every agent whose commits the base does not have, in the order in which they land, and
// how each stands. A function of the state and of what is seen of worktrees; nothing of it is stored.
import { type Agent, hasWorktree } from '../agent.ts';
import type { AgentId } from '../ids.ts';
import type { State } from '../state.ts';
import type { Hold } from './hold.ts';
import { isLanding } from './holding.ts';
import { inLandingOrder } from './order.ts';
import type { Clash } from './prediction.ts';
import type { EntryClash, Sight, Sights } from './sight.ts';
import { type Standing, standingOf } from './standing.ts';

export interface QueueEntry {
	readonly agent: Agent;
	/** From 1 on. */
	readonly position: number;
	readonly head: string | null;
	readonly standing: Standing;
	readonly held: Hold | null;
	/** Files in which it conflicts with its base, not all where there are many; null is not known yet. */
	readonly conflicts: readonly string[] | null;
	/** How many there are. */
	readonly conflicting: number;
	/** Others that wait and that it would conflict with, in the order of the queue. */
	readonly clashes: readonly EntryClash[];
	/** The first of them that lands before it; null where none does. */
	readonly behind: EntryClash | null;
	/** Its commits have not been put beside those of all others yet. */
	readonly predicting: boolean;
}

/** All that waits to land, the first to land first. */
export function queueOf(state: State, seen: Sights): readonly QueueEntry[] {
	const waiting = waitingIn(state, seen);
	const positions = new Map(waiting.map(({ id }, at) => [id, at + 1]));
	const entries: QueueEntry[] = [];
	for (const agent of waiting) {
		const sight = seen[agent.id] ?? unseen;
		const withBase = conflictsOf(state, agent, sight);
		const clashes = clashesOf(agent, { seen, state, positions });
		const before = clashes.filter(({ position }) => position <= entries.length);
		const inTheWay = before.filter(({ position }) =>
			landsFirst.has(entries[position - 1]?.standing.word ?? ''),
		);
		entries.push({
			agent,
			position: entries.length + 1,
			head: sight.head,
			standing: standingOf(state, agent, { ...sight, withBase, inTheWay }),
			held: agent.held,
			conflicts: withBase && withBase.files,
			conflicting: withBase?.count ?? 0,
			clashes,
			behind: inTheWay[0] ?? null,
			predicting: !isPredicted(sight),
		});
	}
	return entries;
}

/** The agents that wait to land, in their order. */
export function waitingIn(state: State, seen: Sights): readonly Agent[] {
	const agents = Object.values(state.agents).filter((agent) =>
		isQueued(state, agent, seen[agent.id]),
	);
	return inLandingOrder(agents, state.queue);
}

/** Those that a landing of all would take: nothing speaks against any of them. */
export function readyIn(queue: readonly QueueEntry[]): readonly QueueEntry[] {
	return queue.filter(({ standing }) => standing.word === 'ready');
}

/** What started from a commit has no branch to wait for. */
function isQueued(state: State, agent: Agent, sight: Sight | undefined): boolean {
	if (!hasWorktree(agent) || agent.base.branch === agent.base.commit) return false;
	if (isLanding(state, agent.id)) return true;
	return (sight?.ahead ?? 0) > 0 && !hasLanded(state, agent, sight?.head ?? null);
}

/** Its worktree has not been looked at since. */
function hasLanded(state: State, { landed, base }: Agent, head: string | null): boolean {
	if (landed === null || landed.candidate !== head) return false;
	return state.landings[landed.landing]?.branch === base.branch;
}

const unseen: Sight = { head: null, ahead: null, conflicts: null };

/** Standings that let an entry land before those behind it. */
const landsFirst: ReadonlySet<string> = new Set(['landing', 'ready']);

interface Beside {
	readonly state: State;
	readonly seen: Sights;
	readonly positions: ReadonlyMap<AgentId, number>;
}

/** A clash counts as long as both commits are those of which it was said. */
function clashesOf(agent: Agent, { state, seen, positions }: Beside): EntryClash[] {
	const sight = seen[agent.id];
	if (!sight?.predicted || sight.predicted.head !== sight.head) return [];
	return sight.predicted.clashes
		.flatMap(({ head, ...clash }): EntryClash[] => {
			const position = positions.get(clash.agent);
			const other = state.agents[clash.agent];
			if (position === undefined || !other) return [];
			return seen[clash.agent]?.head === head
				? [{ ...clash, name: other.name, position }]
				: [];
		})
		.toSorted((one, other) => one.position - other.position);
}

/** Of what is predicted only that on the base as it is; before anything is, what a look at it saw. */
function conflictsOf(
	{ bases }: State,
	{ base: { branch } }: Agent,
	{ head, conflicts, predicted }: Sight,
): Pick<Clash, 'files' | 'count'> | null {
	if (!predicted || predicted.head !== head)
		return conflicts && { files: conflicts, count: conflicts.length };
	const { base, withBase } = predicted;
	if (Object.hasOwn(bases, branch) && bases[branch] !== base) return null;
	return withBase ?? { files: [], count: 0 };
}

function isPredicted({ head, predicted }: Sight): boolean {
	return head !== null && predicted?.head === head;
}
