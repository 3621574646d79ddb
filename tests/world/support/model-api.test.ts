import { expect, onTestFinished, test } from 'vitest';
import { startModelApi } from '../../support/model-api.ts';

const tool = { tool: 'Bash', input: { command: 'ls' } };
const scenes = [
	{ prompt: 'LIST', turns: [{ calls: [tool] }, { say: 'listed' }] },
	{ prompt: 'WAIT', turns: [{ fail: 529, times: 1 } as const, { say: 'at last' }] },
];

async function openApi() {
	const api = await startModelApi(scenes);
	onTestFinished(() => api[Symbol.asyncDispose]());
	return api;
}

/** What a reply streams, all events as one text. */
async function ask(url: string, body: object): Promise<string> {
	const reply = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
	return `${reply.status} ${await reply.text()}`;
}

const user = (content: unknown) => ({ role: 'user', content });

test('Messages goes on by what the conversation holds, whoever retries', async () => {
	const api = await openApi();
	const url = `${api.url}/v1/messages?beta=true`;
	const asked = user([
		{ type: 'text', text: 'reminders' },
		{ type: 'text', text: 'LIST it' },
	]);
	const first = { messages: [asked] };
	for (const _ of [1, 2]) expect(await ask(url, first)).toContain('"name":"Bash"');
	const used = [
		asked,
		{ role: 'assistant', content: [{ type: 'tool_use', name: 'Bash', input: {} }] },
		user([{ type: 'tool_result', content: 'LIST of files' }]),
	];
	expect(await ask(url, { messages: used })).toContain('listed');
	expect(api.requests.at(-1)).toMatchObject({
		prompt: 'LIST',
		said: ['reminders', 'LIST it', 'LIST of files'],
	});
});

test('Responses goes on by what the conversation holds', async () => {
	const api = await openApi();
	const url = `${api.url}/v1/responses`;
	const asked = {
		type: 'message',
		role: 'user',
		content: [{ type: 'input_text', text: 'LIST' }],
	};
	expect(await ask(url, { input: [asked] })).toContain('"type":"function_call"');
	const used = [
		asked,
		{ type: 'function_call', name: 'Bash', arguments: '{}' },
		{ type: 'function_call_output', output: 'a file' },
	];
	expect(await ask(url, { input: used })).toContain('listed');
});

test('a failure is over after so many times, and side calls are no part of a scene', async () => {
	const api = await openApi();
	const url = `${api.url}/v1/messages`;
	const wait = { messages: [user('WAIT')] };
	expect(await ask(url, wait)).toMatch(/^529 .*overloaded/);
	expect(await ask(url, wait)).toContain('at last');
	expect(await ask(url, { messages: [user('a title for WAIT')] })).toContain('ok');
	expect(api.requests.map(({ prompt }) => prompt)).toEqual(['WAIT', 'WAIT', null]);
	expect(await ask(`${api.url}/v1/models`, {})).toMatch(/^404/);
	expect(api.count()).toBe(4);
});
