import { describe, expect, test } from 'vitest';
import type { LaunchContext } from '../../../src/agents/adapter.ts';
import { claude } from '../../../src/agents/claude.ts';
import { codex } from '../../../src/agents/codex.ts';
import { after, contextOf, conversation, other } from '../../support/launch.ts';

/** What stands behind each `-c NAME=`. */
function configured(argv: readonly string[], name: string): string | undefined {
	const word = argv.find(
		(one, at) => argv[at - 1] === '-c' && one.startsWith(`${name}=`),
	);
	return word?.slice(name.length + 1);
}

describe('Claude Code', () => {
	const argvOf = (some: Partial<LaunchContext>) => claude.launch(contextOf(some)).argv;

	test.each<[string, Partial<LaunchContext>, readonly string[]]>([
		[
			'begins a conversation by a name of ours, in a mode of ours',
			{},
			['cli', '--session-id', conversation, '--permission-mode', 'default'],
		],
		[
			'goes on with one',
			{ resume: other },
			['cli', '--resume', other, '--permission-mode', 'default'],
		],
		[
			"keeps the user's mode",
			{ command: ['cli', '--permission-mode', 'plan'] },
			['cli', '--permission-mode', 'plan', '--session-id', conversation, '--settings'],
		],
		[
			"keeps the user's mode in one word",
			{ command: ['cli', '--permission-mode=plan'] },
			['cli', '--permission-mode=plan', '--session-id', conversation, '--settings'],
		],
		[
			"keeps the user's danger",
			{ command: ['cli', '--dangerously-skip-permissions'] },
			[
				'cli',
				'--dangerously-skip-permissions',
				'--session-id',
				conversation,
				'--settings',
			],
		],
	])('%s', (_, some, begins) => {
		expect(argvOf(some).slice(0, begins.length)).toEqual(begins);
	});

	test('has its prompt last, behind what takes as many words as it gets', () => {
		expect(argvOf({ prompt: '--odd one' }).slice(-2)).toEqual(['--', '--odd one']);
		expect(argvOf({ prompt: null })).not.toContain('--');
	});

	test('is given its hooks and its instructions by files of this start', () => {
		const { argv, files, conversation: named } = claude.launch(contextOf({}));
		expect(after(argv, '--settings')).toBe('/starts/1/settings.json');
		expect(after(argv, '--append-system-prompt-file')).toBe('/starts/1/instructions.md');
		expect(files['instructions.md']).toBe('be "good"\n');
		expect(named).toBe(conversation);
		const { hooks, permissions } = JSON.parse(files['settings.json'] ?? '');
		expect(permissions.allow).toContain('Bash(weir ask:*)');
		expect(Object.keys(hooks)).toContain('PermissionRequest');
		// It would take the making of worktrees over.
		expect(Object.keys(hooks)).not.toContain('WorktreeCreate');
		const [{ command, timeout }] = hooks.PermissionRequest[0].hooks;
		expect(command).toBe(`/usr/bin/node '/it'\\''s/weir' hook`);
		expect(timeout).toBeGreaterThan(3600);
	});

	test('has weir’s words as tools, which need no permission', () => {
		const { argv, files } = claude.launch(contextOf({}));
		expect(after(argv, '--mcp-config')).toBe('/starts/1/mcp.json');
		const server = {
			type: 'stdio',
			command: '/usr/bin/node',
			args: ["/it's/weir", 'mcp'],
		};
		expect(JSON.parse(files['mcp.json'] ?? '')).toEqual({ mcpServers: { weir: server } });
		const { permissions } = JSON.parse(files['settings.json'] ?? '');
		expect(permissions.allow).toContain('mcp__weir');
	});

	test('asks before its tools write, and does not write where nobody can say', () => {
		const { files } = claude.launch(contextOf({}));
		const { hooks } = JSON.parse(files['settings.json'] ?? '');
		expect(hooks.PreToolUse).toEqual([
			{
				matcher: 'Write|Edit|MultiEdit|NotebookEdit',
				hooks: [
					{
						type: 'command',
						command: `/usr/bin/node '/it'\\''s/weir' hook --before-write || exit 2`,
						timeout: 60,
						onFailure: 'block',
					},
				],
			},
		]);
	});
});

describe('Codex', () => {
	const argvOf = (some: Partial<LaunchContext>) => codex.launch(contextOf(some)).argv;

	test.each<[string, readonly string[], readonly (readonly string[])[]]>([
		[
			'asks and is boxed',
			['cli'],
			[
				['-a', 'on-request'],
				['-s', 'workspace-write'],
			],
		],
		[
			"keeps the user's box",
			['cli', '-s', 'read-only'],
			[
				['-a', 'on-request'],
				['-s', 'read-only'],
			],
		],
		[
			'is boxed also where it never asks',
			['cli', '-a', 'never'],
			[
				['-a', 'never'],
				['-s', 'workspace-write'],
			],
		],
		[
			"keeps the user's box in one word",
			['cli', '--sandbox=read-only'],
			[['-a', 'on-request']],
		],
	])('%s', (_, command, pairs) => {
		const argv = argvOf({ command });
		for (const [option = '', value] of pairs) {
			expect(after(argv, option)).toBe(value);
			expect(argv.filter((word) => word === option)).toHaveLength(1);
		}
		expect(argv.filter((word) => /^(-s|--sandbox.*)$/.test(word))).toHaveLength(1);
	});

	test.each(['--yolo', '--full-auto', '--dangerously-bypass-approvals-and-sandbox'])(
		'%s is left to stand alone',
		(word) => {
			const argv = argvOf({ command: ['cli', word] });
			expect(argv).not.toContain('-a');
			expect(argv).not.toContain('-s');
		},
	);

	test('may write what a commit writes, where the box is ours', () => {
		expect(after(argvOf({}), '--add-dir')).toBe('/git-of/w');
		for (const own of [['-s', 'read-only'], ['--yolo']])
			expect(argvOf({ command: ['cli', ...own] })).not.toContain('--add-dir');
	});

	test('keeps what the user configured', () => {
		const argv = argvOf({
			command: ['cli', '-c', 'sandbox_mode="read-only"', '-c', 'approval_policy="never"'],
		});
		expect(argv).not.toContain('-a');
		expect(argv).not.toContain('-s');
	});

	test('trusts the hooks of weir by the hashes that Codex keeps, and no others', () => {
		const argv = argvOf({ hook: ['true', 'a b', 'x'] });
		expect(argv).not.toContain('--dangerously-bypass-hook-trust');
		// As 0.169.0 wrote them for these very hooks.
		const hashes = {
			session_start: '79ae552d1ba649baeae498811c82aa9106db30be73835705dc63c252205a2d95',
			user_prompt_submit:
				'e3e87be836d6c84cb3ab2ddbce4824cf8f9c49610aa33d5328e3ca5864198036',
			interrupt: 'b0dc2c3bbd9fab3aef0fb1cdedce7f14d5591f0b91b460621b92347e5611b38c',
			stop: '73be69b122eacc1e2407cbfef846a4e96a206ae9966e422a5246f67b2c601a8b',
		};
		for (const [event, hash] of Object.entries(hashes))
			expect(configured(argv, 'hooks.state')).toContain(
				`"/<session-flags>/config.toml:${event}:0:0"={trusted_hash="sha256:${hash}"}`,
			);
	});

	test('asks before a patch, also one that its shell is handed, by hooks that it trusts', () => {
		const argv = argvOf({ guardHook: ['true', 'a b'] });
		expect(configured(argv, 'hooks.PreToolUse')).toBe(
			String.raw`[{matcher="^apply_patch$",hooks=[{type="command",command="true 'a b' || exit 2",timeout=60}]},{matcher="^Bash$",hooks=[{type="command",command="sh -c 'p=$(cat); case \"$p\" in *\"*** Begin Patch\"*) printf %s \"$p\" | \"$@\";; esac' sh true 'a b' || exit 2",timeout=60}]}]`,
		);
		// As 0.169.0 takes them: with others it runs neither, and says nothing.
		expect(configured(argv, 'hooks.state')).toContain(
			'"/<session-flags>/config.toml:pre_tool_use:0:0"={trusted_hash="sha256:0b2aa217ba69e9c9bb53fde8d8059cffac3ab7a83885a6346f981e429eb4e142"}',
		);
		expect(configured(argv, 'hooks.state')).toContain(
			'"/<session-flags>/config.toml:pre_tool_use:1:0"={trusted_hash="sha256:60f9886308da1b8008129f99ad7bef620daa2a5d727ce87f699c7576b0dabd25"}',
		);
	});

	test.each([
		['-s', 'danger-full-access'],
		['-c', 'sandbox_mode="danger-full-access"'],
		['--yolo'],
	])('reaches weir where no box keeps it from that: %s %s', (...options) => {
		expect(codex.boxes(['cli', ...options])).toBe(false);
		expect(codex.boxes(['cli'])).toBe(true);
	});

	test('goes on with a conversation by a subcommand, before all options', () => {
		const argv = argvOf({ command: ['cli', '-m', 'x'], resume: other });
		expect(argv.slice(0, 5)).toEqual(['cli', 'resume', other, '-m', 'x']);
		expect(argv.slice(-2)).toEqual(['--', 'do it']);
	});

	test('is told all by options: trust, instructions and hooks', () => {
		const argv = argvOf({});
		expect(configured(argv, 'projects')).toBe(
			'{"/w"={trust_level="trusted"},"/r"={trust_level="trusted"}}',
		);
		expect(configured(argv, 'developer_instructions')).toBe('"be \\"good\\"\\n"');
		expect(configured(argv, 'check_for_update_on_startup')).toBe('false');
		expect(configured(argv, 'hooks.Stop')).toContain('type="command"');
		// Its dialog would not open while the hook waits, and nobody at the pane could answer.
		expect(configured(argv, 'hooks.PermissionRequest')).toBeUndefined();
		expect(codex.launch(contextOf({})).files).toEqual({});
	});
});
