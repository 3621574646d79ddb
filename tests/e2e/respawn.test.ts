// An agent is started again: with its conversation, or anew with its task and a note of what went wrong.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ListJson } from '../../src/protocol/status.ts';
import { eventsOf, refusal, start } from '../support/agents.ts';
import { detach, openCockpit } from '../support/cockpit.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

const fixture = fileURLToPath(new URL('../fixtures/cli-with-memory.sh', import.meta.url));

const kinds = `
guard:
  caches: [~/.memory]
agents:
  memo:
    command: [sh, ${fixture}, --id, '{conversation}']
    resume: [sh, ${fixture}, --resume, '{conversation}']
    prompt: argument
  liner:
    command: [sh, -c, 'while read -r line; do echo "heard: $line"; done']
    prompt: line
  loop:
    command: [sh, ${fixture}, --id, '{conversation}']
    resume: [sh, ${fixture}, --resume, '{conversation}']
    prompt: argument
    restart: on-failure
`;

let weir: ScratchWeir;
beforeAll(() => {
	weir = scratchWeir();
	const folder = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'config.yaml'), kinds);
});
afterAll(() => weir.close());

function begin(name: string, kind: string, ...words: string[]) {
	return weir.json<ListJson>('new', name, '--agent', kind, ...words);
}

test('what crashed goes on with its conversation; --fresh begins anew, told of the try before', async () => {
	await begin('api', 'memo', '--prompt', 'mend the login');
	await weir.shows('api', 'begins: mend the login');
	await weir.run('send', 'api', 'crash');
	await weir.json('wait', 'api', '--until', 'failed', '--timeout', '60');
	const again = await weir.run('respawn', 'api');
	expect(again.stdout).toBe('api respawned, goes on with its conversation\n');
	await weir.shows('api', 'goes on with: mend the login');
	expect((await weir.agent('api')).tries).toBe(2);
	expect((await weir.run('list')).stdout).toMatch(/^NAME +KIND +STATE +SINCE +TRY /);

	await weir.run('send', 'api', 'crash');
	await weir.json('wait', 'api', '--until', 'failed', '--timeout', '60');
	expect((await weir.run('respawn', 'api', '--fresh')).stdout).toBe('api respawned\n');
	await weir.shows('api', 'begins: mend the login');
	await weir.shows('api', 'try 2 at this task did not finish');

	const back = await weir.run('respawn', 'api', '--former', '--note', 'try once more');
	expect(back.stdout).toBe('api respawned, goes on with its conversation\n');
	await weir.shows('api', 'told: try once more');
	expect((await weir.agent('api')).tries).toBe(4);
	expect(readdirSync(join(weir.env.HOME ?? '', '.memory'))).toHaveLength(2);
});

test('a kill that is taken back goes on with the conversation', async () => {
	await begin('killed', 'memo', '--prompt', 'write docs');
	await weir.shows('killed', 'begins: write docs');
	await weir.json('kill', 'killed');
	await weir.json('undo');
	await weir.shows('killed', 'goes on with: write docs');
	expect((await weir.agent('killed')).tries).toBe(2);
});

test('a program that is typed to gets its task and the note by one line', async () => {
	await begin('typed', 'liner', '--prompt', 'mend the login');
	await weir.shows('typed', 'heard: mend the login');
	expect(await refusal(weir, 'respawn', 'typed', '--resume')).toMatchObject({
		code: 'resume.nothing',
		allow: 'weir respawn typed --fresh',
	});
	await weir.json('respawn', 'typed', '--fresh');
	await weir.shows('typed', 'heard: mend the login (A note by weir');
});

test('a conversation that is gone is not asked for again, and a crash loop waits longer each time', async () => {
	await begin('looping', 'loop', '--prompt', 'x');
	await weir.shows('looping', 'begins: x');
	rmSync(join(weir.env.HOME ?? '', '.memory'), { recursive: true });
	await weir.run('send', 'looping', 'crash');
	// It goes on, finds nothing and ends with 1; the next try begins anew.
	await weir.shows('looping', 'try 2 at this task did not finish');
	const { id } = await weir.agent('looping');
	const waits = await eventsOf(
		weir,
		'agent.back-off',
		2,
		({ data }) => data.agent === id,
	);
	expect(waits.map(({ data }) => data.tries)).toEqual([1, 2]);
	const gaps = waits.map(({ at, data }) => Date.parse(data.until) - Date.parse(at));
	expect(gaps.map((gap) => Math.round(gap / 1000))).toEqual([1, 2]);
});

test('contradictions are a slip', async () => {
	expect((await weir.run('respawn', 'api', '--fresh', '--resume')).code).toBe(2);
	expect((await weir.run('resume')).code).toBe(2);
	expect((await weir.run('resume', 'api', '--all')).code).toBe(2);
});

test('R says how it started again, F does the other, and the frame counts the tries', async () => {
	await begin('seen', 'memo', '--prompt', 'look');
	await weir.shows('seen', 'begins: look');
	await weir.json('kill', 'seen');
	await using cockpit = await openCockpit(weir, ['attach', 'seen'], {
		columns: 120,
		rows: 36,
	});
	await cockpit.waitFor('killed by you');
	cockpit.key('R');
	await cockpit.waitFor('respawned seen, goes on with its conversation  F begins anew');
	await cockpit.waitFor('goes on with: look');
	await cockpit.waitFor('try 2');
	cockpit.key('F');
	await cockpit.waitFor(
		'respawned seen, begins anew  F goes on with the conversation before',
	);
	await cockpit.waitFor('try 3');
	expect((await weir.agent('seen')).tries).toBe(3);
	await detach(cockpit);
});

test('what was interrupted or paused goes on by one verb, or one key, and not before', async () => {
	await weir.json('down', '--now');
	const names = ['one', 'two', 'three'];
	for (const name of names) {
		await begin(name, 'memo', '--prompt', `task ${name}`);
		await weir.shows(name, `begins: task ${name}`);
	}
	await start(weir, 'held');
	await weir.json('pause', 'held');
	await loseHolders();
	for (const name of [...names, 'held'])
		await weir.json('wait', name, '--until', 'interrupted', '--timeout', '60');
	await start(weir, 'waits');
	await weir.json('pause', 'waits');
	const resumed = await weir.run('resume', '--all');
	expect(resumed.code).toBe(0);
	for (const name of names)
		expect(resumed.stdout).toContain(`${name} respawned, goes on with its conversation`);
	expect(resumed.stdout).toContain('held respawned\n');
	expect(resumed.stdout).toContain('waits goes on\n');
	for (const name of names) await weir.shows(name, `goes on with: task ${name}`);

	await loseHolders();
	for (const name of names)
		await weir.json('wait', name, '--until', 'interrupted', '--timeout', '60');
	await using cockpit = await openCockpit(weir, [], { columns: 140, rows: 40 });
	await cockpit.waitFor(/5 agents were lost .* P resumes them all/);
	cockpit.key('P');
	await cockpit.waitFor('5 agents resumed');
	for (const name of names) await weir.shows(name, `goes on with: task ${name}`);
	await detach(cockpit);
});

/** The holders are killed, as by a full memory. */
async function loseHolders(): Promise<void> {
	const { holders } = await weir.status();
	for (const { process: pid } of holders) process.kill(pid, 'SIGKILL');
}
