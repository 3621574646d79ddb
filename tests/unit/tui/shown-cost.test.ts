// What an agent used, in the title of its pane and in the first row.
import { expect, test } from 'vitest';
import { noLimits } from '../../../src/domain/cost/limits.ts';
import { priceOf } from '../../../src/domain/cost/prices.ts';
import { noTokens } from '../../../src/domain/cost/tokens.ts';
import { localDay } from '../../../src/lib/local-day.ts';
import { costSpans, shownCost, todaySpans } from '../../../src/tui/panes/shown-cost.ts';
import { Core } from '../../support/domain.ts';

function coreThatUsed(model: string, output: number, usd: number | null): Core {
	const core = new Core();
	core.configure({
		prices: { m: priceOf({ input: 1e6, output: 1e6 }) },
		budget: { agent: { ...noLimits, usd }, day: { usd: null, tokens: null } },
	});
	const agent = core.running('api');
	const tokens = { ...noTokens, output };
	const spent = [{ day: localDay(core.now), model, replies: 1, tokens }];
	core.submit({ kind: 'usage.tell', agent, generation: 1, spent, marks: [] });
	return core;
}

const shown = (core: Core) => shownCost(core.state, core.agent('api'), core.now);

test('money, or tokens where the model has no price; a limit where it is near', () => {
	expect(shown(coreThatUsed('m', 2, null))).toEqual({ text: '$2.00', share: 0 });
	expect(shown(coreThatUsed('x', 2500, null))?.text).toBe('2.5k tokens');
	expect(shown(coreThatUsed('m', 7, 10))?.text).toBe('$7.00');
	const near = shown(coreThatUsed('m', 9, 10));
	expect(costSpans(near)).toMatchObject([{ text: '$9.00 of $10.00', role: 'warn' }]);
	const over = shown(coreThatUsed('m', 11, 10));
	expect(costSpans(over)).toMatchObject([{ text: '$11.00 of $10.00', role: 'bad' }]);
});

test('the first row tells of today, and of nothing where nothing was used', () => {
	const core = coreThatUsed('m', 2, null);
	expect(todaySpans(core.state, core.now)[0]?.text).toBe('$2.00 today');
	expect(todaySpans(core.state, core.now + 3 * 86_400_000)).toEqual([]);
	expect(costSpans(null)).toEqual([]);
});
