// What a signal of a terminal changes in what is known of its program. Pure.
import type { Evidence, StatusWord } from '../domain/agent-state.ts';
import { isBlocked } from '../domain/agent-state.ts';
import type { TerminalSignal } from '../protocol/holder.ts';

/** The evidence after a signal; the same where it says nothing new. */
export function fold(evidence: Evidence, signal: TerminalSignal): Evidence {
	switch (signal.kind) {
		case 'status':
			return withStatus(evidence, signal);
		case 'prompt':
			return { ...evidence, promptMark: signal.mark };
		case 'progress':
			return { ...evidence, progress: signal.state };
		case 'activity':
			return { ...evidence, active: signal.active, foreground: signal.foreground };
		default:
			return evidence;
	}
}

/** A report replaces the one of the same id; it is newer than what a hook said before. */
function withStatus(
	evidence: Evidence,
	{ id, state, blocked, message }: Extract<TerminalSignal, { kind: 'status' }>,
): Evidence {
	const status: StatusWord | null =
		state === null || state === 'clear' ? null : { state, blocked, message };
	if (id !== null) {
		const { [id]: _, ...others } = evidence.parts;
		const parts = status ? { ...others, [id]: status } : others;
		return { ...evidence, parts };
	}
	const answered =
		status !== null &&
		status.state !== 'blocked' &&
		evidence.hook !== null &&
		isBlocked(evidence.hook.state);
	return { ...evidence, status, hook: answered ? null : evidence.hook };
}
