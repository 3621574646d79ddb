// Why a program is paused, and whether somebody has to say how it goes on.
import type { Agent } from './agent.ts';
import { isOverBudget } from './cost/budget.ts';
import { isFrozen } from './frozen.ts';
import type { AgentId } from './ids.ts';
import type { State } from './state.ts';

const byGuard = 'wrote outside its scope';
const byBudget = 'its budget is used up';

/** What its report says while it is paused. */
export function whyPaused(state: State, agent: AgentId): string {
	if (isFrozen(state, agent)) return byGuard;
	return isOverBudget(state, agent) ? byBudget : 'paused by you';
}

/** weir paused it, and asks how it goes on. */
export function asksWhilePaused({ report }: Agent): boolean {
	return report.state === 'paused' && (report.why === byGuard || report.why === byBudget);
}
