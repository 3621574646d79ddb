// The inbox by verbs: a question of `weir ask` and a prompt on a screen, answered once and only as read.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { InboxItemJson } from '../../../src/protocol/status.ts';
import { refusal, start } from '../../support/agents.ts';
import { asking, prompting } from '../../support/asking.ts';
import { openItem } from '../../support/inbox.ts';
import { type ScratchWeir, scratchWeir } from '../../support/weir.ts';

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir();
});
afterEach(() => weir.close());

test('a question of weir ask is listed with its answers and answered by a choice', async () => {
	await start(weir, 'api', asking('keep the v1 route?', ['keep', 'drop']));
	const item = await openItem(weir, 'api');
	expect(item).toMatchObject({
		kind: 'ask',
		text: 'keep the v1 route?',
		answerable: true,
		inferred: false,
		choices: [
			{ key: '1', label: 'keep', free: false },
			{ key: '2', label: 'drop', free: false },
		],
	});
	const listed = await weir.run('inbox');
	expect(listed.stdout).toMatch(/^ID +KIND +ABOUT +WAITS +QUESTION$/m);
	expect(listed.stdout).toContain(`weir answer ${item.id} 1 (keep)`);
	expect((await weir.run('inbox', '--ids')).stdout).toBe(`${item.id}\n`);
	expect((await weir.status()).inbox).toHaveLength(1);

	const wrong = await refusal(weir, 'answer', item.id, '7');
	expect(wrong.code).toBe('answer.unknown');
	const answered = await weir.json('answer', item.id, '2');
	expect(answered).toEqual({ v: 1, question: item.id, delivered: true });
	await weir.shows('api', 'heard: drop');
	const again = await refusal(weir, 'answer', item.id, '1');
	expect(again.code).toBe('question.gone');
	expect((await weir.run('inbox')).stdout).toBe('nobody needs you\n');
});

test('a question without choices takes words, from standard input too', async () => {
	await start(weir, 'api', asking('which database?', []));
	const { id } = await openItem(weir, 'api');
	expect((await refusal(weir, 'answer', id)).code).toBe('answer.unknown');
	const ran = await weir.runWith({ input: 'sqlite\n' }, 'answer', id, '--text', '-');
	expect(ran).toMatchObject({ code: 0, stdout: `${id} is answered\n` });
	await weir.shows('api', 'heard: sqlite');
});

test('a prompt on a screen is answered by its key, and one that changed meanwhile is not', async () => {
	await start(weir, 'tool', prompting(['delete dist?', 'delete src?']));
	const first = await openItem(weir, 'tool');
	expect(first).toMatchObject({ kind: 'approve', answerable: true });
	expect(first.text).toContain('delete dist?');
	await weir.json('answer', first.id, 'n');
	const second = await openItem(weir, 'tool', ({ text }) => text.includes('src'));
	// Somebody answers it in the pane, and it is gone.
	await weir.json('keys', 'tool', 'y', 'enter');
	await weir.shows('tool', 'heard: delete src? y');
	const late = await refusal(weir, 'answer', second.id, 'y');
	expect(['prompt.changed', 'question.gone']).toContain(late.code);
});

test('what is put off is not listed until it is brought back', async () => {
	await start(weir, 'api', asking('now?', ['yes']));
	const { id } = await openItem(weir, 'api');
	const { until } = await weir.json<{ until: string }>('snooze', id, '--minutes', '60');
	expect(Date.parse(until)).toBeGreaterThan(Date.now() + 50 * 60_000);
	expect((await weir.run('inbox')).stdout).toBe(
		'nobody needs you\n1 item snoozed: weir inbox --all\n',
	);
	const all = await weir.json<{ items: InboxItemJson[] }>('inbox', '--all');
	expect(all.items.map(({ snoozed }) => snoozed)).toEqual([until]);
	expect((await weir.run('snooze', id, '--wake')).stdout).toBe(`${id} is back\n`);
	expect((await openItem(weir, 'api')).id).toBe(id);
	expect((await refusal(weir, 'snooze', 'q9999')).code).toBe('item.gone');
	const both = await weir.run('snooze', id, '--wake', '--minutes', '3');
	expect(both.code).toBe(2);
});

test('weir wait --until needs-you ends with a question and with a crash', async () => {
	await start(weir, 'api', asking('now?', ['yes']));
	await start(weir, 'bad', ['sh', '-c', 'exit 3']);
	const waited = await weir.run('wait', 'api', 'bad', '--until', 'needs-you');
	expect(waited.code).toBe(0);
	expect(waited.stdout).toMatch(/^api .* asks /m);
	expect(waited.stdout).toMatch(/^bad .* failed /m);
	const kinds = (await weir.json<{ items: InboxItemJson[] }>('inbox')).items;
	expect(kinds.map(({ kind }) => kind)).toEqual(['ask', 'fail']);
});
