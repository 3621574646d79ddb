// Answers to prompts that have changed meanwhile: none may reach the program. A real holder, a real pty, the
// effect as the supervisor performs it.
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadRules } from '../../../src/agents/rule-files.ts';
import type { QuestionShape } from '../../../src/domain/events/question-events.ts';
import type { AgentId } from '../../../src/domain/ids.ts';
import { readScreen } from '../../../src/domain/screen-rules.ts';
import { connectTo, type HolderClient, makeHolder } from '../../support/holder.ts';
import { performedAnswer } from '../../support/performed-answer.ts';
import { makeScratch } from '../../support/scratch.ts';

const rounds = 1000;
const pane = 'a1' as AgentId;
const rules = (await loadRules({ XDG_CONFIG_HOME: '/nowhere', HOME: '/nowhere' })).of(
	null,
);

/** Tells the program something and hears its answer. */
function tell(program: Socket, what: string): Promise<string> {
	return new Promise((done) => {
		program.once('data', (answer) => done(answer.toString()));
		program.write(what);
	});
}

async function read(client: HolderClient) {
	const { lines, screenHash } = await client.ask('text', { pane });
	return readScreen(rules, { lines, hash: screenHash });
}

/** Answers yes to a prompt that was read, as the effect does; whether that was typed. */
async function answer(client: HolderClient, prompt: QuestionShape): Promise<boolean> {
	const yes = { prompt, choice: 'y' };
	const settled = await performedAnswer(client, pane, yes, () => read(client));
	return settled.ok;
}

test(`of ${rounds} prompts that changed between display and answer none is answered`, async () => {
	const client = await connectTo(await makeHolder());
	const socket = join(makeScratch(), 'prompt.sock');
	const fixture = join(import.meta.dirname, '../../fixtures/changing-prompt.ts');
	await client.spawn(pane, [process.execPath, fixture, socket]);
	const { number } = await client.follow(pane);
	await client.shows(number, /file-0\?/);
	const program = connect(socket);
	onTestFinished(() => void program.destroy());

	let typed = 0;
	for (let round = 0; round < rounds; round += 1) {
		let prompt = (await read(client)).prompt;
		while (!prompt) prompt = (await read(client)).prompt;
		await tell(program, 'next');
		if (await answer(client, prompt)) typed += 1;
	}
	expect(typed).toBe(0);
	expect(await tell(program, 'answered')).toBe('[]');

	// What stands is answered.
	await client.shows(number, new RegExp(`file-${rounds}\\?`));
	const { prompt } = await read(client);
	expect(prompt && (await answer(client, prompt))).toBe(true);
	await expect.poll(() => tell(program, 'answered')).toBe(`[${rounds}]`);
});
