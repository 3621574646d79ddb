// Prints what agents used.
import { moneyWords } from '../../domain/cost/prices.ts';
import { tokenWords } from '../../domain/cost/tokens.ts';
import { localDay } from '../../lib/local-day.ts';
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';
import { type CostJson, type CostsJson, costJson } from '../../protocol/cost.ts';
import { usage } from '../arguments.ts';
import { print, printJson, printTable, tell } from '../print.ts';
import { reachToRead } from '../reach.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const [agent = null] = call.words;
	const since = dayOf(call.text('since'), Date.now());
	if (!since.ok) return since;
	const reached = await reachToRead(call);
	if (!reached.ok) return reached;
	using connection = reached.value.connection;
	if (!connection && call.on('prices'))
		return refuse(
			'cost.no-supervisor',
			'weir has not been started in this repository, so that nobody has read the prices in its settings',
			'weir up',
		);
	const asked = connection
		? await connection.request('cost', { agent, since: since.value })
		: ok(nothing);
	if (!asked.ok) return asked;
	if (call.json) printJson({ v: 1, ...asked.value });
	else if (call.on('prices')) showPrices(asked.value.prices);
	else show(asked.value, call.on('days'));
	return done;
};

/** Where no supervisor has been. */
const nothing: CostsJson = {
	...{ since: null, agents: [], days: [], prices: {} },
	total: costJson([], {}),
};

const dayMs = 86_400_000;

/** The first day that counts; null where all do. */
function dayOf(text: string | null, now: number): Outcome<string | null> {
	if (text === null) return ok(null);
	if (text === 'today') return ok(localDay(now));
	const [, days] = /^(\d{1,4})d$/.exec(text) ?? [];
	if (days !== undefined) return ok(localDay(now - Number(days) * dayMs));
	const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && Number.isFinite(Date.parse(text));
	return isDay
		? ok(text)
		: usage('cost', `--since takes a day such as 2026-11-20, today or 7d, not ${text}`);
}

function show({ agents, days, total }: CostsJson, byDay: boolean): void {
	if (total.replies === 0) return print('nothing was used, as far as records tell');
	const head = ['MONEY', 'REPLIES', 'INPUT', 'CACHED', 'WRITTEN', 'OUTPUT', 'REASONING'];
	if (byDay)
		printTable([
			['DAY', ...head],
			...days.map((one) => [one.day, ...cells(one)]),
			['total', ...cells(total)],
		]);
	else
		printTable([
			['AGENT', 'MODEL', ...head],
			...agents.flatMap(({ agent, removed, models }) =>
				models.map((one) => [
					removed ? `${agent} (removed)` : agent,
					one.model,
					...cells(one),
				]),
			),
			['total', '', ...cells(total)],
		]);
	if (total.unpriced.length > 0)
		tell(
			`weir: no price is known of ${total.unpriced.join(', ')}: no money is counted for that; the setting prices takes one`,
		);
}

function showPrices(prices: CostsJson['prices']): void {
	if (Object.keys(prices).length === 0) return print('no price is known');
	const dollars = (amount: number) => String(Number(amount.toPrecision(4)));
	printTable([
		['MODEL', 'INPUT', 'CACHED', 'WRITTEN', 'FOR AN HOUR', 'OUTPUT'],
		...Object.entries(prices).map(([model, price]) => {
			const { input, cacheRead, cacheWrite, longWrite, output } = price;
			return [model, ...[input, cacheRead, cacheWrite, longWrite, output].map(dollars)];
		}),
	]);
}

/** `WRITTEN` is what went into a cache. */
function cells({ usd, unpriced, replies, tokens }: CostJson): string[] {
	const { input, cacheRead, cacheWrite, output, reasoning } = tokens;
	const least = unpriced.length > 0 ? '+' : '';
	return [
		usd === null ? '-' : moneyWords(usd) + least,
		String(replies),
		...[input, cacheRead, cacheWrite, output, reasoning].map(tokenWords),
	];
}
