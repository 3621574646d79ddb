// weir's own agent in a pane, against the scripted model API.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CostsJson } from '../../src/protocol/cost.ts';
import { until } from '../support/agents.ts';
import { type Scene, startModelApi } from '../support/model-api.ts';
import { commitFiles } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

const key = 'sk-of-the-test-only-0123456789';

async function openWeir(scenes: readonly Scene[], settings?: string) {
	const api = await startModelApi(scenes);
	onTestFinished(() => api[Symbol.asyncDispose]());
	const weir = scratchWeir();
	onTestFinished(() => weir.close());
	if (settings !== undefined) {
		commitFiles(weir.repo, { '.weir/config.yaml': settings }, 'settings');
		await weir.run('trust', '--yes');
	}
	const env = { ANTHROPIC_BASE_URL: api.url, ANTHROPIC_API_KEY: key };
	const start = async (name: string, prompt: string, ...more: readonly string[]) => {
		const words = ['new', name, '--agent', 'weir', '--prompt', prompt, ...more];
		const { code, stderr } = await weir.runWith({ env }, ...words);
		if (code !== 0) throw new Error(stderr);
	};
	return { api, weir, start, env };
}

/** The item of the inbox that says this. */
async function itemWith(weir: ScratchWeir, words: string): Promise<Item> {
	const found: Item[] = [];
	await until(`the inbox says ${words}`, async () => {
		const { items } = await weir.json<{ items: Item[] }>('inbox');
		found.push(...items.filter(({ text }) => text.includes(words)));
		return found.length > 0;
	});
	const [item] = found;
	if (!item) throw new Error(`nothing says ${words}`);
	return item;
}

interface Item {
	readonly id: string;
	readonly text: string;
}

const edits = (path: string) => ({
	tool: 'write',
	input: { path, content: 'made\n' },
});

test('it asks before it writes, is answered in the inbox, and says that it is done', async () => {
	const { weir, start, api } = await openWeir([
		{
			prompt: 'MAKE',
			turns: [
				{ calls: [edits('src/made.txt')], usage: { input: 1000, output: 50 } },
				{ calls: [edits('outside.txt')] },
				{ calls: [{ tool: 'done', input: { note: 'made it' } }] },
				{ say: 'All is made.' },
			],
		},
	]);
	await start('api', 'MAKE it', '--scope', 'src/**');
	const asked = await itemWith(weir, 'made.txt');
	expect(asked.text).toContain('Write: src/made.txt');
	expect((await weir.agent('api')).state).toBe('needs-approval');
	expect(await weir.run('answer', asked.id, 'y')).toMatchObject({ code: 0 });
	await weir.shows('api', 'All is made.');
	const { worktree, state, source } = await weir.agent('api');
	expect(readFileSync(join(worktree, 'src/made.txt'), 'utf8')).toBe('made\n');
	expect({ state, source }).toEqual({ state: 'done', source: 'osc7501' });
	// The second one is refused by weir before anybody is asked.
	const told = api.requests.flatMap(({ said }) => said).join('\n');
	expect(told).toContain('weir refused this write: outside.txt is outside of your scope');
	expect(told).toContain('weir knows that you are done');
	await until('its tokens are counted', async () => {
		const { stdout } = await weir.run('cost', '--json');
		return stdout.includes('"input":1030') && stdout.includes('claude-sonnet-5-5');
	});
	const log = await weir.run('log', '--json');
	expect(log.stdout).not.toContain(key);
});

test('killed in the midst of a command it goes on without running it again', async () => {
	const { weir, start, api, env } = await openWeir(
		[
			{
				prompt: 'COUNT',
				turns: [
					{ calls: [{ tool: 'run', input: { command: 'echo once >> log; sleep 100' } }] },
					{ say: 'I see that it was cut off.' },
				],
			},
			{ prompt: 'GO ON', turns: [{ say: 'on I go' }] },
		],
		'agents:\n  free: {like: weir, command: [weir, agent, --permission-mode, all]}\n',
	);
	await start('api', 'COUNT it', '--agent', 'free');
	const { worktree } = await weir.agent('api');
	await until('its command runs', () => existsSync(join(worktree, 'log')));
	const { pid } = await weir.agent('api');
	if (pid === null) throw new Error('it has no program');
	process.kill(pid, 'SIGKILL');
	await weir.run('wait', 'api', '--until', 'failed');
	const again = await weir.runWith(
		{ env },
		'respawn',
		'api',
		'--resume',
		'--note',
		'GO ON',
	);
	expect(again).toMatchObject({ code: 0 });
	await weir.shows('api', 'on I go');
	expect(readFileSync(join(worktree, 'log'), 'utf8')).toBe('once\n');
	expect(api.requests.at(-1)?.said.join('\n')).toMatch(
		/interrupted: your program[^]*GO ON/,
	);
});

test('it asks the human, and looks at its gates', async () => {
	const { weir, start, api } = await openWeir(
		[
			{
				prompt: 'ASK',
				turns: [
					{
						calls: [
							{ tool: 'ask', input: { question: 'Keep it?', choices: ['keep', 'drop'] } },
							{ tool: 'gates', input: {} },
						],
					},
					{ say: 'asked and looked' },
				],
			},
		],
		"gates:\n  test: {run: 'echo src/a.txt:1:1: error: wrong; exit 1', when: demand}\n",
	);
	await start('api', 'ASK them');
	const asked = await itemWith(weir, 'Keep it?');
	expect(await weir.run('answer', asked.id, '2')).toMatchObject({ code: 0 });
	await weir.shows('api', 'asked and looked');
	const told = api.requests.at(-1)?.said.join('\n') ?? '';
	expect(told).toMatch(/^drop$/m);
	expect(told).toMatch(/test: failed[^]*src\/a\.txt:1/);
});

test('ten agents with instant replies are held at their limit, none by more than one request beyond it', async () => {
	const names = Array.from({ length: 10 }, (_, at) => `a${at}`);
	const calls = [{ tool: 'read', input: { path: '.' } }];
	const turns = Array.from({ length: 40 }, () => ({
		...{ calls, usage: { input: 995, output: 5 } },
	}));
	const { api, weir, env } = await openWeir(
		[{ prompt: 'SPEND', turns }],
		'budget: {agent: {tokens: 3500}}\n',
	);
	const words = ['--agent', 'weir', '--prompt', 'SPEND it'];
	expect(await weir.runWith({ env }, 'new', ...names, ...words)).toMatchObject({
		code: 0,
	});
	for (const name of names) await weir.json('wait', name, '--until', 'paused');
	// The fourth reply of each exceeds it. One that weir did not answer within its time goes on by itself
	// and is paused once its next reply is seen.
	const { agents } = await weir.json<CostsJson>('cost');
	const beyond = agents.map(({ replies }) => replies - 4);
	expect(beyond).toHaveLength(10);
	expect(Math.max(...beyond)).toBeLessThanOrEqual(1);
	const asked = api.count();
	const item = await itemWith(weir, 'it used 4k of 3.5k tokens');
	await weir.json('answer', item.id, 'amount', '--text', '5500');
	await until('it goes on to its new limit', () => api.count() >= asked + 2);
});

test('without a key it says which variable it needs', async () => {
	const { weir } = await openWeir([]);
	expect(await weir.run('new', 'api', '--agent', 'weir')).toMatchObject({ code: 0 });
	await weir.shows('api', 'neither ANTHROPIC_API_KEY nor OPENAI_API_KEY is set');
});

test('its prompt may be read, where nobody types', async () => {
	const scene = { prompt: 'PIPED', turns: [{ say: 'It is read.' }] };
	const { weir, env } = await openWeir([scene]);
	const piped = { env, input: 'PIPED words\n' };
	const read = await weir.runWith(piped, 'agent', '--print', '-');
	expect(read).toMatchObject({ code: 0, stdout: 'It is read.\n' });
	const typed = await weir.runWith(piped, 'agent', '-');
	expect(typed).toMatchObject({ code: 2 });
	expect(typed.stderr).toContain('read with --print');
});
