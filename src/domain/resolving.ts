// A conflict of one agent's work that another worktree resolves: by a new agent with both sides, or by hand.
// When that lands, the work of the first has landed as well.
import { type Refusal, refusal } from '../lib/outcome.ts';
import type { Agent } from './agent.ts';
import type { Draft } from './decision.ts';
import type { EventOf } from './event.ts';
import type { AgentId, LandingId } from './ids.ts';
import type { Resolves, Through } from './resolves.ts';
import type { Landing, State } from './state.ts';

/** Who resolves the conflict of an agent; null where that is the human's to decide. */
export function resolverOf(state: State, author: AgentId): Agent | null {
	return (
		Object.values(state.agents).findLast(
			(agent) =>
				agent.resolves?.agent === author &&
				isAtIt(agent) &&
				!isDone(state, { id: agent.id, resolves: agent.resolves }),
		) ?? null
	);
}

/** Who has the conflict of an agent, in words. */
export function resolvedWords({ agent, by }: Resolver): string {
	return by === 'hand' ? `resolving by hand, in ${agent}` : `${agent} resolves it`;
}

/** A person resolves it: no program of an agent runs in its worktree. */
export function isByHand({ resolves }: Pick<Agent, 'resolves'>): boolean {
	return resolves?.by === 'hand';
}

/** Why its conflict is nobody else's to take on; null where it is. */
export function whyNotResolve(state: State, author: Agent): Refusal | null {
	const { resolves, name } = author;
	if (resolves) {
		const whose = state.agents[resolves.agent]?.name ?? resolves.agent;
		return refusal(
			'conflict.of-resolver',
			`${name} is there to resolve a conflict of ${whose} itself`,
			`weir merge ${name} --hand-off brings it what has come to the base`,
		);
	}
	return conflictTaken(state, author);
}

/** Why it is not to be handed to anybody: somebody has it. */
export function conflictTaken(state: State, { id, name }: Agent): Refusal | null {
	const resolver = resolverOf(state, id);
	if (!resolver) return null;
	const { name: by } = resolver;
	return refusal(
		'conflict.taken',
		`the conflict of ${name} is being resolved already, in ${by}`,
		resolver.resolves?.by === 'hand'
			? `weir merge ${name} --resolve goes on with it, weir remove ${by} gives it back`
			: `weir merge ${by} lands it, weir remove ${by} gives the conflict back`,
	);
}

/** A name for the worktree that resolves it, with the first number behind it that makes it free. */
export function resolverName(
	author: Pick<Agent, 'name'>,
	by: Resolves['by'],
	isFree: (name: string) => boolean,
): string {
	const end = by === 'hand' ? '-hand' : '-int';
	for (let number = 1; ; number += 1) {
		const tail = number === 1 ? end : `${end}-${number}`;
		const name = `${author.name.slice(0, mostName - tail.length)}${tail}`;
		if (isFree(name)) return name;
	}
}

const mostName = 64;

/** What a landing of an agent lands of another's; null where it is its own work alone. */
export function throughOf(state: State, { id, resolves }: Agent): Through | null {
	if (!resolves || !state.agents[resolves.agent] || isDone(state, { id, resolves }))
		return null;
	return { agent: resolves.agent, candidate: resolves.commit };
}

/** Through whom the last landing of an agent came about; null where it landed by itself. */
export function landedThrough(state: State, { id, landed }: Agent): Agent | null {
	const landing = landed && state.landings[landed.landing];
	if (!landing || landing.agent === id) return null;
	return state.agents[landing.agent] ?? null;
}

interface AuthorsLanding {
	/** Whose work has landed. */
	readonly author: AgentId;
	/** Who landed it. */
	readonly by: AgentId;
	readonly landing: LandingId;
	readonly branch: string;
}

/** Whoever else was there for the author's conflict with that branch has nothing to resolve any more. */
export function endResolving(
	state: State,
	draft: Draft,
	{ author, by, landing, branch }: AuthorsLanding,
): void {
	for (const { id, resolves, life, base } of Object.values(state.agents))
		if (
			id !== by &&
			resolves?.agent === author &&
			base.branch === branch &&
			life.kind !== 'removed' &&
			!isDone(state, { id, resolves })
		)
			draft.add('conflict.over', { agent: id, author, landing });
}

export function evolveOver(agent: Agent, { data }: EventOf<'conflict.over'>): Agent {
	const { resolves } = agent;
	return resolves ? { ...agent, resolves: { ...resolves, over: data.landing } } : agent;
}

/** Why one who resolves a conflict goes, and how it comes back. */
export function overSaid(
	state: State,
	{ agent, author }: { readonly agent: AgentId; readonly author: AgentId },
): { readonly text: string; readonly allow: string } {
	const nameOf = (id: AgentId) => state.agents[id]?.name ?? id;
	const { text, allow } = needlessSaid(nameOf(agent));
	return { text: `${nameOf(author)} has landed: ${text}`, allow };
}

/** That one of that name goes since nothing is left to resolve, and how it comes back. */
export function needlessSaid(name: string): {
	readonly text: string;
	readonly allow: string;
} {
	return {
		text: `nothing is left for ${name} to resolve, and it goes`,
		allow: `weir restore ${name} brings back what stood there`,
	};
}

/** Who was there for a conflict that this landing has ended. */
export function resolversEndedBy(state: State, landing: LandingId): readonly Agent[] {
	return Object.values(state.agents).filter(({ resolves }) => resolves?.over === landing);
}

/** Those whose conflict is over and that are still there. */
export function needlessResolvers(state: State): readonly Agent[] {
	return Object.values(state.agents).filter(
		({ resolves, life }) =>
			resolves?.over !== undefined && !resolves.dismissed && life.kind !== 'removed',
	);
}

export interface Resolving {
	/** The agent whose conflict it resolves, by name; null once that has landed. */
	readonly resolves: Resolver | null;
	/** Who resolves its own. */
	readonly resolvedBy: Resolver | null;
	/** Through whom it landed last; null where it landed by itself, or not. */
	readonly landedThrough: string | null;
}

interface Resolver {
	readonly agent: string;
	readonly by: Resolves['by'];
}

export const notResolving: Resolving = {
	resolves: null,
	resolvedBy: null,
	landedThrough: null,
};

/** What is told of an agent's conflicts and those of others that it has. */
export function resolvingOf(state: State, agent: Agent): Resolving {
	const { resolves } = agent;
	const by = resolverOf(state, agent.id);
	return {
		resolves:
			resolves && !isDone(state, { id: agent.id, resolves })
				? {
						agent: state.agents[resolves.agent]?.name ?? resolves.agent,
						by: resolves.by,
					}
				: null,
		resolvedBy: by?.resolves ? { agent: by.name, by: by.resolves.by } : null,
		landedThrough: landedThrough(state, agent)?.name ?? null,
	};
}

/** Whether an agent's work is in it, its own or through another. */
export function isOf({ agent, through }: Landing, id: AgentId): boolean {
	return agent === id || through?.agent === id;
}

interface Sides {
	/** The agent whose work conflicts. */
	readonly author: Pick<Agent, 'name' | 'branch' | 'prompt' | 'scope'>;
	readonly base: string;
	readonly files: readonly string[];
	/** What git says of each conflict. */
	readonly notes: readonly string[];
}

const mostListed = 50;
const mostTask = 8000;

/** What the agent that is to resolve a conflict is told. */
export function resolverPrompt({ author, base, files, notes }: Sides): string {
	const { name, branch, prompt, scope } = author;
	const few = files.slice(0, mostListed).map((file) => `- ${file}`);
	const more = files.length - few.length;
	const said = notes.slice(0, mostListed).map((note) => `- ${note}`);
	const task = prompt?.trim() ? cut(prompt.trim(), mostTask) : null;
	return [
		`You are in the middle of a git merge. HEAD is the newest ${base}; the work of another agent, ${name} (branch ${branch}), is being merged into it and conflicts. Resolve the conflict and commit the merge; nothing else.`,
		[
			'Files in conflict:',
			...few,
			...(more > 0 ? [`- and ${more} more: git diff --name-only --diff-filter=U`] : []),
		].join('\n'),
		said.length > 0 ? ['What git says:', ...said].join('\n') : null,
		`Between <<<<<<< and ======= stands what ${base} has, between ======= and >>>>>>> what ${name} made. git log HEAD..MERGE_HEAD shows the commits of ${name}, git diff HEAD...MERGE_HEAD what they change. Keep the intent of both sides. Of a file that one side deleted, decide by git add or git rm.`,
		task === null
			? `${name} was given no task in words.`
			: `The task of ${name} was:\n${task}`,
		scope.length === 0 ? null : `Write only what its scope covers: ${scope.join(' ')}`,
		'Leave no conflict marker, run the tests, then: git add the files, git commit --no-edit. Do not abort the merge, do not rebase and do not push: the merge commit is what lands.',
	]
		.filter((part) => part !== null)
		.join('\n\n');
}

function cut(text: string, most: number): string {
	return text.length <= most ? text : `${text.slice(0, most)} …`;
}

/** Who was killed, crashed or could not be started gives the conflict back. */
function isAtIt(agent: Agent): boolean {
	const { life } = agent;
	switch (life.kind) {
		case 'removing':
		case 'removed':
		case 'restoring':
		case 'failed':
			return false;
		case 'stopping':
			return life.next.kind === 'respawn';
		case 'ended':
			return isByHand(agent) || (life.exit.cause === 'exit' && life.exit.code === 0);
		default:
			return true;
	}
}

/** It has landed the work of both, or there is nothing left to be landed for. */
function isDone(
	state: State,
	{ id, resolves }: { readonly id: AgentId; readonly resolves: Resolves },
): boolean {
	if (resolves.over !== undefined) return true;
	return Object.values(state.landings).some(
		({ agent, phase, through }) =>
			agent === id && phase === 'landed' && through !== undefined,
	);
}
