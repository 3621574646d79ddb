// How CLIs beside Claude Code and Codex are started: their modes, their hooks, and what was said before.
import { describe, expect, test } from 'vitest';
import type { Adapter, LaunchContext } from '../../../src/agents/adapter.ts';
import { aider } from '../../../src/agents/aider.ts';
import { copilot } from '../../../src/agents/copilot.ts';
import { gemini } from '../../../src/agents/gemini.ts';
import { opencode } from '../../../src/agents/opencode.ts';
import { pi } from '../../../src/agents/pi.ts';
import { qwen } from '../../../src/agents/qwen.ts';
import { after, contextOf, conversation, other } from '../../support/launch.ts';

const argvOf = (adapter: Adapter, some: Partial<LaunchContext> = {}) =>
	adapter.launch(contextOf(some)).argv;

function fileOf(adapter: Adapter, name: string, some: Partial<LaunchContext> = {}) {
	return adapter.launch(contextOf(some)).files[name] ?? '';
}

const guard = `/usr/bin/node '/it'\\''s/weir' hook --before-write || exit 2`;

describe.each([
	['Qwen Code', qwen],
	['Gemini CLI', gemini],
] as const)('%s', (_, adapter) => {
	test('asks, unless the user says otherwise', () => {
		expect(after(argvOf(adapter), '--approval-mode')).toBe('default');
		for (const own of [['--yolo'], ['-y'], ['--approval-mode=plan']]) {
			const argv = argvOf(adapter, { command: ['cli', ...own] });
			expect(argv).not.toContain('--approval-mode');
		}
	});

	test('is told how its conversation is called, and goes on with it', () => {
		expect(after(argvOf(adapter), '--session-id')).toBe(conversation);
		const again = argvOf(adapter, { resume: other });
		expect(after(again, '--resume')).toBe(other);
		expect(again).not.toContain('--session-id');
	});

	test('has its prompt in one word with its option', () => {
		expect(argvOf(adapter, { prompt: '--odd\none' }).join('\0')).toContain(
			'--prompt-interactive=--odd\none',
		);
	});
});

test('hooks of Qwen Code are closed where they fail, and no setting takes them out', () => {
	const settings = JSON.parse(fileOf(qwen, 'settings.json'));
	expect(settings.disableAllHooks).toBe(false);
	expect(settings.hooks.PreToolUse).toEqual([
		{
			matcher: '^(write_file|edit|notebook_edit)$',
			hooks: [{ type: 'command', command: guard, timeout: 60 }],
		},
	]);
	expect(Object.keys(settings.hooks)).not.toContain('PermissionRequest');
	expect(qwen.launch(contextOf({})).env).toEqual({
		QWEN_CODE_SYSTEM_SETTINGS_PATH: '/starts/1/settings.json',
	});
});

test('Gemini CLI has hooks only where it takes them, and says so', () => {
	const asRoot = process.getuid?.() === 0;
	const { env, files, argv } = gemini.launch(contextOf({}));
	expect(env.GEMINI_CLI_NO_RELAUNCH).toBe('true');
	expect('GEMINI_CLI_SYSTEM_SETTINGS_PATH' in env).toBe(asRoot);
	expect('settings.json' in files).toBe(asRoot);
	expect(gemini.writes !== null).toBe(asRoot);
	// Elsewhere it is told with its task.
	expect(argv.join('\0').includes('be "good"')).toBe(!asRoot);
});

test.runIf(process.getuid?.() === 0)(
	'hooks of Gemini CLI are closed where they fail',
	() => {
		const { hooks } = JSON.parse(fileOf(gemini, 'settings.json'));
		expect(hooks.BeforeTool).toEqual([
			{
				matcher: '^(write_file|replace)$',
				hooks: [{ type: 'command', command: guard, timeout: 60_000 }],
			},
		]);
		expect(JSON.parse(gemini.writes?.refused('not yours') ?? '')).toEqual({
			...{ decision: 'deny', reason: 'not yours' },
		});
	},
);

test.runIf(process.getuid?.() === 0)(
	'Gemini CLI hands on to the server of weir what it keeps from others',
	() => {
		const { mcpServers } = JSON.parse(fileOf(gemini, 'settings.json'));
		const [command, ...args] = contextOf({}).tools;
		expect(mcpServers.weir).toMatchObject({ command, args, trust: true });
		expect(mcpServers.weir.env).toMatchObject({ WEIR_TOKEN: '${WEIR_TOKEN}' });
	},
);

test.each([
	[{ hook_event_name: 'BeforeAgent' }, 'working', null],
	[{ hook_event_name: 'AfterAgent', prompt_response: 'one\ntwo' }, 'done', 'one'],
	[{ hook_event_name: 'AfterAgent', prompt_response: '' }, 'idle', 'it said nothing'],
	[{ hook_event_name: 'SessionStart', source: 'resume' }, 'idle', null],
])('%j of Gemini CLI is %s', (payload, state, why) => {
	expect(gemini.hook({ ...payload, session_id: other })).toEqual({
		meaning: { kind: 'word', word: { state, why } },
		conversation: other,
	});
});

describe('opencode', () => {
	const configOf = (some: Partial<LaunchContext>) => {
		const { env } = opencode.launch(contextOf(some));
		return JSON.parse(env.OPENCODE_CONFIG_CONTENT ?? '');
	};

	test('is told all in variables, what the user says there included', () => {
		const theirs = { type: 'remote', url: 'https://example.org' };
		const own = {
			...{ model: 'a/b', plugin: ['theirs'], instructions: ['x.md'] },
			mcp: { theirs },
		};
		const environment = { OPENCODE_CONFIG_CONTENT: JSON.stringify(own) };
		expect(configOf({ environment })).toEqual({
			model: 'a/b',
			plugin: ['theirs', 'file:///starts/1/weir.js'],
			instructions: ['x.md', '/starts/1/instructions.md'],
			mcp: {
				theirs,
				weir: {
					...{ type: 'local', timeout: 86_400_000 },
					command: contextOf({}).tools,
				},
			},
		});
		expect(configOf({ environment: { OPENCODE_CONFIG_CONTENT: '{half' } })).toMatchObject(
			{
				plugin: ['file:///starts/1/weir.js'],
			},
		);
	});

	test.each<[string, Partial<LaunchContext>, boolean]>([
		['asks', {}, true],
		['does not where it is told so', { command: ['cli', '--auto'] }, false],
		['keeps permissions', { environment: { OPENCODE_PERMISSION: '{}' } }, false],
		[
			'keeps those of a configuration',
			{ environment: { OPENCODE_CONFIG_CONTENT: '{"permission":{}}' } },
			false,
		],
	])('%s', (_, some, asks) => {
		const { env } = opencode.launch(contextOf(some));
		expect('OPENCODE_PERMISSION' in env).toBe(asks);
	});

	test('goes on with a session, and has its prompt in one word', () => {
		expect(argvOf(opencode, { resume: other, prompt: '-x' })).toEqual([
			...['cli', '--session', other, '--prompt=-x'],
		]);
	});
});

describe('Copilot CLI', () => {
	test('is given hooks, servers and instructions of one start', () => {
		const { argv, files, env } = copilot.launch(
			contextOf({ environment: { COPILOT_CUSTOM_INSTRUCTIONS_DIRS: '/mine' } }),
		);
		expect(argv).toEqual([
			...['cli', `--session-id=${conversation}`, '--plugin-dir=/starts/1'],
			...['--additional-mcp-config=@/starts/1/servers.json', '--allow-tool=weir'],
			'--interactive=do it',
		]);
		expect(env.COPILOT_CUSTOM_INSTRUCTIONS_DIRS).toBe('/mine,/starts/1');
		expect(files['weir.instructions.md']).toBe('be "good"\n');
		expect(JSON.parse(files['plugin.json'] ?? '')).toMatchObject({ hooks: 'hooks.json' });
		const { hooks } = JSON.parse(files['hooks.json'] ?? '');
		expect(hooks.PreToolUse).toEqual([
			{ type: 'command', matcher: 'Write|Edit', bash: guard, timeoutSec: 60 },
		]);
		// One that waited would keep its dialog from opening.
		expect(Object.keys(hooks)).not.toContain('PermissionRequest');
	});

	test('goes on with a session by the option that begins one', () => {
		expect(argvOf(copilot, { resume: other })).toContain(`--session-id=${other}`);
	});

	test('says which files it edits, also by a patch', () => {
		const asked = (tool_name: string, tool_input: unknown) =>
			copilot.writes?.asked({ tool_name, tool_input, cwd: '/w' })?.paths;
		const patch = '*** Begin Patch\n*** Add File: b\n+x\n*** End Patch';
		expect(asked('Write', { path: '/w/a', file_text: '' })).toEqual(['/w/a']);
		expect(asked('Edit', { path: '/w/a', old_str: '', new_str: '' })).toEqual(['/w/a']);
		expect(asked('Edit', patch)).toEqual(['b']);
		expect(asked('Edit', { input: patch })).toEqual(['b']);
		expect(asked('Bash', { command: 'touch a' })).toBeUndefined();
		expect(JSON.parse(copilot.writes?.refused('not yours') ?? '')).toEqual({
			...{ permissionDecision: 'deny', permissionDecisionReason: 'not yours' },
		});
	});
});

test('pi takes a prompt for neither an option nor a file', () => {
	expect(argvOf(pi, { prompt: '@notes' }).at(-1)).toBe(' @notes');
	expect(argvOf(pi, { prompt: '-p' }).at(-1)).toBe(' -p');
	expect(argvOf(pi, { prompt: 'do it' }).at(-1)).toBe('do it');
	expect(after(argvOf(pi, { resume: other }), '--session')).toBe(other);
	expect(after(argvOf(pi), '--extension')).toBe('/starts/1/weir.js');
});

test('aider asks, commits nothing by itself, and keeps its files out of the worktree', () => {
	const argv = argvOf(aider);
	expect(argv).toContain('--no-auto-commits');
	expect(argv).toContain('--no-yes-always');
	expect(after(argv, '--chat-history-file')).toBe('/git-of/w/aider-chat.md');
	expect(argv).not.toContain('do it');
	expect(argvOf(aider, { command: ['cli', '--yes-always'] })).not.toContain(
		'--no-yes-always',
	);
	expect(argvOf(aider, { resume: 'last' })).toContain('--restore-chat-history');
});
