// What an agent used, and all of them today, as panes and the first row show it.
import type { Agent } from '../../domain/agent.ts';
import {
	dayStandings,
	type Standing,
	shareOf,
	spentOn,
	standingsOf,
	standingWords,
	warnShare,
} from '../../domain/cost/budget.ts';
import { costWords } from '../../domain/cost/cost-words.ts';
import type { Spent } from '../../domain/cost/usage.ts';
import type { State } from '../../domain/state.ts';
import { localDay } from '../../lib/local-day.ts';
import { costJson } from '../../protocol/cost.ts';
import { type Line, span } from '../paint/spans.ts';

export interface ShownCost {
	readonly text: string;
	/** Of a limit, the nearest one; below four fifths of it 0. */
	readonly share: number;
}

/** Near a limit that limit is told, else what was used; null where nothing was. */
export function shownCost(state: State, agent: Agent, now: number): ShownCost | null {
	const at = new Date(now).toISOString();
	return shown(agent.usage.spent, standingsOf(state, agent, at), state);
}

function shown(
	spent: readonly Spent[],
	standings: readonly Standing[],
	{ settings }: State,
): ShownCost | null {
	const near = standings
		.filter(({ meter }) => meter !== 'tries')
		.toSorted((one, other) => shareOf(other) - shareOf(one))[0];
	if (near && shareOf(near) >= warnShare)
		return { text: standingWords(near), share: shareOf(near) };
	if (spent.length === 0) return null;
	return { text: costWords(costJson(spent, settings.prices)), share: 0 };
}

export function costSpans(cost: ShownCost | null): Line {
	if (cost === null) return [];
	const role = cost.share >= 1 ? 'bad' : cost.share >= warnShare ? 'warn' : 'dim';
	return [span(cost.text, role)];
}

/** What all agents used today. */
export function todaySpans(state: State, now: number): Line {
	const at = new Date(now).toISOString();
	const cost = shown(spentOn(state, localDay(at)), dayStandings(state, at), state);
	if (cost === null) return [];
	return [...costSpans({ ...cost, text: `${cost.text} today` }), span('   ')];
}
