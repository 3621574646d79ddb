// Choices without numbers: the mark is moved to one, which is taken where the mark is seen to stand there. A
// real holder, a real pty, the effect as the supervisor performs it.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AgentId } from '../../../src/domain/ids.ts';
import { type Rules, readScreen } from '../../../src/domain/screen-rules.ts';
import { connectTo, makeHolder } from '../../support/holder.ts';
import { performedAnswer } from '../../support/performed-answer.ts';

const pane = 'a1' as AgentId;
const rules: Rules = {
	screen: [
		{
			id: 'menu',
			state: 'asks',
			match: '^Which of them\\?',
			detail: '^Which of them\\?\\n((?:.*\\n)*) enter accept',
			choices: { line: '^ (?:(?<mark>❯)| ) (?<label>\\S.*)$', enter: '\r' },
		},
	],
};

/** Answers the dialog of these labels by the words of one; whether it was taken, and what the pane shows. */
async function take(label: string, ...labels: string[]) {
	const client = await connectTo(await makeHolder());
	const fixture = join(import.meta.dirname, '../../fixtures/marked-menu.ts');
	await client.spawn(pane, [process.execPath, fixture, ...labels]);
	const { number } = await client.follow(pane);
	await client.shows(number, /enter accept/);
	const read = async () => {
		const { lines, screenHash } = await client.ask('text', { pane });
		return readScreen(rules, { lines, hash: screenHash });
	};
	const { prompt } = await read();
	const choice = prompt?.choices.find((one) => one.label === label)?.key;
	if (choice === undefined) throw new Error(`${label} is not offered`);
	const settled = await performedAnswer(client, pane, { prompt, choice }, read);
	return { settled, client, number };
}

test.each([['Red'], ['Green']])('%s is marked, and then taken', async (label) => {
	const { settled, client, number } = await take(label, 'Red', 'Blue', 'Green');
	expect(settled.ok).toBe(true);
	await client.shows(number, new RegExp(`took "${label}"`));
});

test('a line that only looks like a choice is not taken, and nothing else in its place', async () => {
	const { settled, client } = await take('Blue', 'Red\n   Blue', 'Green');
	expect(settled).toMatchObject({ ok: false, refusal: { code: 'prompt.changed' } });
	const { lines } = await client.ask('text', { pane });
	expect(lines.join('\n')).not.toContain('took');
});
