// All agents as rows, grouped by what they are doing. The order within a group is that of the panes: a
// row moves only when its agent's state does, or the user swaps it. A folded bay is one row, which
// stands for the agent of it that has the focus, or for its first.
import type { Agent } from '../../domain/agent.ts';
import { type Bay, bays } from '../../domain/bay.ts';
import type { AgentId } from '../../domain/ids.ts';
import { signOf } from '../look/state-signs.ts';
import { inOrder } from '../panes/pane-order.ts';
import { type Filter, filtered } from './filter.ts';

export type StripRow =
	| { readonly kind: 'bay'; readonly bay: Bay; readonly count: number }
	| {
			readonly kind: 'folded';
			readonly bay: Bay;
			readonly count: number;
			readonly agent: Agent;
	  }
	| { readonly kind: 'agent'; readonly agent: Agent; readonly number: number }
	/** Below the row of an agent that asks, where that has no room for it. */
	| { readonly kind: 'asked'; readonly agent: Agent; readonly text: string }
	| { readonly kind: 'more'; readonly above: number; readonly below: number };

/** How the user looks at the rows. */
export interface StripsLook extends Filter {
	readonly order: readonly AgentId[];
	readonly folded: readonly Bay[];
}

/** Bays with their agents; without titles where only the agents' own rows have room. */
export function stripRows(
	agents: readonly Agent[],
	look: StripsLook,
	titles: boolean,
): readonly StripRow[] {
	const numbers = new Map(agents.map(({ id }, at) => [id, at + 1]));
	const { focus, order, folded } = look;
	const byBay = Map.groupBy(
		inOrder(filtered(agents, look), order),
		(agent) => signOf(agent).bay,
	);
	return bays.flatMap((bay): StripRow[] => {
		const some = byBay.get(bay) ?? [];
		const [first] = some;
		const count = some.length;
		if (!first) return [];
		if (folded.includes(bay)) {
			const agent = some.find(({ id }) => id === focus) ?? first;
			return [{ kind: 'folded', bay, count, agent }];
		}
		const rows = some.map((agent): StripRow => {
			return { kind: 'agent', agent, number: numbers.get(agent.id) ?? 0 };
		});
		return titles ? [{ kind: 'bay', bay, count }, ...rows] : rows;
	});
}

/** The agents in the order of their strips; of a folded bay only the one that it stands for. */
export function stripOrder(
	agents: readonly Agent[],
	look: StripsLook,
): readonly AgentId[] {
	return stripRows(agents, look, false).flatMap((row) =>
		'agent' in row ? [row.agent.id] : [],
	);
}

/** Rows that the list would like to have: few sizes, so that a fold does not resize a pane often. */
export function rowsWanted(agents: readonly Agent[], look: StripsLook): number {
	const seen = filtered(agents, look);
	if (look.folded.length === 0) return seen.length;
	const { length } = stripRows(agents, look, false);
	return Math.min(seen.length, Math.ceil(length / 3) * 3);
}

/** From here on a row tells what its agent is about, too. */
export const wideList = 64;

export interface StripsRoom {
	readonly width: number;
	readonly height: number;
}

/**
 * The rows that fit, around the one in focus; the last one counts those that do not. `asked` gives the
 * first line of what an agent asks.
 */
export function visibleStrips(
	agents: readonly Agent[],
	look: StripsLook,
	{ width, height }: StripsRoom,
	asked: (agent: AgentId) => string | null,
): readonly StripRow[] {
	const told = width < wideList ? asked : () => null;
	const titled = stripRows(agents, look, true);
	if (titled.length <= height) return withAsked(titled, height, told);
	const bare = stripRows(agents, look, false);
	if (bare.length <= height) return withAsked(bare, height, told);
	const at = titled.findIndex((row) => 'agent' in row && row.agent.id === look.focus);
	const room = Math.max(1, height - 1);
	const last = titled.length - room;
	const above = Math.max(0, Math.min(at - Math.floor(room / 2), last));
	const rows = titled.slice(above, above + room);
	const agentsIn = (some: readonly StripRow[]) =>
		some.reduce((sum, row) => sum + countOf(row), 0);
	return [
		...rows,
		{
			kind: 'more',
			above: agentsIn(titled.slice(0, above)),
			below: agentsIn(titled.slice(above + room)),
		},
	];
}

/** All questions or none: of some it would be told that others ask nothing. */
function withAsked(
	rows: readonly StripRow[],
	height: number,
	asked: (agent: AgentId) => string | null,
): readonly StripRow[] {
	const all = rows.flatMap((row): StripRow[] => {
		const text = row.kind === 'agent' ? asked(row.agent.id) : null;
		return row.kind !== 'agent' || text === null
			? [row]
			: [row, { kind: 'asked', agent: row.agent, text }];
	});
	return all.length <= height ? all : rows;
}

function countOf(row: StripRow): number {
	if (row.kind === 'folded') return row.count;
	return row.kind === 'agent' ? 1 : 0;
}
