// `weir mcp`, by the client of the official SDK.
import { readFileSync } from 'node:fs';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, eventsOf, start, until } from '../../support/agents.ts';
import { isRunning } from '../../support/process-tree.ts';
import { type ScratchWeir, scratchWeir, weirProgram } from '../../support/weir.ts';

let weir: ScratchWeir;
beforeAll(() => {
	weir = scratchWeir({ 'src/a.txt': 'one\n', 'other.txt': 'two\n' });
});
afterAll(() => weir.close());

interface Served extends AsyncDisposable {
	readonly client: Client;
	readonly pid: number;
	/** The text that a tool answers with, behind `!` where it failed. */
	call(name: string, input?: Record<string, unknown>): Promise<string>;
}

/** A server with the environment that a program has. */
async function serve({ pid: program }: { readonly pid: number | null }): Promise<Served> {
	const entries = readFileSync(`/proc/${program}/environ`, 'utf8').split('\0');
	const env = Object.fromEntries(
		entries.filter(Boolean).map((entry) => {
			const at = entry.indexOf('=');
			return [entry.slice(0, at), entry.slice(at + 1)];
		}),
	);
	const argv = { command: process.execPath, args: [weirProgram, 'mcp'] };
	const transport = new StdioClientTransport({ ...argv, env, stderr: 'pipe' });
	const client = new Client({ name: 'test', version: '1' });
	await client.connect(transport);
	return {
		client,
		pid: transport.pid ?? 0,
		async call(name, input = {}) {
			const asked = { name, arguments: input };
			const answer = await client.callTool(asked, undefined, { timeout: 120_000 });
			const said = CallToolResultSchema.parse(answer);
			const texts = said.content.map((one) => (one.type === 'text' ? one.text : ''));
			return `${said.isError ? '!' : ''}${texts.join()}`;
		},
		[Symbol.asyncDispose]: () => client.close(),
	};
}

test('its tools are the words that an agent has, each with a schema', async () => {
	const agent = await start(weir, 'listed', ['cat'], '--scope', 'src/**');
	await using served = await serve(agent);
	const { tools } = await served.client.listTools();
	expect(tools.map(({ name }) => name)).toEqual([
		...['ask', 'done', 'report', 'gates', 'scope_show', 'scope_request'],
	]);
	for (const { inputSchema, description } of tools) {
		expect(inputSchema.type).toBe('object');
		expect(description).toMatch(/^[A-Z].*\.$/);
	}
	await expect(served.call('merge')).rejects.toThrow('there is no tool merge');
	expect(await served.call('gates', { run: false })).toBe('no gate is set up');
	expect(await served.call('scope_show')).toMatch(/^listed may write src\/\*\*/);
	expect(await served.call('scope_show', { paths: ['other.txt'] })).toContain(
		'other.txt',
	);
});

test('a question waits for its answer, a request for a wider scope for a yes', async () => {
	const agent = await start(weir, 'asking', ['cat'], '--scope', 'src/**');
	await using served = await serve(agent);
	const answer = served.call('ask', { question: 'Keep it?', choices: ['keep', 'drop'] });
	await weir.json('answer', await questionOf('Keep it?'), '2');
	expect(await answer).toBe('drop');
	const none = await served.call('ask', { question: 'Is anybody there?', timeout: 0.2 });
	expect(none).toContain('nobody answered');

	const wider = served.call('scope_request', { patterns: ['other.txt'], why: 'a link' });
	await weir.json('answer', await questionOf('other.txt'), 'y');
	expect(await wider).toMatch(/^granted/);
	expect((await weir.agent('asking')).scope).toEqual(['src/**', 'other.txt']);
});

test('what it says of itself is its state, and what is wrong comes back in words', async () => {
	const agent = await start(weir, 'saying', ['cat']);
	await using served = await serve(agent);
	expect(await served.call('report', { text: '3 of 5' })).toBe('told');
	await eventsOf(weir, 'agent.state', 1, ({ data }) => data.why === '3 of 5');
	expect(await served.call('report', {})).toMatch(/^!report: .*text/);
	expect(await served.call('ask', { question: 7 })).toMatch(/^!ask: .*text/);
	expect(await served.call('done', { note: 'all of it' })).toBe(
		'weir knows that you are done',
	);
	await weir.json('wait', 'saying', '--until', 'done', '--timeout', '60');
	await weir.json('kill', 'saying');
	// It is of the agent's programs, and goes with them.
	await until('ended', () => !isRunning(served.pid));
});

test('it ends with its client, also while it waits, and the question goes', async () => {
	const agent = await start(weir, 'left', ['cat']);
	const served = await serve(agent);
	const waiting = served.call('ask', { question: 'Will you stay?' }).catch(() => 'gone');
	const question = await questionOf('Will you stay?');
	await served[Symbol.asyncDispose]();
	expect(await waiting).toBe('gone');
	await until('ended', () => !isRunning(served.pid));
	await eventsOf(weir, 'question.closed', 1, ({ data }) => data.question === question);
	expect((await ask(weir, 'inbox', {})).items).toEqual([]);
});

async function questionOf(text: string): Promise<string> {
	const [opened] = await eventsOf(weir, 'question.opened', 1, ({ data }) =>
		JSON.stringify(data).includes(text),
	);
	return opened?.data.question ?? '';
}
