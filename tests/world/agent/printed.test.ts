// weir's own agent without a terminal, with each wire format.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Dialect, openOwnAgent } from '../../support/own-agent.ts';
import { makeScratch } from '../../support/scratch.ts';

const edits = {
	prompt: 'MEND',
	turns: [
		{ saying: 'I look.', calls: [{ tool: 'read', input: { path: 'a.txt' } }] },
		{
			calls: [
				{ tool: 'edit', input: { path: 'a.txt', old: 'wrong', new: 'right' } },
				{
					tool: 'run',
					input: { command: 'cat a.txt; echo "key=$ANTHROPIC_API_KEY$OPENAI_API_KEY"' },
				},
			],
			usage: { input: 7, cacheRead: 100, cacheWrite: 20, output: 30 },
		},
		{ say: 'It is **right** now.' },
	],
} as const;

const kinds = (entries: readonly { readonly kind: string }[]) =>
	entries.map(({ kind }) => kind).filter((kind) => kind !== 'usage');

describe.each<Dialect>(['anthropic', 'openai', 'chat'])('by %s', (dialect) => {
	test('reads, edits and runs, and keeps what happened', async () => {
		const agent = await openOwnAgent([edits], dialect);
		writeFileSync(join(agent.folder, 'a.txt'), 'this is wrong\n');
		const ran = await agent.print('--permission-mode', 'all', 'MEND it');
		expect(ran).toEqual({
			code: 0,
			stdout: 'I look.\nIt is **right** now.\n',
			stderr: '',
		});
		expect(readFileSync(join(agent.folder, 'a.txt'), 'utf8')).toBe('this is right\n');
		const entries = agent.entries();
		const call = ['intent', 'result'];
		expect(kinds(entries)).toEqual([
			...['begun', 'prompt', 'reply', ...call, 'reply', ...call, ...call, 'reply'],
		]);
		expect(entries.filter(({ kind }) => kind === 'usage').at(1)).toMatchObject({
			...{ cacheRead: 100, output: 30, reasoning: 0 },
			// The older API does not tell what went into a cache.
			...(dialect === 'chat'
				? { input: 27, cacheWrite: 0 }
				: { input: 7, cacheWrite: 20 }),
			id: expect.stringMatching(/^(?:msg_|resp_|chatcmpl)/),
		});
		expect(agent.transcript()).toContain('1\\tthis is wrong');
		// Neither the environment of what it runs nor its transcript has the key.
		expect(agent.transcript()).toContain('key=\\n');
		expect(agent.transcript()).not.toContain('sk-of-the-test');
	});

	test('asks a stream that broke off anew, and does no call twice', async () => {
		const scene = {
			prompt: 'APPEND',
			turns: [
				{
					saying: 'Now.',
					calls: [{ tool: 'run', input: { command: 'echo once >> log' } }],
					broken: 2,
				},
				{ say: 'done' },
			],
		};
		const agent = await openOwnAgent([scene], dialect);
		const ran = await agent.print('--permission-mode', 'all', 'APPEND');
		expect(ran.stdout).toBe('Now.\ndone\n');
		expect(ran.stderr).toMatch(/again in \d s/);
		expect(readFileSync(join(agent.folder, 'log'), 'utf8')).toBe('once\n');
		expect(agent.api.count()).toBe(4);
	});

	test('tells the model of a call that it cannot read', async () => {
		const scene = {
			prompt: 'STUMBLE',
			turns: [
				{
					calls: [
						{ tool: 'read', input: {}, letters: '{"path": "a' },
						{ tool: 'read', input: { file: 'a' } },
						{ tool: 'fly', input: {} },
						{ tool: 'read', input: { path: '../../etc/passwd' } },
					],
				},
				{ say: 'sorry' },
			],
		};
		const agent = await openOwnAgent([scene], dialect);
		expect(await agent.print('STUMBLE')).toMatchObject({ code: 0, stdout: 'sorry\n' });
		const told = agent.api.requests.at(-1)?.said.join('\n');
		expect(told).toContain('the arguments of read are no JSON; it takes {path: string');
		expect(told).toContain('read needs path');
		expect(told).toContain('there is no tool "fly"; there are read, search');
		expect(told).toContain('lies outside of');
	});

	test('waits where the API is busy, as long as it says, and goes on', async () => {
		const turns = [
			{ fail: 429, times: 1, retryAfter: 1 },
			{ fail: 529, times: 1, retryAfter: 0 },
			{ fail: 500, times: 1, retryAfter: 0 },
			{ say: 'at last' },
		] as const;
		const agent = await openOwnAgent([{ prompt: 'WAIT', turns }], dialect);
		const ran = await agent.print('WAIT', '--json');
		const lines = ran.stdout
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line));
		expect(lines.filter(({ kind }) => kind === 'paused')).toMatchObject([
			{ status: 429, tries: 1, seconds: 1 },
			{ status: 529, tries: 2, seconds: 0 },
			{ status: 500, tries: 3, seconds: 0 },
		]);
		expect(lines.slice(-2)).toMatchObject([
			{ kind: 'text', text: 'at last' },
			{ kind: 'end', end: 'done' },
		]);
	});

	test('condenses what was said where the window is exceeded', async () => {
		const scenes = [
			{
				prompt: 'FILL',
				turns: [
					{ calls: [{ tool: 'run', input: { command: 'seq 1 2000' } }] },
					{
						fail: 400,
						message: 'prompt is too long: 300000 tokens > 200000 maximum',
					} as const,
				],
			},
			{ prompt: 'Stop here.', turns: [{ say: 'I counted.' }] },
			{ prompt: 'The conversation had grown', turns: [{ say: 'counted on' }] },
		];
		const agent = await openOwnAgent(scenes, dialect);
		const ran = await agent.print('--permission-mode', 'all', 'FILL it');
		expect(ran).toMatchObject({ code: 0, stdout: 'counted on\n' });
		expect(agent.api.requests.at(-1)?.said.join()).toMatch(/I counted\.[^]*FILL it/);
		expect(agent.api.requests.at(-2)?.said.join()).toContain('[… cut]');
	});

	test('condenses before the window is full', async () => {
		const usage = { input: 100, cacheRead: 170_000, output: 100 };
		const scenes = [
			{
				prompt: 'FILL',
				turns: [{ calls: [{ tool: 'run', input: { command: 'echo filled' } }], usage }],
			},
			{ prompt: 'Stop here.', turns: [{ say: 'I filled it.' }] },
			{ prompt: 'The conversation had grown', turns: [{ say: 'room again' }] },
		];
		const agent = await openOwnAgent(scenes, dialect);
		const all = ['--permission-mode', 'all', '--window', '200000'];
		expect(await agent.print(...all, 'FILL')).toMatchObject({ stdout: 'room again\n' });
		expect(kinds(agent.entries()).slice(-2)).toEqual(['compacted', 'reply']);
	});

	test('goes on with a conversation', async () => {
		const scenes = [
			{ prompt: 'FIRST', turns: [{ say: 'one' }] },
			{ prompt: 'SECOND', turns: [{ say: 'two' }] },
		];
		const agent = await openOwnAgent(scenes, dialect);
		await agent.print('--conversation', 'talk', 'FIRST');
		const ran = await agent.print('--resume', 'talk', 'SECOND');
		expect(ran).toEqual({ code: 0, stdout: 'two\n', stderr: '' });
		expect(agent.api.requests.at(-1)?.said).toEqual(['FIRST', 'SECOND']);
	});

	test('stops where its tokens are used up, by one request', async () => {
		const calls = [{ tool: 'read', input: { path: '.' } }];
		const turns = Array.from({ length: 9 }, () => ({ calls, usage: { input: 600 } }));
		const agent = await openOwnAgent([{ prompt: 'SPEND', turns }], dialect);
		const ran = await agent.print('--max-tokens', '1000', 'SPEND');
		expect(ran.code).toBe(3);
		expect(ran.stderr).toContain('the budget is used up: 1,210 of 1,000 tokens');
		expect(agent.api.count()).toBe(2);
	});
});

describe('with a limit of money', () => {
	const calls = [{ tool: 'read', input: { path: '.' } }];
	const spend = (count: number) => ({
		prompt: 'SPEND',
		turns: Array.from({ length: count }, () => ({ calls, usage: { input: 100_000 } })),
	});

	test('it warns, and stops before the request that would begin beyond it', async () => {
		const agent = await openOwnAgent([spend(9)]);
		const ran = await agent.print('--max-cost', '0.5', 'SPEND');
		expect(ran.code).toBe(3);
		expect(ran.stderr).toContain('the budget is nearly used up: $0.40 of $0.50');
		expect(ran.stderr).toContain('the budget is used up: $0.60 of $0.50');
		expect(agent.api.count()).toBe(3);
		const id = JSON.parse(agent.transcript().split('\n', 1)[0] ?? '').id;
		const more = await agent.print('--resume', id, '--max-cost', '0.7', '--json');
		expect(JSON.parse(more.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
			...{ end: 'spent', usd: 0.8002 },
			why: expect.stringContaining('$0.80 of $0.70'),
		});
		expect(agent.api.count()).toBe(4);
	});

	test('it asks no stream anew that has used it up', async () => {
		const turns = [
			{ say: 'It begins', broken: 5, paceMs: 20, usage: { input: 300_000 } },
		];
		const agent = await openOwnAgent([{ prompt: 'BREAK', turns }]);
		const ran = await agent.print('--max-cost', '0.5', 'BREAK');
		expect(ran).toMatchObject({ code: 3, stdout: '' });
		expect(ran.stderr).toContain('the budget is used up: $0.60 of $0.50');
		expect(agent.api.count()).toBe(1);
	});

	test('a model needs a price, which the settings may give', async () => {
		const agent = await openOwnAgent([spend(9)], 'openai');
		const words = ['--max-cost', '0.5', '--model', 'of-mine', '--json', 'SPEND'];
		const refused = await agent.print(...words);
		expect(refused.code).toBe(3);
		expect(JSON.parse(refused.stdout)).toMatchObject({
			refusal: {
				code: 'model.no-price',
				message: 'of-mine has no price, so that --max-cost cannot hold it',
			},
		});
		expect(agent.api.count()).toBe(0);
		const settings = join(agent.env.HOME ?? '', '.config', 'weir');
		mkdirSync(settings, { recursive: true });
		const price = 'prices: {of-mine: {input: 4, output: 8}}\n';
		writeFileSync(join(settings, 'config.yaml'), price);
		const ran = await agent.print(...words);
		expect(ran.stdout).toContain('the budget is used up: $0.80 of $0.50');
		expect(agent.api.count()).toBe(2);
	});
});

test('where weir does not answer, it goes on', async () => {
	const socket = join(makeScratch(), 'socket');
	const inPane = { WEIR_SOCKET: socket, WEIR_TOKEN: 'of-the-test-0123456789' };
	const scenes = [{ prompt: 'HELLO', turns: [{ say: 'here' }] }];
	const agent = await openOwnAgent(scenes, 'anthropic', inPane);
	expect(await agent.print('HELLO')).toMatchObject({ code: 0, stdout: 'here\n' });
	let heard = 0;
	const silent = createServer(() => {
		heard += 1;
	}).listen(socket);
	onTestFinished(() => void silent.close());
	expect(await agent.print('HELLO')).toMatchObject({ code: 0, stdout: 'here\n' });
	expect(heard).toBe(1);
});

test('a command finds no key where its parent was given it', async () => {
	const command = "tr '\\0' '\\n' < /proc/$PPID/environ > found; env >> found";
	const turns = [{ calls: [{ tool: 'run', input: { command } }] }, { say: 'looked' }];
	const agent = await openOwnAgent([{ prompt: 'LOOK', turns }]);
	const ran = await agent.print('--permission-mode', 'all', 'LOOK');
	expect(ran).toMatchObject({ code: 0, stdout: 'looked\n' });
	const found = readFileSync(join(agent.folder, 'found'), 'utf8');
	expect(found).toContain(`HOME=${agent.env.HOME}`);
	expect(found).not.toContain(agent.env.ANTHROPIC_API_KEY);
});

test('says which variable it needs', async () => {
	const agent = await openOwnAgent([], null);
	const ran = await agent.print('HELLO');
	expect(ran).toMatchObject({ code: 3, stdout: '' });
	expect(ran.stderr).toContain('neither ANTHROPIC_API_KEY nor OPENAI_API_KEY is set');
	const named = await agent.print('--model', 'gpt-5.5', 'HELLO');
	expect(named.stderr).toContain('OPENAI_API_KEY is not set');
});

test('changes nothing without leave where nobody is there to be asked', async () => {
	const calls = [
		{ tool: 'write', input: { path: 'made', content: 'x' } },
		{ tool: 'run', input: { command: 'touch ran' } },
	];
	const agent = await openOwnAgent([
		{ prompt: 'TRY', turns: [{ calls }, { say: 'no' }] },
	]);
	expect((await agent.print('TRY')).code).toBe(0);
	const told = agent.api.requests.at(-1)?.said.join('\n');
	expect(told).toContain('it would take --permission-mode edits or all');
	expect(told).toContain('it would take --permission-mode all');
	expect(() => readFileSync(join(agent.folder, 'made'))).toThrow(/ENOENT/);
	expect(() => readFileSync(join(agent.folder, 'ran'))).toThrow(/ENOENT/);
});
