// An agent asks and waits for the human, also over the end of a supervisor.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, eventsOf, start } from '../../support/agents.ts';
import { type ScratchWeir, scratchWeir } from '../../support/weir.ts';

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir();
});
afterEach(() => weir.close());

const asking = [
	'sh',
	'-c',
	'weir ask "keep the v1 route?" --choice keep --choice drop; echo "exit $?"; exec sleep 1000',
];

test('a question reaches the inbox, and its answer who asked', async () => {
	await start(weir, 'api', asking);
	const [opened] = await eventsOf(weir, 'question.opened');
	const { items } = await ask(weir, 'inbox', {});
	expect(items).toMatchObject([
		{
			id: opened?.data.question,
			kind: 'ask',
			name: 'api',
			text: 'keep the v1 route?',
			choices: [
				{ key: '1', label: 'keep' },
				{ key: '2', label: 'drop' },
			],
			answerable: true,
		},
	]);
	await weir.run('wait', 'api', '--until', 'asks');
	const question = items[0]?.id ?? '';
	await expect(
		ask(weir, 'answer', { question, choice: '3', text: null, wait: true }),
	).rejects.toThrow('answer.unknown');
	await ask(weir, 'answer', { question, choice: '2', text: null, wait: true });
	await eventsOf(weir, 'question.closed', 1, ({ data }) => data.reason === 'delivered');
	await expect
		.poll(async () => (await weir.run('screen', 'api')).stdout, { timeout: 60_000 })
		.toMatch(/drop\s+exit 0/);
	expect((await ask(weir, 'inbox', {})).items).toEqual([]);
});

test('a question waits on while the supervisor is replaced, and is asked once', async () => {
	await start(weir, 'api', asking);
	const [opened] = await eventsOf(weir, 'question.opened');
	expect((await weir.run('up', '--restart')).code).toBe(0);
	const question = opened?.data.question ?? '';
	await ask(weir, 'answer', { question, choice: '1', text: null, wait: false });
	await expect
		.poll(async () => (await weir.run('screen', 'api')).stdout, { timeout: 60_000 })
		.toMatch(/keep\s+exit 0/);
	expect(await eventsOf(weir, 'question.opened')).toHaveLength(1);
});

test('an end of the program closes what it asked', async () => {
	await start(weir, 'api', asking);
	await eventsOf(weir, 'question.opened');
	await weir.run('kill', 'api');
	const [closed] = await eventsOf(weir, 'question.closed');
	// The verb's connection may end before its program's end is told.
	expect(['ended', 'gone']).toContain(closed?.data.reason);
	expect((await ask(weir, 'inbox', {})).items).toEqual([]);
});
