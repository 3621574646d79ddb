// What hooks before a write tell, as the CLIs sent them, paths shortened.
import { expect, test } from 'vitest';
import { claude } from '../../../src/agents/claude.ts';
import { codex } from '../../../src/agents/codex.ts';
import { writeAsked, writeRefused } from '../../../src/agents/write-tools.ts';

const fromClaude = (tool_name: string, tool_input: object) => ({
	session_id: '43360fa5-c692-4e52-957d-db90a7834794',
	transcript_path: '/home/p/.claude/projects/-w/43360fa5.jsonl',
	cwd: '/w/src',
	prompt_id: '00d1bfe4-cab3-436a-bfaa-33f67729bfa6',
	permission_mode: 'acceptEdits',
	effort: { level: 'medium' },
	hook_event_name: 'PreToolUse',
	tool_name,
	tool_input,
	tool_use_id: 'toolu_00000001',
});

const fromCodex = (tool_name: string, command: string) => ({
	session_id: '01a20095-d73f-7fe2-a5aa-ee1a62e6c9ce',
	turn_id: '01a20095-d85d-70d2-9568-7bab29090f40',
	transcript_path: '/home/p/.codex/sessions/2026/11/22/rollout.jsonl',
	cwd: '/w',
	hook_event_name: 'PreToolUse',
	model: 'gpt-6.1-sol',
	permission_mode: 'bypassPermissions',
	tool_name,
	tool_input: { command },
	tool_use_id: 'exec-601ca2d4-a1ec-4bac-86ff-ee395e87d804',
});

const patch = `*** Begin Patch
*** Add File: src/new.txt
+*** Add File: no.txt
*** Update File: a b.txt
*** Move to: lib/b.txt
@@
-one
+two
*** Delete File: c.txt
*** End Patch`;
const patched = ['src/new.txt', 'a b.txt', 'lib/b.txt', 'c.txt'];

test.each([
	['Write', { file_path: '/w/src/new.txt', content: 'x\n' }, ['/w/src/new.txt']],
	[
		'Edit',
		{ file_path: '~/a.txt', old_string: 'one', new_string: 'two', replace_all: false },
		['~/a.txt'],
	],
	['MultiEdit', { file_path: '/w/a.txt', edits: [] }, ['/w/a.txt']],
	['NotebookEdit', { notebook_path: '/w/n.ipynb', new_source: 'x' }, ['/w/n.ipynb']],
	// Of a shape that is not known: no path, so it is refused.
	['Write', { path: '/w/src/new.txt' }, []],
	['Write', { file_path: '' }, []],
])('%s of Claude Code names its file: %j', (tool, input, paths) => {
	expect(writeAsked(fromClaude(tool, input))).toEqual({ tool, paths, folder: '/w/src' });
});

test('a patch of Codex names its files, of a rename both', () => {
	expect(writeAsked(fromCodex('apply_patch', patch))).toEqual({
		tool: 'apply_patch',
		paths: patched,
		folder: '/w',
	});
});

test.each([
	['', '/w'],
	['cd lib && ', '/w/lib'],
	["cd '/w/lib' && ", '/w/lib'],
])('a patch that its shell is handed is one: %s', (before, folder) => {
	const command = `${before}apply_patch <<'EOF'\n${patch}\nEOF\n`;
	const asked = writeAsked(fromCodex('Bash', command));
	expect(asked).toEqual({ tool: 'apply_patch', paths: patched, folder });
});

test.each(['echo x > a.txt', 'grep apply_patch log', 'cat patch-with "*** Add File: x"'])(
	'a command says nothing of what it writes: %s',
	(command) => {
		expect(writeAsked(fromCodex('Bash', command))).toBeNull();
		expect(writeAsked(fromClaude('Bash', { command }))).toBeNull();
	},
);

test('what reads is not asked about, and what is no payload is refused', () => {
	expect(writeAsked(fromClaude('Read', { file_path: '/w/a.txt' }))).toBeNull();
	for (const payload of [null, 'text', [], {}])
		expect(writeAsked(payload)).toMatchObject({ paths: [] });
});

test('each tool that is said to ask is understood', () => {
	for (const tool of [...(claude.writes?.tools ?? []), ...(codex.writes?.tools ?? [])])
		expect(writeAsked(fromClaude(tool, {}))).toMatchObject({ tool });
});

test('a refusal is what keeps the tool from running', () => {
	expect(JSON.parse(writeRefused('outside "it"'))).toEqual({
		hookSpecificOutput: {
			hookEventName: 'PreToolUse',
			permissionDecision: 'deny',
			permissionDecisionReason: 'outside "it"',
		},
	});
});
