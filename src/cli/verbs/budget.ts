// Shows limits and how much of them is used, and sets them.
import { amountIn } from '../../domain/cost/amount.ts';
import { amountWords, standingWords } from '../../domain/cost/budget.ts';
import { type Meter, meters, type SomeLimits } from '../../domain/cost/limits.ts';
import { localDay } from '../../lib/local-day.ts';
import { type Outcome, ok } from '../../lib/outcome.ts';
import type { BudgetJson } from '../../protocol/cost.ts';
import { usage } from '../arguments.ts';
import { print, printJson, printTable } from '../print.ts';
import { reach, reachToRead } from '../reach.ts';
import { type Call, done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const [agent = null] = call.words;
	const limits = limitsIn(call, agent === null);
	if (!limits.ok) return limits;
	const sets = Object.keys(limits.value).length > 0;
	const reached = await (sets ? reachToSet(call) : reachToRead(call));
	if (!reached.ok) return reached;
	using connection = reached.value.connection;
	const asked = !connection
		? ok({ day: localDay(Date.now()), budgets: [] })
		: sets
			? await connection.request('budget.set', { agent, limits: limits.value })
			: await connection.request('budget', { agent });
	if (!asked.ok) return asked;
	const { budgets, day } = asked.value;
	if (call.json) printJson({ v: 1, day, budgets });
	else show(budgets.filter((one) => !sets || one.agent === agent));
	return done;
};

async function reachToSet(call: Call) {
	const reached = await reach(call);
	return reached.ok ? ok({ connection: reached.value }) : reached;
}

function limitsIn(call: Call, ofDay: boolean): Outcome<SomeLimits> {
	const said: { [M in Meter]?: number | null } = {};
	for (const meter of meters) {
		const text = call.text(meter);
		if (text === null) continue;
		if (ofDay && (meter === 'hours' || meter === 'tries'))
			return usage('budget', `--${meter} is a limit of one agent: name it`);
		const limit = text === 'none' ? null : amountIn(text);
		if (limit === 0 || (limit === null && text !== 'none'))
			return usage('budget', `--${meter} takes an amount or none, not ${text}`);
		said[meter] = limit;
	}
	return ok(said);
}

function show(budgets: readonly BudgetJson[]): void {
	const rows = budgets.flatMap(rowsOf);
	if (rows.length === 0)
		return print('no limit is set; weir budget AGENT --usd 5 sets one');
	printTable([['WHOSE', 'LIMIT', 'USED', 'SHARE', ''], ...rows]);
}

function rowsOf({ agent, standings, lifted, paused }: BudgetJson): string[][] {
	const note = paused ? 'paused; weir inbox asks' : lifted ? 'goes on without it' : '';
	return standings.map((standing) => [
		agent ?? 'today',
		amountWords(standing.meter, standing.limit),
		standingWords(standing),
		`${Math.floor(standing.share * 100)} %`,
		note,
	]);
}
