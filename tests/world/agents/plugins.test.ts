// The plugins that weir gives to CLIs without hooks, loaded as the CLIs load them. Their hooks are programs.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { plainReply } from '../../../src/agents/plain-usage.ts';
import { pluginFile } from '../../../src/agents/plugin.ts';
import { until } from '../../support/agents.ts';
import { makeScratch } from '../../support/scratch.ts';

let folder: string;
beforeEach(() => {
	folder = makeScratch();
});

const log = () => join(folder, 'log');

/** What hooks were told, in order. */
function told(): readonly Record<string, unknown>[] {
	if (!existsSync(log())) return [];
	const lines = readFileSync(log(), 'utf8').split('\n').filter(Boolean);
	return lines.map((line) => JSON.parse(line));
}

/** A hook that keeps its payload, and then does as it is told. */
function hookThat(does: string): readonly string[] {
	const keep = '{ cat; echo; } >> "$0"';
	return ['sh', '-c', `${keep}; ${does}`, log()];
}

/** As its CLI gets it: by the file of a start. */
async function load(
	name: 'opencode' | 'pi',
	hooks: { readonly hook?: string; readonly guardHook?: string },
) {
	const exported = name === 'pi' ? 'default' : 'const Weir =';
	const file = join(folder, 'weir.js');
	const { hook = 'exit 0', guardHook = 'exit 0' } = hooks;
	writeFileSync(
		file,
		pluginFile(
			name,
			exported,
			{ hook: hookThat(hook), guardHook: hookThat(guardHook) },
			{ records: join(folder, 'records') },
		),
	);
	return await import(pathToFileURL(file).href);
}

/** Fail in any way, and how the model is told. */
const refusing = [
	['echo not yours', 'not yours'],
	['echo no weir >&2; exit 2', 'no weir'],
	['exit 1', 'could not be asked'],
	['kill -9 $$', 'could not be asked'],
] as const;

describe('opencode', () => {
	const posted: [url: string, body: unknown][] = [];
	const client = {
		_client: {
			post: async ({ url, body }: { url: string; body: unknown }) => {
				posted.push([url, body]);
			},
		},
	};

	async function plugin(hooks: { hook?: string; guardHook?: string }) {
		posted.length = 0;
		const { Weir } = await load('opencode', hooks);
		const made = await Weir({ client, directory: '/w' });
		const happens = (type: string, properties: object) =>
			made.event({ event: { type, properties } });
		const before = (tool: string, args: object): Promise<void> =>
			made['tool.execute.before']({ tool }, { args });
		return { happens, before };
	}

	test.each(refusing)(
		'does not write where its hook says so by: %s',
		async (does, why) => {
			const { before } = await plugin({ guardHook: does });
			await expect(before('edit', { filePath: 'a' })).rejects.toThrow(why);
			await expect(before('read', { filePath: 'a' })).resolves.toBeUndefined();
			expect(told()).toEqual([
				{ tool_name: 'edit', tool_input: { filePath: 'a' }, cwd: '/w' },
			]);
		},
	);

	test('writes where its hook says nothing', async () => {
		const { before } = await plugin({});
		await expect(before('write', { filePath: 'a' })).resolves.toBeUndefined();
	});

	test('tells what it does in order, and how it ended', async () => {
		const { happens } = await plugin({});
		const busy = { sessionID: 's', status: { type: 'busy' } };
		await happens('session.created', { info: { id: 's' } });
		await happens('session.status', busy);
		await happens('session.status', busy);
		await happens('message.part.updated', {
			part: { type: 'text', sessionID: 's', text: 'all is well' },
		});
		await happens('session.idle', { sessionID: 's' });
		await happens('session.status', busy);
		await happens('session.error', {
			sessionID: 's',
			error: { name: 'MessageAbortedError' },
		});
		await happens('session.idle', { sessionID: 's' });
		// It says so twice.
		await happens('session.idle', { sessionID: 's' });
		await happens('session.status', busy);
		await happens('session.error', {
			sessionID: 's',
			error: { name: 'APIError', data: { message: 'over quota' } },
		});
		await happens('session.idle', { sessionID: 's' });
		await until('all is told', () => told().length === 6);
		expect(told().map((one) => one.hook_event_name)).toEqual([
			...['UserPromptSubmit', 'Stop', 'UserPromptSubmit', 'Interrupt'],
			...['UserPromptSubmit', 'StopFailure'],
		]);
		expect(told()[1]).toMatchObject({ last_assistant_message: 'all is well' });
		expect(told()[5]).toMatchObject({ session_id: 's', error: 'over quota' });
	});

	test('tells that it waits to try again, and when it goes on', async () => {
		const { happens } = await plugin({});
		const is = (status: object) => happens('session.status', { sessionID: 's', status });
		await is({ type: 'busy' });
		await is({ type: 'retry', attempt: 1, message: 'overloaded', next: 1 });
		await is({ type: 'busy' });
		await is({ type: 'busy' });
		await happens('session.idle', { sessionID: 's' });
		await until('all is told', () => told().length === 4);
		expect(told()).toMatchObject([
			{ hook_event_name: 'UserPromptSubmit' },
			{ hook_event_name: 'Retry', error: 'overloaded' },
			{ hook_event_name: 'UserPromptSubmit' },
			{ hook_event_name: 'Stop' },
		]);
	});

	test('says of a subagent that it is one', async () => {
		const { happens } = await plugin({});
		await happens('session.created', { info: { id: 'sub', parentID: 's' } });
		await happens('session.status', { sessionID: 'sub', status: { type: 'busy' } });
		await until('it is told', () => told().length === 1);
		expect(told()[0]).toMatchObject({ session_id: 'sub', agent_id: 'sub' });
	});

	test('writes down what a reply used, once, when it is whole', async () => {
		const { happens } = await plugin({});
		const info = {
			...{ id: 'msg_1', role: 'assistant', sessionID: 's', modelID: 'm' },
			tokens: { input: 10, output: 5, reasoning: 2, cache: { read: 4, write: 1 } },
		};
		await happens('message.updated', { info: { ...info, time: { created: 1 } } });
		for (const _ of [1, 2])
			await happens('message.updated', { info: { ...info, time: { completed: 1000 } } });
		const written = readFileSync(join(folder, 'records', 's.jsonl'), 'utf8');
		expect(plainReply(written)).toEqual({
			...{ id: 'msg_1', model: 'm', at: '1970-01-01T00:00:01.000Z' },
			tokens: {
				...{ input: 10, cacheRead: 4, cacheWrite: 1, longWrite: 0 },
				...{ output: 7, reasoning: 2 },
			},
		});
		expect(written.split('\n').filter(Boolean)).toHaveLength(1);
	});

	const asked = {
		...{ id: 'per_1', sessionID: 's', permission: 'bash', patterns: ['ls'] },
		metadata: { command: 'ls -l' },
	};
	const decision = (behavior: string, more = '') =>
		`echo '{"hookSpecificOutput":{"decision":{"behavior":"${behavior}"${more}}}}'`;

	test.each([
		[decision('allow'), { reply: 'once' }],
		[decision('deny', ',"message":"not now"'), { reply: 'reject', message: 'not now' }],
	])('a permission is answered as weir says: %s', async (hook, body) => {
		const { happens } = await plugin({ hook });
		await happens('permission.asked', asked);
		await until('it is answered', () => posted.length === 1);
		expect(posted).toEqual([['/permission/per_1/reply', body]]);
		expect(told()[0]).toMatchObject({
			...{ hook_event_name: 'PermissionRequest', tool_name: 'bash' },
			tool_input: { command: 'ls -l' },
		});
	});

	test('whoever answers in the pane ends the hook, and it is told that it goes on', async () => {
		const pid = join(folder, 'pid');
		const { happens } = await plugin({
			hook: `tail -n 1 "$0" | grep -q PermissionRequest || exit 0; echo $$ > ${pid}.new; mv ${pid}.new ${pid}; exec sleep 1000`,
		});
		await happens('permission.asked', asked);
		await until('the hook waits', () => existsSync(pid));
		await happens('permission.replied', { sessionID: 's', requestID: 'per_1' });
		await until('the hook is gone', () => {
			try {
				return !process.kill(Number(readFileSync(pid, 'utf8')), 0);
			} catch {
				return true;
			}
		});
		expect(posted).toEqual([]);
		expect(told().map((one) => one.hook_event_name)).toEqual([
			...['PermissionRequest', 'UserPromptSubmit'],
		]);
	});

	test('what a subagent asks is not of its own conversation', async () => {
		const { happens } = await plugin({ hook: decision('allow') });
		await happens('session.created', { info: { id: 'sub', parentID: 's' } });
		await happens('permission.asked', { ...asked, sessionID: 'sub' });
		await until('it is answered', () => posted.length === 1);
		expect(told()[0]).toMatchObject({ agent_id: 'sub' });
	});

	test('is asked again where a hook ended without an answer', async () => {
		const again = join(folder, 'again');
		const { happens } = await plugin({
			hook: `[ -e ${again} ] || { touch ${again}; exit 0; }; ${decision('allow')}`,
		});
		await happens('permission.asked', asked);
		await until('it is answered', () => posted.length === 1);
		expect(told()).toHaveLength(2);
	});

	test('it goes on once nothing that it asked is open any more', async () => {
		const { happens } = await plugin({
			hook: 'tail -n 1 "$0" | grep -q PermissionRequest || exit 0; exec sleep 1000',
		});
		await happens('session.status', { sessionID: 's', status: { type: 'busy' } });
		await until('it works', () => told().length === 1);
		for (const [before, id] of ['per_1', 'per_2'].entries()) {
			await happens('permission.asked', { ...asked, id });
			await until('it is asked', () => told().length === before + 2);
		}
		for (const requestID of ['per_1', 'per_2'])
			await happens('permission.replied', { sessionID: 's', requestID });
		await happens('session.idle', { sessionID: 's' });
		await until('its end is told', () => told().length === 5);
		expect(told().map((one) => one.hook_event_name)).toEqual([
			...['UserPromptSubmit', 'PermissionRequest', 'PermissionRequest'],
			...['UserPromptSubmit', 'Stop'],
		]);
	});

	test('a question is answered in its own words', async () => {
		const answers = ',"updatedInput":{"answers":{"Which?":"Blue"}}';
		const { happens } = await plugin({ hook: decision('allow', answers) });
		const questions = [{ question: 'Which?', options: [{ label: 'Blue' }] }];
		await happens('question.asked', { id: 'que_1', sessionID: 's', questions });
		await until('it is answered', () => posted.length === 1);
		expect(posted).toEqual([['/question/que_1/reply', { answers: [['Blue']] }]]);
	});
});

describe('pi', () => {
	const context = { cwd: '/w', sessionManager: { getSessionId: () => 'id' } };

	async function extension(hooks: { hook?: string; guardHook?: string }) {
		const handlers = new Map<string, (event: object, context: object) => unknown>();
		const { default: weir } = await load('pi', hooks);
		weir({
			on: (name: string, handler: (event: object, context: object) => unknown) =>
				handlers.set(name, handler),
		});
		return (name: string, event: object) => handlers.get(name)?.(event, context);
	}

	test.each(refusing)(
		'does not write where its hook says so by: %s',
		async (does, why) => {
			const happens = await extension({ guardHook: does });
			expect(
				await happens('tool_call', { toolName: 'write', input: { path: 'a' } }),
			).toEqual({ block: true, reason: expect.stringContaining(why) });
			expect(await happens('tool_call', { toolName: 'bash', input: {} })).toBeUndefined();
		},
	);

	test.each([
		[{ stopReason: 'stop', content: [{ type: 'text', text: 'done' }] }, 'Stop'],
		[{ stopReason: 'aborted', content: [] }, 'Interrupt'],
		[{ stopReason: 'error', errorMessage: 'over', content: [] }, 'StopFailure'],
	])('tells how a turn ended: %j', async (message, event) => {
		const happens = await extension({});
		happens('agent_start', {});
		happens('agent_end', { messages: [{ role: 'assistant', ...message }] });
		await until('both are told', () => told().length === 2);
		expect(told().map((one) => one.hook_event_name)).toEqual(['UserPromptSubmit', event]);
		expect(told()[1]).toMatchObject({ session_id: 'id' });
	});
});
