// What agents use, by the records of their CLI: counted while they run, once, whatever dies in between.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { BudgetJson, CostsJson } from '../../src/protocol/cost.ts';
import type { Explanation } from '../../src/protocol/explanation.ts';
import { eventsOf } from '../support/agents.ts';
import { openItem } from '../support/inbox.ts';
import { patienceMs, type ScratchWeir, scratchWeir } from '../support/weir.ts';

const metered = fileURLToPath(new URL('../fixtures/usage/metered.sh', import.meta.url));

/** Money of one reply of the fixture, by the table of prices. */
const replyUsd = 0.021;

function scratch(settings = ''): ScratchWeir {
	const weir = scratchWeir();
	onTestFinished(() => weir.close());
	const folder = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir');
	mkdirSync(folder, { recursive: true });
	const kind = `agents:\n  metered: {like: claude, command: [${metered}]}\n`;
	writeFileSync(join(folder, 'config.yaml'), `${kind}${settings}`);
	return weir;
}

async function startMetered(weir: ScratchWeir, name: string): Promise<void> {
	await weir.json('new', name, '--agent', 'metered');
	await weir.shows(name, 'ready');
}

async function reply(weir: ScratchWeir, name: string, number: number): Promise<void> {
	await weir.run('keys', name, String(number), 'enter');
	await weir.shows(name, `replied ${number}`);
}

/** Waits until so many replies are counted, and gives what they cost. */
async function counted(weir: ScratchWeir, replies: number): Promise<CostsJson> {
	const read = () => weir.json<CostsJson>('cost');
	await expect
		.poll(async () => (await read()).total.replies, { timeout: patienceMs })
		.toBe(replies);
	return read();
}

test('replies are counted once while a program runs, and across a killed supervisor', async () => {
	const weir = scratch();
	await startMetered(weir, 'api');
	await reply(weir, 'api', 1);
	const first = await counted(weir, 1);
	expect(first.agents[0]).toMatchObject({ agent: 'api', kind: 'metered' });
	expect(first.total.tokens).toMatchObject({
		...{ input: 1000, cacheRead: 10_000, cacheWrite: 2000, output: 500 },
	});
	expect(first.total.usd).toBeCloseTo(replyUsd);
	const { supervisor } = await weir.status();
	process.kill(supervisor?.pid ?? 0, 'SIGKILL');
	await reply(weir, 'api', 2);
	expect((await counted(weir, 2)).total.usd).toBeCloseTo(2 * replyUsd);
	await weir.json('up', '--restart');
	await reply(weir, 'api', 3);
	await counted(weir, 3);
	expect((await weir.agent('api')).cost?.usd).toBeCloseTo(3 * replyUsd);
	const { stdout } = await weir.run('list');
	expect(stdout).toMatch(/COST.*\n.* \$0\.06 /);
});

test('an agent at its limit is paused, asks, and goes on when the limit is raised', async () => {
	const weir = scratch('budget: {agent: {usd: 0.05}}\n');
	await startMetered(weir, 'api');
	for (const number of [1, 2]) await reply(weir, 'api', number);
	await counted(weir, 2);
	const [warned] = await eventsOf(weir, 'budget.warned');
	expect(warned?.data).toMatchObject({ meter: 'usd', limit: 0.05 });
	await reply(weir, 'api', 3);
	await weir.json('wait', 'api', '--until', 'paused');
	const item = await openItem(weir, 'api');
	expect(item).toMatchObject({ kind: 'budget', tier: 1 });
	expect(item.text).toContain('it used $0.06 of $0.05');
	const { budgets } = await weir.json<{ budgets: BudgetJson[] }>('budget', 'api');
	expect(budgets[0]).toMatchObject({ agent: 'api', paused: true });
	expect(await weir.run('answer', item.id, 'amount', '--text', '0.06')).toMatchObject({
		code: 3,
		stderr: expect.stringContaining('no limit above what is used'),
	});
	await weir.json('answer', item.id, 'amount', '--text', '0.10');
	await reply(weir, 'api', 4);
	await counted(weir, 4);
	await reply(weir, 'api', 5);
	await weir.json('wait', 'api', '--until', 'paused');
	await weir.json('budget', 'api', '--usd', 'none');
	await reply(weir, 'api', 6);
	await counted(weir, 6);
});

test('ten agents that ask one after the other are each stopped within a request', async () => {
	const weir = scratch('budget: {agent: {usd: 0.05}}\n');
	const names = Array.from({ length: 10 }, (_, at) => `a${at}`);
	const env = { METERED_SECONDS: '1' };
	const started = await weir.runWith({ env }, 'new', ...names, '--agent', 'metered');
	expect(started.code).toBe(0);
	for (const name of names) await weir.json('wait', name, '--until', 'paused');
	// What was written in the moment of the pause is read as well.
	await sleep(1500);
	const { agents } = await weir.json<CostsJson>('cost');
	// The third reply exceeds the limit.
	const beyond = agents.map(({ replies }) => replies - 3);
	expect(beyond).toHaveLength(10);
	expect(Math.max(...beyond)).toBeLessThanOrEqual(1);
});

test('a limit of the day warns, pauses all that used something, and is answered once', async () => {
	const weir = scratch('budget: {day: {usd: 0.05}}\n');
	for (const name of ['api', 'web', 'none']) await startMetered(weir, name);
	await reply(weir, 'api', 1);
	await reply(weir, 'web', 2);
	await counted(weir, 2);
	const [warned] = await eventsOf(weir, 'budget.warned');
	expect(warned?.data).toMatchObject({ whose: null, meter: 'usd', limit: 0.05 });
	await reply(weir, 'api', 3);
	for (const name of ['api', 'web']) await weir.json('wait', name, '--until', 'paused');
	expect((await weir.agent('none')).state).not.toBe('paused');
	const item = await openItem(weir, 'api');
	expect(item.text).toContain('all agents of today used $0.06 of $0.05');
	await weir.json('answer', item.id, 'raise');
	for (const [name, number] of [
		['api', 4],
		['web', 5],
	] as const)
		await reply(weir, name, number);
	await counted(weir, 5);
});

test('hours end by the clock of an agent that uses nothing, and are said by how much', async () => {
	const weir = scratch('budget: {agent: {hours: 0.001}}\n');
	await startMetered(weir, 'api');
	await weir.json('wait', 'api', '--until', 'paused');
	const [warned] = await eventsOf(weir, 'budget.warned');
	expect(warned?.data).toMatchObject({ meter: 'hours', limit: 0.001 });
	const item = await openItem(weir, 'api');
	expect(item).toMatchObject({ kind: 'budget', tier: 1 });
	const { budgets } = await weir.json<{ budgets: BudgetJson[] }>('budget', 'api');
	const [standing] = budgets[0]?.standings ?? [];
	expect(standing?.used).toBeGreaterThanOrEqual(0.001);
	await weir.json('answer', item.id, 'amount', '--text', '2');
	await reply(weir, 'api', 1);
	await counted(weir, 1);
});

test('tries bound what weir starts by itself, and not you', async () => {
	const settings = `  falls: {command: [sh, -c, 'sleep 1; exit 3'], restart: on-failure}\n`;
	const weir = scratch(`${settings}budget: {agent: {tries: 2}}\n`);
	await weir.json('new', 'api', '--agent', 'falls');
	const ended = await eventsOf(weir, 'agent.exited', 2);
	expect(ended.map(({ data }) => data.generation)).toEqual([1, 2]);
	await weir.json('wait', 'api', '--until', 'failed');
	expect(await eventsOf(weir, 'agent.back-off')).toHaveLength(1);
	await weir.json('respawn', 'api');
	await eventsOf(weir, 'agent.exited', 3);
	expect(await eventsOf(weir, 'agent.back-off')).toHaveLength(1);
});

test('a limit of its service is a state with a clock, over by a reply or by its time', async () => {
	const weir = scratch();
	await startMetered(weir, 'api');
	const hour = new Date(Date.now() + 2 * 3_600_000).getUTCHours();
	await weir.run('keys', 'api', ...`${hour}:00`.split(''), 'enter');
	await weir.json('wait', 'api', '--until', 'waiting');
	const { why, source } = await weir.agent('api');
	expect([why, source]).toEqual([
		expect.stringMatching(/^limited until .*:00: You hit your limit$/),
		'records',
	]);
	await weir.json('up', '--restart');
	await weir.json('wait', 'api', '--until', 'waiting');
	await reply(weir, 'api', 1);
	await counted(weir, 1);
	const { words } = await weir.json<Explanation>('explain', 'api');
	expect(words.map((word) => word.source)).not.toContain('records');
});

test('where nothing was started, cost and budget print that, and create nothing', async () => {
	const weir = scratch();
	const cost = await weir.run('cost');
	expect([cost.code, cost.stdout]).toEqual([
		...[0, 'nothing was used, as far as records tell\n'],
	]);
	expect((await weir.json<CostsJson>('cost')).total.usd).toBeNull();
	expect((await weir.run('budget')).stdout).toContain('no limit is set');
	expect(existsSync(join(weir.repo, '.git', 'weir'))).toBe(false);
	expect(await weir.run('budget', '--hours', '3')).toMatchObject({ code: 2 });
	expect(await weir.run('cost', '--since', 'lately')).toMatchObject({ code: 2 });
});
