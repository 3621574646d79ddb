// A holder, or all of them with the supervisor, dies: its agents are said to be interrupted, the
// others run on, nothing starts again by itself. And sockets or files that vanish come back.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { detach, openCockpit } from '../support/cockpit.ts';
import {
	effectsSettledOnce,
	journalIsWhole,
	startedOnce,
} from '../support/crash-laws.ts';
import { agentIn, killAgent, respawnAgent, startAgent } from '../support/deeds.ts';
import { Mission } from '../support/mission.ts';
import { endProcesses, isRunning } from '../support/process-tree.ts';

let mission: Mission;
beforeEach(() => {
	mission = new Mission('holder:\n  agents: 1\n');
});
afterEach(() => mission.close());

const deaf = ['sh', '-c', 'trap "" HUP TERM; echo deaf; while :; do sleep 1; done'];

test('a killed holder interrupts its agents and no others', async () => {
	await mission.carryOut(startAgent('a'));
	await mission.carryOut(startAgent('b'));
	const [a, b] = [running('a'), running('b')];
	expect(a.holder).not.toBe(b.holder);
	await killHolders([a.holder]);
	await mission.until('the end of a', () => lifeOf('a') === 'ended');
	const { report } = found('a');
	expect(report.state).toBe('interrupted');
	expect(report.why).toBe('lost with its holder or machine');
	expect(running('b').process).toEqual(b.process);
	expect(isRunning(a.process.pid)).toBe(false);
	await mission.carryOut(respawnAgent('a'));
	await mission.shows('a', 'ready a 2');
	await mission.shows('b', 'ready b 1');
});

test('the panes say in one sentence how many were lost, and n goes to them', async () => {
	for (const name of ['a', 'b', 'c']) await mission.carryOut(startAgent(name));
	await using cockpit = await openCockpit(mission.weir, [], { columns: 120, rows: 36 });
	await cockpit.waitFor('ready c 1');
	await killHolders([running('b').holder, running('c').holder]);
	await cockpit.waitFor('2 agents were lost with their holder or machine: b, c');
	await cockpit.waitFor('✗ 2 interrupted');
	cockpit.key('n');
	await cockpit.waitFor(/R respawn/);
	cockpit.key('R');
	// The one whose end was heard of first: each had a holder of its own.
	await cockpit.waitFor(/ready [bc] 2/);
	await cockpit.waitFor('✗ 1 interrupted');
	const lives = () => [lifeOf('a'), lifeOf('b'), lifeOf('c')];
	// The client of the test hears of it in its own time.
	await mission.until(
		'two run',
		() => lives().filter((life) => life === 'running').length === 2,
	);
	expect(lives().toSorted()).toEqual(['ended', 'running', 'running']);
	expect(lifeOf('a')).toBe('running');
	await detach(cockpit);
});

test('a program that does not hang up is ended before another takes its worktree', async () => {
	const made = await mission.weir.run('new', 'deaf', '--json', '--', ...deaf);
	expect(made.code).toBe(0);
	await mission.connect();
	await mission.shows('deaf', 'deaf');
	const { holder, process } = running('deaf');
	await killHolders([holder]);
	await mission.until('the end', () => lifeOf('deaf') === 'ended');
	expect(isRunning(process.pid)).toBe(false);
});

test('after the death of a machine agents are interrupted and nothing runs again', async () => {
	await mission.carryOut(startAgent('a'));
	await mission.carryOut(startAgent('b'));
	for (const name of ['a', 'b']) await mission.shows(name, `ready ${name} 1`);
	await mission.carryOut(killAgent('b'));
	const holders = [running('a').holder];
	const records = await holderPids(holders);
	const killed = mission.kill();
	await endNow(records);
	await killed;
	await mission.quiet();
	expect(found('a').report.state).toBe('interrupted');
	expect(lifeOf('a')).toBe('ended');
	expect(lifeOf('b')).toBe('ended');
	const events = await mission.settledJournal();
	journalIsWhole(events, mission.seen);
	effectsSettledOnce(events);
	startedOnce(mission, events);
	expect(mission.starts()).toHaveLength(2);
	await mission.carryOut(respawnAgent('a'));
});

test('stale sockets, places and lock files of a dead supervisor are no hindrance', async () => {
	await mission.carryOut(startAgent('a'));
	const { process } = running('a');
	await mission.kill();
	const folder = join(mission.weir.repo, '.git', 'weir');
	writeFileSync(join(folder, 'lock.sqlite-journal'), 'not a journal');
	writeFileSync(join(folder, 'meeting-place'), '/nowhere/at/all\n');
	await mission.quiet();
	expect(running('a').process).toEqual(process);
});

test('a runtime folder that is swept away comes back with its sockets', async () => {
	await mission.carryOut(startAgent('a'));
	const { process } = running('a');
	// Its sandbox is read from there as long as it starts.
	await mission.shows('a', 'ready a 1');
	const { pid } = (await mission.connect()).supervisor;
	sweepAway();
	const status = await mission.weir.status();
	expect(status.supervisor?.pid).toBe(pid);
	expect(status.agents[0]?.pid).toBe(process.pid);
	sweepAway();
	await mission.kill();
	await mission.quiet();
	expect(running('a').process).toEqual(process);
	await mission.shows('a', 'ready a 1');
});

test('a state is as old after an adoption as it was before', async () => {
	const speaks =
		'printf "\\033]9;4;1;50\\007\\033]7501;state=idle:app=x\\007"; sleep 1000';
	const made = await mission.weir.run('new', 'a', '--json', '--', 'sh', '-c', speaks);
	expect(made.code).toBe(0);
	await mission.connect();
	await mission.until('its word', () => found('a').report.state === 'idle');
	const { report } = found('a');
	await mission.kill();
	await mission.quiet();
	expect(found('a').report).toEqual(report);
});

/** What comes back while it is being removed goes as well. */
function sweepAway(): void {
	const folder = join(mission.weir.env.XDG_RUNTIME_DIR ?? '', 'weir');
	rmSync(folder, { recursive: true, maxRetries: 20 });
}

function found(name: string) {
	const agent = agentIn(mission.state, name);
	if (!agent) throw new Error(`there is no agent ${name}`);
	return agent;
}

const lifeOf = (name: string) => found(name).life.kind;

function running(name: string) {
	const { life } = found(name);
	if (life.kind !== 'running') throw new Error(`${name} is ${life.kind}`);
	return life;
}

async function killHolders(ids: readonly string[]): Promise<void> {
	await endNow(await holderPids(ids));
}

async function endNow(pids: readonly number[]): Promise<void> {
	for (const pid of pids) process.kill(pid, 'SIGKILL');
	await endProcesses(() => pids);
}

async function holderPids(ids: readonly string[]): Promise<number[]> {
	const status = await mission.request('status', {});
	if (!status.ok) throw new Error(status.refusal.message);
	return status.value.holders
		.filter(({ id }) => ids.includes(id))
		.map((holder) => holder.process);
}
