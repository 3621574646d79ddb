// The human's word on a program that weir has paused for its budget.
import { localDay } from '../../lib/local-day.ts';
import type { CommandOf } from '../command.ts';
import { type Context, type Decision, Draft, refused, unchanged } from '../decision.ts';
import { goOn } from '../redress.ts';
import type { Question, State } from '../state.ts';
import { askStop } from '../stopping.ts';
import { amountIn } from './amount.ts';
import { amountWords, dayStandings, standingsOf } from './budget.ts';
import { budgetQuestions, letGoOn } from './metering.ts';

/** What follows the answer, in the same turn as the answer itself. */
export function decideSpending(
	state: State,
	question: Question,
	{ choice, text }: Pick<CommandOf<'question.answer'>, 'choice' | 'text'>,
	{ now }: Context,
): Decision {
	const { id, agent: of, via } = question;
	const agent = state.agents[of];
	if (via.kind !== 'budget' || !agent) return unchanged;
	const ofDay = via.of === 'day';
	const budget = { whose: ofDay ? null : of, day: ofDay ? localDay(now) : null };
	const draft = new Draft(state).add('question.answered', { question: id, choice, text });
	if (choice === 'raise' || choice === 'amount') {
		const raised = choice === 'raise' ? via.raised : amountIn(text ?? '');
		const used = usedNow(state, question, now);
		if (raised === null || raised <= used)
			return refused({
				code: 'budget.low',
				message: `${text ?? via.raised} is no limit above what is used: ${amountWords(via.meter, used)}`,
				allow: `weir answer ${id} amount --text AMOUNT`,
			});
		draft.add('budget.set', { ...budget, limits: { [via.meter]: raised } });
	} else if (choice === 'once') draft.add('budget.lifted', budget);
	else if (agent.life.kind === 'running')
		askStop(draft, agent, { kind: 'nothing' }, 'kill');
	draft.add('question.closed', { question: id, reason: 'delivered' });
	if (choice === 'stop') return draft.done();
	goOn(draft, state, agent);
	for (const other of ofDay ? budgetQuestions(state) : [])
		if (other.id !== id && other.via.kind === 'budget' && other.via.of === 'day')
			letGoOn(draft, state, other);
	return draft.done();
}

function usedNow(state: State, { agent: id, via }: Question, now: string): number {
	const agent = state.agents[id];
	if (via.kind !== 'budget' || !agent) return 0;
	const all =
		via.of === 'day' ? dayStandings(state, now) : standingsOf(state, agent, now);
	return all.find(({ meter }) => meter === via.meter)?.used ?? 0;
}
