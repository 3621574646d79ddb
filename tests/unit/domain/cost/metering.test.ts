// Limits: who is warned, who is paused, and what the human can say to that.
import { expect, test } from 'vitest';
import { standingsOf } from '../../../../src/domain/cost/budget.ts';
import type { Limits } from '../../../../src/domain/cost/limits.ts';
import { noLimits } from '../../../../src/domain/cost/limits.ts';
import { priceOf } from '../../../../src/domain/cost/prices.ts';
import { noTokens } from '../../../../src/domain/cost/tokens.ts';
import { inboxOf } from '../../../../src/domain/inbox.ts';
import {
	defaultSettings,
	overlay,
	type Settings,
} from '../../../../src/domain/settings.ts';
import { isIn, settledWords } from '../../../../src/domain/waiting.ts';
import { localDay } from '../../../../src/lib/local-day.ts';
import { needsHuman } from '../../../../src/tui/look/state-signs.ts';
import { Core, done } from '../../../support/domain.ts';

/** One token of it costs a dollar. */
const prices = { m: priceOf({ input: 1e6, output: 1e6 }) };

function coreWith(agent: Partial<Limits>, day: Partial<Settings['budget']['day']> = {}) {
	const core = new Core();
	const budget = {
		agent: { ...noLimits, ...agent },
		day: { usd: null, tokens: null, ...day },
	};
	core.configure({ prices, budget });
	return core;
}

function uses(core: Core, name: string, dollars: number): void {
	const { id, generation } = core.agent(name);
	const day = localDay(core.now + 1000);
	const tokens = { ...noTokens, output: dollars };
	const spent = [{ day, model: 'm', replies: 1, tokens }];
	core.submit({ kind: 'usage.tell', agent: id, generation, spent, marks: [] });
}

function item(core: Core, name: string) {
	const { id } = core.agent(name);
	const now = new Date(core.now).toISOString();
	return inboxOf(core.state, now).find(
		({ agent, kind }) => agent === id && kind === 'budget',
	);
}

function answer(core: Core, name: string, choice: string, text: string | null = null) {
	const question = item(core, name)?.question;
	if (!question) throw new Error('nothing is asked');
	return core.submit({ kind: 'question.answer', question, choice, text });
}

test('four fifths are warned of once, all of it pauses and asks, and nothing is killed', () => {
	const core = coreWith({ usd: 10 });
	core.running('api');
	uses(core, 'api', 7);
	expect(item(core, 'api')).toBeUndefined();
	uses(core, 'api', 1);
	uses(core, 'api', 1);
	expect(core.kinds().filter((kind) => kind === 'budget.warned')).toHaveLength(1);
	expect(item(core, 'api')).toMatchObject({
		...{ tier: 3, text: 'it has used $9.00 of $10.00', answerable: false },
	});
	uses(core, 'api', 3);
	expect(core.pending('pause').data.paused).toBe(true);
	core.settle('pause', done);
	expect(isIn(core.agent('api'), settledWords)).toBe(true);
	expect(needsHuman(core.agent('api'))).toBe(true);
	expect(core.agent('api').report).toMatchObject({
		...{ state: 'paused', why: 'its budget is used up' },
	});
	expect(item(core, 'api')).toMatchObject({
		...{ tier: 1, answerable: true },
		...{ text: 'it is paused: it used $12.00 of $10.00' },
		...{ detail: 'by now $12.00 of $10.00, 20 % over' },
	});
	// What was on its way.
	uses(core, 'api', 2);
	expect(item(core, 'api')?.detail).toContain('$14.00 of $10.00, 40 % over');
	expect(core.kinds()).not.toContain('stop.asked');
});

test('raised by what stands there or by words, it goes on until that is used up', () => {
	const core = coreWith({ usd: 10 });
	core.running('api');
	uses(core, 'api', 12);
	core.settle('pause', done);
	expect(item(core, 'api')?.choices[0]?.label).toBe('raise its limit to $18.00');
	expect(answer(core, 'api', 'amount', '11')?.code).toBe('budget.low');
	expect(answer(core, 'api', 'amount', 'a lot')?.code).toBe('budget.low');
	expect(answer(core, 'api', 'raise')).toBeNull();
	expect(core.pending('pause').data.paused).toBe(false);
	core.settle('pause', done);
	expect(standingsOf(core.state, core.agent('api'), '')).toEqual([
		{ meter: 'usd', used: 12, limit: 18 },
	]);
	uses(core, 'api', 6);
	core.settle('pause', done);
	answer(core, 'api', 'amount', '$25');
	core.settle('pause', done);
	expect(core.agent('api').budget.limits.usd).toBe(25);
});

test('let go on once it is not asked before its turn has ended', () => {
	const core = coreWith({ usd: 10 });
	const agent = core.running('api');
	uses(core, 'api', 10);
	core.settle('pause', done);
	answer(core, 'api', 'once');
	core.settle('pause', done);
	uses(core, 'api', 5);
	expect(item(core, 'api')?.question ?? null).toBeNull();
	core.submit({ kind: 'budget.set', agent, limits: { usd: 20 } });
	core.submit({ kind: 'budget.set', agent, limits: { usd: 12 } });
	expect(item(core, 'api')?.question ?? null).not.toBeNull();
	core.settle('pause', done);
	answer(core, 'api', 'once');
	core.settle('pause', done);
	const word = { source: 'hook', inferred: false, why: null } as const;
	core.submit({ kind: 'agent.observe', agent, generation: 1, state: 'idle', ...word });
	uses(core, 'api', 1);
	expect(item(core, 'api')?.question).not.toBeNull();
});

test('answered before its program stands still, it goes on all the same', () => {
	const core = coreWith({ usd: 10 });
	core.running('api');
	uses(core, 'api', 10);
	answer(core, 'api', 'raise');
	core.settle('pause', done);
	core.settle('pause', done);
	expect(core.agent('api').life).toMatchObject({ kind: 'running', paused: false });
});

test('stopped by its human it is killed, and resumed by hand it goes on as once', () => {
	const core = coreWith({ usd: 10 });
	const agent = core.running('api');
	core.running('docs');
	uses(core, 'api', 10);
	core.settle('pause', done);
	core.submit({ kind: 'agent.resume', agent });
	expect(item(core, 'api')?.question ?? null).toBeNull();
	core.settle('pause', done);
	uses(core, 'docs', 10);
	core.settle('pause', done);
	answer(core, 'docs', 'stop');
	expect(core.pending('snapshot').data.next).toMatchObject({ kind: 'stop' });
});

test('a day bounds all agents that used something of it, and one answer lets all go on', () => {
	const core = coreWith({}, { usd: 10 });
	for (const name of ['api', 'docs', 'log']) core.running(name);
	uses(core, 'api', 6);
	uses(core, 'docs', 5);
	const paused = () =>
		Object.values(core.state.effects).filter(({ kind }) => kind === 'pause').length;
	expect(paused()).toBe(2);
	core.settle('pause', done);
	core.settle('pause', done);
	expect(item(core, 'log')).toBeUndefined();
	expect(item(core, 'docs')?.text).toContain('all agents of today used $11.00 of $10.00');
	answer(core, 'api', 'amount', '20');
	expect(paused()).toBe(2);
	expect(item(core, 'docs')?.question ?? null).toBeNull();
	core.settle('pause', done);
	core.settle('pause', done);
	// Tomorrow is another day.
	core.now += 86_400_000;
	uses(core, 'docs', 9);
	expect(paused()).toBe(0);
	uses(core, 'docs', 1);
	expect(paused()).toBe(1);
});

test('a limit that is set stops at once who is beyond it, and one that is taken away lets go on', () => {
	const core = coreWith({});
	const agent = core.running('api');
	uses(core, 'api', 6);
	core.submit({ kind: 'budget.set', agent, limits: { usd: 5 } });
	core.settle('pause', done);
	core.submit({ kind: 'budget.set', agent, limits: { usd: 6.5 } });
	core.settle('pause', done);
	const { life } = core.agent('api');
	expect(life).toMatchObject({ kind: 'running', paused: false });
	core.submit({ kind: 'budget.set', agent: null, limits: { usd: 5 } });
	core.settle('pause', done);
	core.submit({ kind: 'budget.set', agent: null, limits: { usd: null } });
	expect(core.pending('pause').data.paused).toBe(false);
});

test('a day that is used up holds back who has used nothing of it, once it asks its model', () => {
	const core = coreWith({}, { usd: 10 });
	core.running('api');
	const agent = core.running('web');
	uses(core, 'api', 10);
	core.submit({ kind: 'budget.check', agent, asks: false });
	expect(item(core, 'web')).toBeUndefined();
	core.submit({ kind: 'budget.check', agent, asks: true });
	expect(item(core, 'web')?.text).toContain('all agents of today used $10.00 of $10.00');
	core.submit({ kind: 'budget.check', agent, asks: true });
	expect(core.pending('pause').data).toMatchObject({ paused: true });
});

test('hours count while it runs and is not paused', () => {
	const core = coreWith({ hours: 2 });
	const agent = core.running('api');
	const check = () => core.submit({ kind: 'budget.check', agent, asks: false });
	core.now += 3_600_000;
	core.submit({ kind: 'agent.pause', agent });
	core.settle('pause', done);
	core.now += 5 * 3_600_000;
	core.submit({ kind: 'agent.resume', agent });
	core.settle('pause', done);
	check();
	expect(item(core, 'api')).toBeUndefined();
	core.now += 0.7 * 3_600_000;
	check();
	expect(item(core, 'api')?.tier).toBe(3);
	core.now += 0.5 * 3_600_000;
	check();
	expect(item(core, 'api')?.text).toContain('of 2 hours');
});

test('after so many tries a crash starts it no more', () => {
	const core = coreWith({ tries: 2 });
	const kind = { command: ['x'], stop: [], restart: 'on-failure' as const };
	const loop = {
		...kind,
		prompt: 'none' as const,
		like: null,
		resume: null,
		rules: null,
	};
	core.configure({ ...core.state.settings, agents: { loop } });
	const agent = core.running('api', { argv: null, agentKind: 'loop' });
	core.exits('api', 1);
	expect(core.agent('api').life.kind).toBe('backing-off');
	core.submit({ kind: 'agent.retry', agent });
	core.settle('spawn', {
		ok: true,
		value: { holder: 'h1', process: { pid: 7, startTime: '1', bootId: 'b' } },
	});
	core.exits('api', 1);
	expect(core.agent('api').life.kind).toBe('ended');
});

test('a file after the user lowers a limit and never raises one', () => {
	const own = overlay(defaultSettings, { budget: { agent: { usd: 5 } } }, true);
	const repo = { budget: { agent: { usd: 9, hours: 3 }, day: { usd: 20 } } };
	expect(overlay(own, repo).budget).toEqual({
		agent: { ...noLimits, usd: 5, hours: 3 },
		day: { usd: 20, tokens: null },
	});
	expect(overlay(own, repo, true).budget.agent.usd).toBe(9);
	const mine = overlay(own, { prices: { m: { input: 5, output: 5 } } }, true);
	const free = { prices: { m: { input: 0, output: 0 }, n: { input: 1, output: 1 } } };
	const { prices: both } = overlay(mine, free);
	expect([both.m?.input, both.n?.input]).toEqual([5, 1]);
});
