// What a signal of a terminal says of its program, and changes in what is known of it. Pure.
import {
	type Evidence,
	isBlocked,
	type Source,
	type StatusWord,
} from '../domain/agent-state.ts';
import type { Heard } from '../domain/looking.ts';
import type { TerminalSignal } from '../protocol/holder.ts';

/** Parts of a program that are remembered; the oldest goes. */
const mostParts = 64;

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
			return withActivity(evidence, signal);
		default:
			return evidence;
	}
}

/** Whoever was done and prints again after a silence has begun something else. */
function withActivity(
	evidence: Evidence,
	{ active, foreground }: Extract<TerminalSignal, { kind: 'activity' }>,
): Evidence {
	const again = active && evidence.active === false;
	const over = again && evidence.declared?.state === 'done';
	return { ...evidence, active, foreground, declared: over ? null : evidence.declared };
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
		const kept = Object.entries(others).slice(-mostParts + 1);
		const parts = status ? { ...Object.fromEntries(kept), [id]: status } : others;
		return { ...evidence, parts };
	}
	const answered =
		status !== null &&
		status.state !== 'blocked' &&
		evidence.hook !== null &&
		isBlocked(evidence.hook.state);
	return { ...evidence, status, hook: answered ? null : evidence.hook };
}

/** Who called before this supervisor came was heard then. */
export function isCall({ kind }: TerminalSignal): boolean {
	return kind === 'bell' || kind === 'notification';
}

/** Whether it shows that the program goes on: a title may turn by itself. */
export function isSign(signal: TerminalSignal): boolean {
	if (signal.kind === 'activity') return signal.active;
	return signal.kind === 'status' || signal.kind === 'prompt';
}

/** Whose word a signal is. */
export function sourceOf({ kind }: TerminalSignal): Source | undefined {
	switch (kind) {
		case 'status':
			return 'osc7501';
		case 'prompt':
			return 'osc133';
		case 'progress':
		case 'title':
			return kind;
		case 'activity':
			return 'output';
		default:
			return undefined;
	}
}

/** What a signal is to whoever looks at screens; null: nothing. */
export function heardBy(signal: TerminalSignal): Heard | null {
	switch (signal.kind) {
		case 'activity':
			return signal.active ? 'output' : 'silence';
		case 'title':
			return 'title';
		case 'status':
		case 'prompt':
		case 'progress':
			return 'word';
		default:
			return null;
	}
}
