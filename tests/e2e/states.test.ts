// What weir says that programs do, and why, where all that is to be seen is their screen.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventOf } from '../../src/domain/event.ts';
import type { Explanation } from '../../src/protocol/explanation.ts';
import { eventsOf } from '../support/agents.ts';
import { detach, openCockpit } from '../support/cockpit.ts';
import { openItem } from '../support/inbox.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeAll(() => {
	weir = scratchWeir();
});
afterAll(() => weir.close());

const explained = (agent: string) => weir.json<Explanation>('explain', agent);
const until = (agent: string, ...words: string[]) =>
	weir.run('wait', agent, '--until', words.join(','), '--timeout', '60');
/** Asks twice, counts in between, and says what it was answered. */
const asker = [
	'printf "Remove it? (y/n) "; read a; echo "first: $a"',
	'sleep 1; printf "Name of the copy: (copy) "; read b; echo "second: $b"',
	'while :; do sleep 1; echo on and on; done',
].join('; ');

test('a prompt on the screen is seen, is gone once it is answered, and the next one is seen', async () => {
	await weir.json('new', 'asker', '--', 'sh', '-c', asker);
	await until('asker', 'needs-approval');
	const first = await explained('asker');
	expect(first.agent).toMatchObject({ source: 'screen', inferred: true });
	expect(first.words[0]).toMatchObject({ source: 'screen', rule: 'yes-or-no' });
	expect(first.screen.at(-1)).toBe('Remove it? (y/n)');
	await weir.run('keys', 'asker', 'y', 'enter');
	await until('asker', 'asks');
	expect((await explained('asker')).agent.why).toBe('Name of the copy: (copy)');
	await weir.run('keys', 'asker', 'm', 'enter');
	expect((await until('asker', 'working')).code).toBe(0);
});

test('a prompt in the same words below one that was answered is another question, told with its state', async () => {
	const twice =
		'for i in 1 2; do printf "Drop it? (y/n) "; read a; done; echo over; sleep 1000';
	await weir.json('new', 'twice', '--', 'sh', '-c', twice);
	const ofTwice = ({ data }: EventOf<'question.opened'>) =>
		data.text.includes('Drop it?');
	const [first] = await eventsOf(weir, 'question.opened', 1, ofTwice);
	const states = await eventsOf(
		weir,
		'agent.state',
		1,
		({ data }) => data.state === 'needs-approval' && data.agent === first?.data.agent,
	);
	expect(states[0]?.at).toBe(first?.at);
	await weir.run('keys', 'twice', 'y', 'enter');
	const [, second] = await eventsOf(weir, 'question.opened', 2, ofTwice);
	const { id } = await openItem(weir, 'twice');
	expect(id).toBe(second?.data.question);
	expect(await weir.run('answer', id, 'y')).toMatchObject({ code: 0 });
	await weir.shows('twice', 'over');
});

test('the human sets a state and takes that back', async () => {
	const program = 'printf "Go? [y/N] "; read a; sleep 1000';
	await weir.json('new', 'said', '--', 'sh', '-c', program);
	await until('said', 'needs-approval');
	const set = await weir.json<Explanation>('explain', 'said', '--set', 'idle');
	expect(set.agent).toMatchObject({ state: 'idle', source: 'human', inferred: false });
	expect(set.overridden).toBe(true);
	const told = await weir.run('explain', 'said');
	expect(told.stdout).toContain('said is idle since');
	expect(told.stdout).toContain('weir explain said --set auto');
	const auto = await weir.json<Explanation>('explain', 'said', '--set', 'auto');
	expect(auto.agent).toMatchObject({ state: 'needs-approval', inferred: true });
	expect(await weir.run('explain', 'said', '--set', 'idel')).toMatchObject({
		code: 2,
		stderr: expect.stringContaining('--set idle'),
	});
});

test('a question on the screen stands across another supervisor, as the same question', async () => {
	const opened = async () => {
		const log = await weir.run('log', '--agent', 'kept', '--json');
		return log.stdout.split('\n').filter((line) => line.includes('"question.opened"'))
			.length;
	};
	await weir.json('new', 'kept', '--', 'sh', '-c', 'printf "Keep? (y/n) "; read a');
	await until('kept', 'needs-approval');
	await expect.poll(opened).toBe(1);
	await weir.run('up', '--restart');
	const after = await explained('kept');
	expect(after.agent).toMatchObject({ state: 'needs-approval', source: 'screen' });
	expect(await opened()).toBe(1);
});

test("the user's rules count at once, and a wrong file says where and takes no other along", async () => {
	const folder = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir', 'rules');
	mkdirSync(folder, { recursive: true });
	await weir.json('new', 'odd', '--', 'sh', '-c', 'echo "ready for takeoff"; sleep 1000');
	await until('odd', 'unknown');
	const rule = '{id: takeoff, state: asks, match: "ready for takeoff$"}';
	writeFileSync(join(folder, 'generic.yaml'), `screen:\n  - ${rule}\n`);
	expect((await until('odd', 'asks')).code).toBe(0);
	expect((await explained('odd')).words[0]?.rule).toBe('takeoff');
	const wrong = '  - id: landing\n    state: aske\n    match: landed\n';
	writeFileSync(join(folder, 'codex.yaml'), `screen:\n${wrong}`);
	await expect
		.poll(async () => (await weir.run('log')).stdout)
		.toMatch(/settings\.refused.*codex\.yaml/);
	const doctor = await weir.run('doctor');
	expect(doctor.stdout).toMatch(/bad +settings +\S+codex\.yaml:3:\d+: .*state/);
	expect((await explained('odd')).words[0]?.rule).toBe('takeoff');
	// A file of that name stands in for weir's own, for all tests that follow.
	rmSync(folder, { recursive: true });
	expect((await until('odd', 'unknown')).code).toBe(0);
});

test('who says that it works and gives no sign of it is stuck, until it gives one', async () => {
	await weir.json('config', 'set', 'attention.stuck_after', '0.1');
	const program = `printf '\\033]7501;state=working\\007'; read a; echo again; sleep 1000`;
	await weir.json('new', 'still', '--', 'sh', '-c', program);
	expect((await until('still', 'stuck')).code).toBe(0);
	const { agent } = await explained('still');
	expect(agent).toMatchObject({ source: 'osc7501', inferred: true });
	expect(agent.why).toContain('neither prints nor changes a file');
	await weir.run('up', '--restart');
	expect((await explained('still')).agent.state).toBe('stuck');
	writeFileSync(join(agent.worktree, 'progress.txt'), 'a sign');
	expect((await until('still', 'working')).code).toBe(0);
	expect((await until('still', 'stuck')).code).toBe(0);
	await weir.run('send', 'still', 'go on');
	expect((await until('still', 'working')).code).toBe(0);
});

test('w shows why an agent is what it is', async () => {
	const program = 'printf "Which port? "; read a';
	await weir.json('new', 'why', '--', 'sh', '-c', program);
	expect((await until('why', 'asks')).code).toBe(0);
	await using cockpit = await openCockpit(weir, ['attach', 'why'], {
		columns: 100,
		rows: 30,
	});
	await cockpit.waitFor('Which port?');
	cockpit.key('w');
	await cockpit.waitFor(/why why is asks/);
	const card = await cockpit.waitFor(/read on its screen:/);
	expect(card.join('\n')).toMatch(/> +screen +~asks .*rule open-question/);
	cockpit.key('escape');
	await cockpit.waitFor((screen) => !screen.lines().join('').includes('open-question'));
	await detach(cockpit);
});
