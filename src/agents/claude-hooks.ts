// What the hooks of Claude Code tell. Codex speaks the same words.
import type { Choice } from '../domain/event.ts';
import { fieldIn, type HookMeaning, type HookReport, textIn } from './adapter.ts';

/** What a payload of a hook means; null for what is none. */
export function claudeHook(payload: unknown): HookReport | null {
	const event = textIn(payload, 'hook_event_name');
	if (event === null) return null;
	return {
		meaning: meaningOf(event, payload),
		conversation: textIn(payload, 'session_id'),
	};
}

function meaningOf(event: string, payload: unknown): HookMeaning | null {
	switch (event) {
		case 'SessionStart':
			return says('idle', null);
		case 'UserPromptSubmit':
			return says('working', null);
		case 'Stop':
			return says('done', firstLine(textIn(payload, 'last_assistant_message')));
		case 'StopFailure':
			return says('failed', textIn(payload, 'error'));
		case 'Interrupt':
			return says('idle', 'interrupted');
		case 'Notification':
			return textIn(payload, 'notification_type') === 'idle_prompt'
				? says('idle', null)
				: null;
		case 'PermissionRequest':
			return permission(payload);
		default:
			return null;
	}
}

function says(
	state: 'idle' | 'working' | 'done' | 'failed',
	why: string | null,
): HookMeaning {
	return { kind: 'word', word: { state, why } };
}

const choices: readonly Choice[] = [
	{ key: 'y', label: 'yes, once', free: false },
	{ key: 'n', label: 'no, and why', free: true },
];

function permission(payload: unknown): HookMeaning | null {
	const tool = textIn(payload, 'tool_name');
	// A question of its own and a plan are shown in its pane, where there is room for their answers.
	if (tool === null || tool === 'AskUserQuestion' || tool === 'ExitPlanMode') return null;
	const input = fieldIn(payload, 'tool_input');
	const what =
		textIn(input, 'command') ?? textIn(input, 'file_path') ?? JSON.stringify(input ?? {});
	return {
		kind: 'question',
		question: {
			wants: 'approval',
			text: `${tool}: ${firstLine(what) ?? ''}`,
			detail: [textIn(input, 'description'), what].filter(Boolean).join('\n'),
			choices,
		},
		print: (choice, text) => {
			const decision =
				choice === 'y'
					? { behavior: 'allow' }
					: { behavior: 'deny', message: text ?? 'the user said no' };
			const hookEventName = 'PermissionRequest';
			return JSON.stringify({ hookSpecificOutput: { hookEventName, decision } });
		},
	};
}

function firstLine(text: string | null): string | null {
	return text?.split('\n', 1)[0] ?? null;
}
