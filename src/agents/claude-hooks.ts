// What the hooks of Claude Code tell. Codex speaks the same words.
import { type HookMeaning, type HookReport, listIn, textIn } from './adapter.ts';
import { permissionAsked } from './claude-permissions.ts';

/** What a payload of a hook means; null for what is none. */
export function claudeHook(payload: unknown): HookReport | null {
	const event = textIn(payload, 'hook_event_name');
	if (event === null) return null;
	const meaning = meaningOf(event, payload);
	// What a subagent does is not what the agent does, but what it may do is asked of the same human.
	if (textIn(payload, 'agent_id') !== null)
		return {
			meaning: meaning?.kind === 'questions' ? meaning : null,
			conversation: null,
		};
	// Nothing has been said yet, and what was never said cannot be gone on with.
	const empty = event === 'SessionStart' && textIn(payload, 'source') === 'startup';
	return { meaning, conversation: empty ? null : textIn(payload, 'session_id') };
}

function meaningOf(event: string, payload: unknown): HookMeaning | null {
	switch (event) {
		case 'SessionStart':
			// It also begins anew in the middle of its work, with less to remember.
			return textIn(payload, 'source') === 'compact' ? null : says('idle', null);
		case 'UserPromptSubmit':
			return says('working', null);
		case 'Stop':
			return stopped(payload);
		case 'StopFailure':
			return says('failed', textIn(payload, 'error'));
		// Of opencode: what it was refused, and it asks again in a while.
		case 'Retry':
			return says('waiting', textIn(payload, 'error'));
		case 'Interrupt':
			return says('idle', 'interrupted');
		case 'Notification':
			return textIn(payload, 'notification_type') === 'idle_prompt'
				? says('idle', null)
				: null;
		case 'PermissionRequest':
			return permissionAsked(payload);
		default:
			return null;
	}
}

/** Its subagents may work on, and it with what they bring. */
function stopped(payload: unknown): HookMeaning {
	const busy = listIn(payload, 'background_tasks').filter(
		(task) => textIn(task, 'type') === 'subagent' && textIn(task, 'status') === 'running',
	);
	if (busy.length > 0) return says('working', 'its subagents work');
	const [line = null] = textIn(payload, 'last_assistant_message')?.split('\n', 1) ?? [];
	return says('done', line);
}

function says(
	state: 'idle' | 'working' | 'waiting' | 'done' | 'failed',
	why: string | null,
): HookMeaning {
	return { kind: 'word', word: { state, why } };
}
