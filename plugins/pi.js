// What weir hears of pi and what it keeps its tools from, as an extension of it. Found by running 0.73.1.
import { refusal, teller } from './run-hook.js';

/** Tools that write by themselves; what a shell writes is not to be read off its command. */
const writers = new Set(['write', 'edit']);

/**
 * @param {{ readonly hook: readonly string[], readonly guardHook: readonly string[] }} hooks
 */
export function weir({ hook, guardHook }) {
	return (pi) => {
		const tell = teller(hook);
		const say = (payload, context) => {
			void tell({ session_id: context.sessionManager.getSessionId(), ...payload });
		};
		pi.on('session_start', (event, context) => {
			const source = event.reason ?? 'startup';
			say({ hook_event_name: 'SessionStart', source }, context);
		});
		pi.on('agent_start', (_, context) => {
			say({ hook_event_name: 'UserPromptSubmit' }, context);
		});
		pi.on('agent_end', ({ messages }, context) => say(endOf(messages), context));
		// An extension that throws keeps its tool from running.
		pi.on('tool_call', async ({ toolName, input }, { cwd }) => {
			if (!writers.has(toolName)) return;
			const asked = { tool_name: toolName, tool_input: input, cwd };
			const reason = await refusal(guardHook, asked);
			if (reason !== null) return { block: true, reason };
		});
	};
}

/** How a turn ended, by its last message. */
function endOf(messages) {
	const last = messages.findLast(({ role }) => role === 'assistant');
	if (last?.stopReason === 'aborted') return { hook_event_name: 'Interrupt' };
	if (last?.stopReason === 'error')
		return { hook_event_name: 'StopFailure', error: last.errorMessage };
	const texts = last?.content?.filter(({ type }) => type === 'text') ?? [];
	return {
		hook_event_name: 'Stop',
		last_assistant_message: texts.map(({ text }) => text).join('\n'),
	};
}
