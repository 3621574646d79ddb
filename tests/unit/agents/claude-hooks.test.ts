import { describe, expect, test } from 'vitest';
import type { HookMeaning } from '../../../src/agents/adapter.ts';
import { claudeHook } from '../../../src/agents/claude-hooks.ts';

/** As Claude Code 2.1.330 sent it, paths shortened. */
const common = {
	session_id: 'fb48423b-1b8e-462a-8a28-a005f1fbfe58',
	transcript_path: '/home/p/.claude/projects/-w/fb48423b.jsonl',
	cwd: '/w',
	prompt_id: '29d06d19-2a57-4ff6-83ab-feb404e61b93',
	permission_mode: 'default',
};

const bash = {
	...common,
	hook_event_name: 'PermissionRequest',
	tool_name: 'Bash',
	tool_input: { command: 'touch made\nls', description: 'Makes a file' },
	permission_suggestions: [
		{ type: 'addDirectories', directories: ['/w'], destination: 'localSettings' },
		{ type: 'setMode', mode: 'acceptEdits', destination: 'session' },
	],
};

const colours = {
	question: 'Which colour?',
	header: 'Colour',
	options: [
		{ label: 'Red', description: 'like fire' },
		{ label: 'Blue', description: 'like water' },
	],
	multiSelect: false,
};
const sizes = { question: 'Which sizes?', options: [{ label: 'S' }], multiSelect: true };
const asking = (...questions: object[]) => ({
	...common,
	hook_event_name: 'PermissionRequest',
	tool_name: 'AskUserQuestion',
	tool_input: { questions },
});

function questionsOf(payload: unknown) {
	const meaning: HookMeaning | null | undefined = claudeHook(payload)?.meaning;
	if (meaning?.kind !== 'questions') throw new Error('asks nothing');
	return meaning;
}

function decisionOf(printed: string): unknown {
	return JSON.parse(printed).hookSpecificOutput;
}

describe('states', () => {
	test.each([
		[{ hook_event_name: 'SessionStart', source: 'resume' }, 'idle', null],
		[{ hook_event_name: 'UserPromptSubmit', prompt: 'go' }, 'working', null],
		[{ hook_event_name: 'Retry', error: 'overloaded' }, 'waiting', 'overloaded'],
		[
			{ hook_event_name: 'Stop', last_assistant_message: 'made it\nand more' },
			'done',
			'made it',
		],
		[{ hook_event_name: 'StopFailure', error: 'rate_limit' }, 'failed', 'rate_limit'],
		[{ hook_event_name: 'Interrupt' }, 'idle', 'interrupted'],
		[{ hook_event_name: 'Notification', notification_type: 'idle_prompt' }, 'idle', null],
		[
			{
				hook_event_name: 'Stop',
				last_assistant_message: 'waits',
				background_tasks: [{ id: 'a', type: 'subagent', status: 'running' }],
			},
			'working',
			'its subagents work',
		],
	])('%j means %s', (payload, state, why) => {
		expect(claudeHook({ ...common, ...payload })).toEqual({
			conversation: common.session_id,
			meaning: { kind: 'word', word: { state, why } },
		});
	});

	test('a conversation in which nothing was said yet is none to go on with', () => {
		const payload = { ...common, hook_event_name: 'SessionStart', source: 'startup' };
		expect(claudeHook(payload)).toEqual({
			conversation: null,
			meaning: { kind: 'word', word: { state: 'idle', why: null } },
		});
	});

	test('a conversation that is made shorter goes on working', () => {
		const payload = { ...common, hook_event_name: 'SessionStart', source: 'compact' };
		expect(claudeHook(payload)?.meaning).toBeNull();
	});

	test('a subagent says nothing of the agent, but what it may do is asked', () => {
		const part = { agent_id: 'afc326a8005310619', agent_type: 'general-purpose' };
		const stop = { ...common, ...part, hook_event_name: 'Stop' };
		expect(claudeHook(stop)).toEqual({ meaning: null, conversation: null });
		expect(questionsOf({ ...bash, ...part }).questions).toHaveLength(1);
	});

	test('what is no payload of a hook means nothing', () => {
		for (const payload of [null, 'text', [], { event: 'Stop' }])
			expect(claudeHook(payload)).toBeNull();
	});
});

describe('a permission', () => {
	test('is asked with its command, and what it is for', () => {
		const [asked] = questionsOf(bash).questions;
		expect(asked).toMatchObject({
			wants: 'approval',
			text: 'Bash: touch made',
			detail: 'Makes a file\ntouch made\nls',
		});
		expect(asked?.choices.map(({ key }) => key)).toEqual(['y', 'a', 'n']);
	});

	test('is given once', () => {
		const { print } = questionsOf(bash);
		expect(decisionOf(print([{ choice: 'y', text: null }]))).toEqual({
			hookEventName: 'PermissionRequest',
			decision: { behavior: 'allow' },
		});
	});

	test('is given for the conversation, and neither kept in a file nor widened to a mode', () => {
		const { print } = questionsOf(bash);
		expect(decisionOf(print([{ choice: 'a', text: null }]))).toMatchObject({
			decision: {
				behavior: 'allow',
				updatedPermissions: [
					{ type: 'addDirectories', directories: ['/w'], destination: 'session' },
				],
			},
		});
	});

	test('is given once only where nothing is proposed that would last', () => {
		const { permission_suggestions: _, ...plain } = bash;
		const [asked] = questionsOf(plain).questions;
		expect(asked?.choices.map(({ key }) => key)).toEqual(['y', 'n']);
	});

	test('is refused with words', () => {
		const { print } = questionsOf(bash);
		expect(decisionOf(print([{ choice: 'n', text: 'not here' }]))).toMatchObject({
			decision: { behavior: 'deny', message: 'not here' },
		});
	});

	test('is refused where there is no answer', () => {
		expect(decisionOf(questionsOf(bash).print([]))).toMatchObject({
			decision: { behavior: 'deny' },
		});
	});

	test('a plan is shown whole', () => {
		const plan = { ...bash, tool_name: 'ExitPlanMode', tool_input: { plan: '# Plan' } };
		expect(questionsOf(plan).questions[0]).toMatchObject({
			wants: 'approval',
			detail: '# Plan',
		});
	});
});

describe('questions of its own', () => {
	test('are asked with their choices', () => {
		const [colour, size] = questionsOf(asking(colours, sizes)).questions;
		expect(colour).toMatchObject({
			wants: 'answer',
			text: 'Which colour?',
			detail: 'Red: like fire\nBlue: like water',
		});
		expect(colour?.choices.map(({ key, label }) => `${key} ${label}`)).toEqual([
			'1 Red',
			'2 Blue',
			'o something else',
			'n no answer, and why',
		]);
		expect(size?.text).toBe('Which sizes?');
	});

	test('are answered in the words of the CLI', () => {
		const { print } = questionsOf(asking(colours, sizes));
		const printed = print([
			{ choice: '2', text: null },
			{ choice: 'o', text: 'S, L' },
		]);
		expect(decisionOf(printed)).toEqual({
			hookEventName: 'PermissionRequest',
			decision: {
				behavior: 'allow',
				updatedInput: {
					questions: [colours, sizes],
					answers: { 'Which colour?': 'Blue', 'Which sizes?': 'S, L' },
				},
			},
		});
	});

	test('are not answered where one is refused', () => {
		const { print } = questionsOf(asking(colours, sizes));
		const printed = print([
			{ choice: '1', text: null },
			{ choice: 'n', text: 'decide yourself' },
		]);
		expect(decisionOf(printed)).toMatchObject({
			decision: { behavior: 'deny', message: 'decide yourself' },
		});
	});
});
