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
	const tools = [{ name: 'Bash' }];
	const first = { messages: [asked], tools };
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
	const tools = [{ type: 'function', name: 'Bash' }];
	expect(await ask(url, { input: [asked], tools })).toContain('"type":"function_call"');
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

test('Chat Completions goes on by what the conversation holds, streamed or whole', async () => {
	const api = await openApi();
	const url = `${api.url}/v1/chat/completions`;
	const tools = [{ type: 'function', function: { name: 'Bash' } }];
	const asked = { stream: true, messages: [user('LIST it')], tools };
	expect(await ask(url, asked)).toMatch(
		/^200 data: [^]*"name":"Bash"[^]*data: \[DONE\]\n\n$/,
	);
	const messages = [
		user('LIST it'),
		{ role: 'assistant', content: null, tool_calls: [{ id: 'a' }] },
		{ role: 'tool', tool_call_id: 'a', content: 'LIST of files' },
	];
	expect(await ask(url, { messages, tools })).toMatch(/^200 \{.*"content":"listed"/);
});

test("Google's way goes on by what the conversation holds, streamed or whole", async () => {
	const api = await openApi();
	const url = `${api.url}/v1beta/models/m`;
	const tools = [{ functionDeclarations: [{ name: 'Bash' }] }];
	const contents = [{ role: 'user', parts: [{ text: 'LIST it' }] }];
	const streamed = `${url}:streamGenerateContent?alt=sse`;
	expect(await ask(streamed, { contents, tools })).toMatch(/^200 data: .*"name":"Bash"/);
	const all = [
		...contents,
		{ role: 'model', parts: [{ functionCall: { name: 'Bash', args: {} } }] },
		{ role: 'user', parts: [{ functionResponse: { response: { output: 'LIST' } } }] },
	];
	expect(await ask(`${url}:generateContent`, { contents: all, tools })).toMatch(
		/^200 \{.*"text":"listed"/,
	);
});

test('a side call without tools calls none, and a text that is known later is put in', async () => {
	const api = await openApi();
	const url = `${api.url}/v1/chat/completions`;
	expect(await ask(url, { messages: [user('LIST it')] })).toContain('"content":"ok"');
	api.words.set('ls', 'ls /later');
	const tools = [{ type: 'function', function: { name: 'Bash' } }];
	expect(await ask(url, { messages: [user('LIST it')], tools })).toContain('ls /later');
});
