// Lines of records, in the shapes that were found by running the CLIs.
import { expect, test } from 'vitest';
import { claudeUsage } from '../../../src/agents/claude-usage.ts';
import { codexUsage } from '../../../src/agents/codex-usage.ts';
import { copilotUsage } from '../../../src/agents/copilot-usage.ts';
import { geminiUsage } from '../../../src/agents/gemini-usage.ts';
import { piUsage } from '../../../src/agents/pi-usage.ts';
import { plainReply } from '../../../src/agents/plain-usage.ts';
import { qwenUsage } from '../../../src/agents/qwen-usage.ts';
import type { UsageContext } from '../../../src/agents/usage.ts';
import { usageFiles } from '../../../src/agents/usage-files.ts';

const context: UsageContext = {
	worktree: '/trees/api.v2',
	home: '/home/me',
	environment: {},
	days: ['2026-11-21', '2026-11-22'],
};
const at = '2026-11-22T10:00:00.000Z';

const assistant = {
	type: 'assistant',
	timestamp: at,
	message: {
		id: 'msg_1',
		model: 'claude-sonnet-5',
		usage: {
			input_tokens: 3,
			cache_creation_input_tokens: 700,
			cache_creation: { ephemeral_5m_input_tokens: 200, ephemeral_1h_input_tokens: 500 },
			cache_read_input_tokens: 9000,
			output_tokens: 120,
		},
	},
};

function claude(record: unknown) {
	return claudeUsage.lines(context).read(JSON.stringify(record));
}

test('a reply of Claude Code is told by its message, with what went into the cache for an hour', () => {
	expect(claude(assistant)).toEqual({
		...{ id: 'msg_1', model: 'claude-sonnet-5', at },
		tokens: {
			...{ input: 3, cacheRead: 9000, cacheWrite: 700, longWrite: 500 },
			...{ output: 120, reasoning: 0 },
		},
	});
	const sidechain = { ...assistant, isSidechain: true, agentId: 'a1' };
	expect(claude(sidechain)?.id).toBe('msg_1');
});

test.each([
	[
		'an error that it words itself',
		{ message: { ...assistant.message, model: '<synthetic>' } },
	],
	['what a person typed', { type: 'user' }],
	['a reply without an id', { message: { ...assistant.message, id: 7 } }],
	['usage that is no object', { message: { ...assistant.message, usage: 'much' } }],
])('nothing is told by %s', (_, change) => {
	expect(claude({ ...assistant, ...change })).toBeNull();
});

test('counts that are none are nothing, whatever stands in their place', () => {
	const usage = { input_tokens: -5, output_tokens: '12', cache_read_input_tokens: 1e300 };
	const reply = claude({ ...assistant, message: { ...assistant.message, usage } });
	expect(Object.values(reply?.tokens ?? {})).toEqual([0, 0, 0, 0, 0, 0]);
	for (const line of ['', '{"usage"', 'null "usage"', '["usage"]'])
		expect(claudeUsage.lines(context).read(line)).toBeNull();
});

test('the transcripts of Claude Code lie in the folder of the worktree, or where it was told', () => {
	const [folder] = claudeUsage.folders(context);
	expect(folder?.path).toBe('/home/me/.claude/projects/-trees-api-v2');
	expect(folder?.holds('c1/subagents/agent-a.jsonl')).toBe(true);
	const environment = { CLAUDE_CONFIG_DIR: '/elsewhere' };
	const [moved] = claudeUsage.folders({ ...context, environment });
	expect(moved?.path).toBe('/elsewhere/projects/-trees-api-v2');
});

const usage = {
	input_tokens: 1000,
	cached_input_tokens: 800,
	cache_write_input_tokens: 50,
	output_tokens: 90,
	reasoning_output_tokens: 40,
	total_tokens: 1090,
};
const told = {
	input: 150,
	cacheRead: 800,
	cacheWrite: 50,
	longWrite: 0,
	output: 90,
	reasoning: 40,
};

function codex(...records: readonly object[]) {
	const lines = codexUsage.lines(context);
	const replies = records.map((record) =>
		lines.read(JSON.stringify({ timestamp: at, ...record })),
	);
	return { lines, replies: replies.filter((reply) => reply !== null) };
}

const meta = (cwd: string) => ({ type: 'session_meta', payload: { id: 'thread', cwd } });
const turn = { type: 'turn_context', payload: { model: 'gpt-6-sol' } };
const response = {
	type: 'token_usage_record',
	payload: { response_id: 'r1', usage, thread_token_usage: usage },
};
const count = (total: number) => ({
	type: 'event_msg',
	payload: {
		type: 'token_count',
		info: { last_token_usage: usage, total_token_usage: { total_tokens: total } },
	},
});

test('a response of Codex is told once, its cached tokens apart, by the model of its turn', () => {
	const { replies } = codex(meta(context.worktree), turn, response, count(1090));
	expect(replies).toEqual([{ id: 'r1', model: 'gpt-6-sol', at, tokens: told }]);
});

test('of an older Codex the sums tell, each of them once', () => {
	const { replies } = codex(
		...[meta(context.worktree), turn, count(1090), count(1090), count(2180)],
		{ type: 'event_msg', payload: { type: 'token_count', info: null } },
	);
	expect(replies.map(({ id }) => id)).toEqual([
		...['thread 1090', 'thread 1090', 'thread 2180'],
	]);
});

test('a thread that was started elsewhere is none of the agent', () => {
	expect(codex(meta('/elsewhere')).lines.foreign).toBe(true);
	const child = codex(meta(context.worktree), meta('/elsewhere'));
	expect(child.lines.foreign).toBe(false);
});

test('Codex keeps its threads by the day', () => {
	expect(codexUsage.folders(context).map(({ path }) => path)).toEqual([
		'/home/me/.codex/sessions/2026/11/21',
		'/home/me/.codex/sessions/2026/11/22',
	]);
});

test("a record in weir's own words", () => {
	const record = { id: 'a', model: 'm', at, input: 1, cacheRead: 2, cacheWrite: 3 };
	expect(plainReply(JSON.stringify({ ...record, output: 4, reasoning: 5 }))).toEqual({
		...{ id: 'a', model: 'm', at },
		tokens: {
			...{ input: 1, cacheRead: 2, cacheWrite: 3, longWrite: 0, output: 4, reasoning: 5 },
		},
	});
	expect(plainReply(JSON.stringify(record))).toBeNull();
});

test.each([
	['logs/usage.jsonl', '/trees/api.v2/logs', 0, ['usage.jsonl'], ['usage_jsonl']],
	['~/.x/**/*.jsonl', '/home/me/.x', 8, ['a.jsonl', 'b/c/d.jsonl'], ['a.json']],
	[
		'~/.x/*/run-*.jsonl',
		'/home/me/.x',
		1,
		['b/run-1.jsonl'],
		['run-1.jsonl', 'b/c/run-1.jsonl'],
	],
])('the pattern %s', (files, path, depth, holds, not) => {
	const [folder] = usageFiles({ format: 'weir', files }).folders(context);
	expect(folder).toMatchObject({ path, depth });
	expect(holds.filter((one) => !folder?.holds(one))).toEqual([]);
	expect(not.filter((one) => folder?.holds(one))).toEqual([]);
});

test('a response of Qwen Code is told by its record of it, side calls too, its cache apart', () => {
	const uiEvent = {
		...{ 'event.name': 'qwen-code.api_response', 'event.timestamp': at },
		...{ response_id: 'chatcmpl-1', model: 'qwen3-coder', input_token_count: 10 },
		...{ output_token_count: 5, cached_content_token_count: 4, thoughts_token_count: 2 },
	};
	const record = { type: 'system', subtype: 'ui_telemetry', systemPayload: { uiEvent } };
	const lines = qwenUsage.lines(context);
	expect(lines.read(JSON.stringify(record))).toEqual({
		...{ id: 'chatcmpl-1', model: 'qwen3-coder', at },
		tokens: {
			...{ input: 6, cacheRead: 4, cacheWrite: 0, longWrite: 0 },
			...{ output: 5, reasoning: 2 },
		},
	});
	// The reply itself says it again.
	const reply = { type: 'assistant', model: 'qwen3-coder', usageMetadata: {} };
	expect(lines.read(JSON.stringify(reply))).toBeNull();
	const [folder] = qwenUsage.folders(context);
	expect(folder?.path).toBe('/home/me/.qwen/projects/-trees-api-v2/chats');
});

test('a reply of pi is told by its message, its cache apart already', () => {
	const usage = { input: 6, output: 5, cacheRead: 4, cacheWrite: 1, totalTokens: 16 };
	const message = { role: 'assistant', model: 'm', responseId: 'r1', usage };
	const lines = piUsage.lines(context);
	expect(
		lines.read(JSON.stringify({ type: 'message', id: 'e1', timestamp: at, message })),
	).toEqual({
		...{ id: 'r1', model: 'm', at },
		tokens: {
			...{ input: 6, cacheRead: 4, cacheWrite: 1, longWrite: 0 },
			...{ output: 5, reasoning: 0 },
		},
	});
	const [folder] = piUsage.folders(context);
	expect(folder?.path).toBe('/home/me/.pi/agent/sessions/--trees-api.v2--');
});

const hitLimit = {
	type: 'assistant',
	timestamp: at,
	isApiErrorMessage: true,
	error: 'rate_limit',
	apiErrorStatus: 429,
	message: {
		model: '<synthetic>',
		content: [{ type: 'text', text: "You've hit your session limit · resets 3pm (UTC)" }],
	},
};

test('a limit that Claude Code words itself is told with its time, another error is none', () => {
	const lines = claudeUsage.lines(context);
	expect(lines.read(JSON.stringify(hitLimit))).toBeNull();
	const until = '2026-11-22T15:00:00.000Z';
	expect(lines.limit).toMatchObject({ until, at });
	const other = claudeUsage.lines(context);
	other.read(JSON.stringify({ ...hitLimit, error: 'server_error' }));
	expect(other.limit).toBeNull();
});

test('a window of Codex that is full is a limit until it ends', () => {
	const end = Date.parse('2026-11-22T12:00:00.000Z') / 1000;
	const full = (used: number) => ({
		type: 'event_msg',
		payload: {
			type: 'token_count',
			info: null,
			rate_limits: {
				primary: { used_percent: used, resets_at: end },
				secondary: { used_percent: 40, resets_at: end + 86_400 },
			},
		},
	});
	expect(codex(meta(context.worktree), full(99)).lines.limit).toBeNull();
	expect(codex(meta(context.worktree), full(100)).lines.limit?.until).toBe(
		'2026-11-22T12:00:00.000Z',
	);
});

test('a reply of Gemini CLI is told by its line, its cache apart, what it thought part of its output', () => {
	const tokens = { input: 14, output: 5, cached: 4, thoughts: 2, tool: 1, total: 22 };
	const line = { id: 'r1', type: 'gemini', model: 'm', timestamp: at, tokens };
	const lines = geminiUsage.lines(context);
	expect(lines.read(JSON.stringify(line))).toEqual({
		...{ id: 'r1', model: 'm', at },
		tokens: {
			...{ input: 11, cacheRead: 4, cacheWrite: 0, longWrite: 0 },
			...{ output: 7, reasoning: 2 },
		},
	});
	expect(lines.read(JSON.stringify({ ...line, type: 'user' }))).toBeNull();
});

test('a session of Copilot CLI counts what it used of its own worktree', () => {
	const begun = (cwd: string) =>
		JSON.stringify({ type: 'session.start', data: { context: { cwd } } });
	const used = JSON.stringify({
		type: 'session.usage_record',
		timestamp: at,
		data: {
			usage: {
				...{ model: 'gpt-5.4', inputTokens: 14, outputTokens: 5 },
				...{ cacheReadTokens: 4, cacheWriteTokens: 1, apiCallId: 'call' },
				accounting: { usageId: 'use_1' },
			},
		},
	});
	const lines = copilotUsage.lines(context);
	expect(lines.read(begun('/trees/api.v2'))).toBeNull();
	expect(lines.read(used)).toEqual({
		...{ id: 'use_1', model: 'gpt-5.4', at },
		tokens: {
			...{ input: 9, cacheRead: 4, cacheWrite: 1, longWrite: 0 },
			...{ output: 5, reasoning: 0 },
		},
	});
	const others = copilotUsage.lines(context);
	others.read(begun('/trees/other'));
	expect(others.foreign).toBe(true);
	expect(others.read(used)).toBeNull();
	const [folder] = copilotUsage.folders({
		...context,
		environment: { COPILOT_HOME: '/c' },
	});
	expect(folder?.path).toBe('/c/session-state');
	expect(folder?.holds('1/events.jsonl')).toBe(true);
	expect(folder?.holds('1/workspace.yaml')).toBe(false);
});
