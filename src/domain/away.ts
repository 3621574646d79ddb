// What happened while the human was away, in a few lines: what landed, who needs them now, what failed,
// and what nobody could expect.
import { byOthersWords } from './by-others.ts';
import type { WeirEvent } from './event.ts';
import type { AgentId } from './ids.ts';
import { type InboxItem, inboxOf, nameOfItem } from './inbox.ts';
import type { State } from './state.ts';
import { branchMoved } from './upkeep.ts';

export interface AwayLine {
	readonly part: 'merged' | 'needs' | 'failed' | 'surprise';
	/** Where the line leads; null where it is about none. */
	readonly agent: AgentId | null;
	readonly text: string;
}

const parts = ['merged', 'needs', 'failed', 'surprise'] as const;
/** Of each part; together they are twelve at most. */
const mostLines: Readonly<Record<AwayLine['part'], number>> = {
	merged: 3,
	needs: 4,
	failed: 3,
	surprise: 2,
};

/** Of the events since the human was last there; nothing where nothing is worth a line. */
export function awaySummary(
	events: readonly WeirEvent[],
	state: State,
	now: string,
): readonly AwayLine[] {
	const items = inboxOf(state, now).filter(({ snoozed }) => snoozed === null);
	const lines = [
		...events.flatMap((event) => landingLine(event, state)),
		...items.flatMap((item) => itemLine(item, state)),
		...surprises(events, state),
	];
	return parts.flatMap((part) => {
		const own = lines.filter((line) => line.part === part);
		const most = mostLines[part];
		if (own.length <= most) return own;
		const more = own.length - most + 1;
		return [...own.slice(0, most - 1), { part, agent: null, text: `and ${more} more` }];
	});
}

/** Whether an event is worth being kept until the human is back. */
export function isTold(event: WeirEvent): boolean {
	const { kind } = event;
	return (
		branchMoved(event) !== null ||
		kind === 'merge.landed' ||
		kind === 'merge.conflicted' ||
		kind === 'agent.back-off' ||
		byOthersWords(event) !== null
	);
}

function landingLine(event: WeirEvent, state: State): AwayLine[] {
	if (event.kind !== 'merge.landed') return [];
	const { agent, branch, subject } = event.data;
	const text = `${nameOf(state, agent)} into ${branch}: ${subject}`;
	return [{ part: 'merged', agent, text }];
}

const itemWords: Readonly<Record<InboxItem['kind'], string | null>> = {
	alarm: 'is red',
	budget: 'is at its limit',
	approve: 'needs approval',
	ask: 'asks',
	fail: 'failed',
	stuck: 'is stuck',
	lost: 'was lost',
	trespass: 'wrote outside its scope',
	scope: 'wants to write outside its scope',
	done: null,
};

function itemLine(item: InboxItem, state: State): AwayLine[] {
	const { agent, kind, tier, text } = item;
	if (kind === 'alarm') return [{ part: 'needs', agent, text }];
	const words = itemWords[kind];
	if (words === null) return [];
	const part =
		kind === 'budget'
			? 'needs'
			: kind === 'trespass'
				? 'surprise'
				: tier === 3
					? 'failed'
					: 'needs';
	return [{ part, agent, text: `${nameOfItem(state, item)} ${words}: ${text}` }];
}

function surprises(events: readonly WeirEvent[], state: State): AwayLine[] {
	const restarts = new Map<AgentId, number>();
	const others: AwayLine[] = [];
	for (const event of events) {
		const { kind, data } = event;
		if (kind === 'agent.back-off')
			restarts.set(data.agent, (restarts.get(data.agent) ?? 0) + 1);
		if (kind === 'merge.conflicted') {
			const { agent, branch, files } = data;
			const text = `${nameOf(state, agent)} conflicts with ${branch} in ${files.length === 1 ? files[0] : `${files.length} files`}`;
			others.push({ part: 'surprise', agent, text });
		}
		const done = byOthersWords(event);
		if (done !== null) others.push({ part: 'surprise', agent: null, text: done });
		const moved = branchMoved(event);
		if (moved && !others.some(({ text }) => text === moved.message))
			others.push({ part: 'surprise', agent: null, text: moved.message });
	}
	const crashed = [...restarts].map(([agent, times]): AwayLine => {
		const often = times === 1 ? 'once' : `${times} times`;
		const text = `${nameOf(state, agent)} crashed ${often} and was started again`;
		return { part: 'surprise', agent, text };
	});
	return [...crashed, ...others];
}

function nameOf(state: State, agent: AgentId): string {
	return state.agents[agent]?.name ?? agent;
}
