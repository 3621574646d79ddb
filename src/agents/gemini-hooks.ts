// What the hooks of Gemini CLI say, as found by running 0.61.0.
import { type HookMeaning, type HookReport, textIn } from './adapter.ts';

/** What one of its hooks says, and of which conversation. */
export function geminiHook(payload: unknown): HookReport | null {
	const event = textIn(payload, 'hook_event_name');
	if (event === null) return null;
	const empty = event === 'SessionStart' && textIn(payload, 'source') === 'startup';
	return {
		meaning: meaningOf(event, payload),
		// What was never said cannot be gone on with.
		conversation: empty ? null : textIn(payload, 'session_id'),
	};
}

function meaningOf(event: string, payload: unknown): HookMeaning | null {
	if (event === 'SessionStart') return says('idle', null);
	if (event === 'BeforeAgent') return says('working', null);
	if (event !== 'AfterAgent') return null;
	// It comes after Esc and after an error as well.
	const [line = ''] = textIn(payload, 'prompt_response')?.split('\n', 1) ?? [];
	return line === '' ? says('idle', 'it said nothing') : says('done', line);
}

function says(state: 'idle' | 'working' | 'done', why: string | null): HookMeaning {
	return { kind: 'word', word: { state, why } };
}
