// What an agent is doing, judged from what its terminal and its process say. One authority at a
// time: the program's own status reports (OSC 7501) before prompt marks (OSC 133) before progress
// (OSC 9;4) before output; what is only inferred is marked so, and unknown is a legal answer.
import type { Report } from './agent.ts';

/** The last signals of a running program. */
export interface Evidence {
	/** OSC 7501 of the program itself, and of the parts that it names. */
	readonly status: {
		readonly state: string;
		readonly blocked: string | null;
		readonly message: string | null;
	} | null;
	/** OSC 133: A or B at a prompt, C a command runs, D it has ended. */
	readonly promptMark: 'A' | 'B' | 'C' | 'D' | null;
	/** OSC 9;4 state. */
	readonly progress: number | null;
	readonly active: boolean | null;
	readonly foreground: 'self' | 'other' | null;
	/** The program is a shell: when it holds the foreground in silence it waits at its prompt. */
	readonly shell: boolean;
}

export const noEvidence: Evidence = {
	status: null,
	promptMark: null,
	progress: null,
	active: null,
	foreground: null,
	shell: false,
};

export type Judgement = Omit<Report, 'since'>;

export function judge(evidence: Evidence): Judgement {
	return (
		fromStatus(evidence) ??
		fromPrompt(evidence) ??
		fromProgress(evidence) ??
		fromOutput(evidence)
	);
}

function fromStatus({ status }: Evidence): Judgement | null {
	if (status === null) return null;
	const why = status.message;
	const said = (state: Report['state']): Judgement => ({
		state,
		source: 'osc7501',
		inferred: false,
		why,
	});
	switch (status.state) {
		case 'idle':
			return said('idle');
		case 'working':
			return said('working');
		case 'done':
			return said('done');
		case 'error':
			return said('failed');
		case 'blocked':
			return said(status.blocked === 'question' ? 'asks' : 'needs-approval');
		default:
			return null;
	}
}

function fromPrompt({ promptMark }: Evidence): Judgement | null {
	if (promptMark === null) return null;
	const working = promptMark === 'C';
	return {
		state: working ? 'working' : 'idle',
		source: 'osc133',
		inferred: false,
		why: working ? 'a command runs' : 'at its prompt',
	};
}

function fromProgress(evidence: Evidence): Judgement | null {
	const { progress } = evidence;
	// Who was interrupted does not take its progress back; a shell at its prompt shows none.
	if (progress === null || progress === 0 || isAtPrompt(evidence)) return null;
	return { state: 'working', source: 'progress', inferred: true, why: 'shows progress' };
}

function isAtPrompt({ active, foreground, shell }: Evidence): boolean {
	return shell && foreground === 'self' && active !== true;
}

function fromOutput(evidence: Evidence): Judgement {
	const { active, foreground, shell } = evidence;
	if (isAtPrompt(evidence)) {
		return { state: 'idle', source: 'process', inferred: true, why: 'at its prompt' };
	}
	if (shell && foreground === 'other') {
		return { state: 'working', source: 'process', inferred: true, why: 'a command runs' };
	}
	if (active === true) {
		return { state: 'working', source: 'output', inferred: true, why: 'prints' };
	}
	return {
		state: 'unknown',
		source: active === null ? 'process' : 'output',
		inferred: false,
		why: active === null ? 'nothing printed yet' : 'silent',
	};
}

/**
 * What a report rested on that nobody tells again: a holder keeps the last words of a program for the
 * supervisor that adopts it, not whether it printed. `silentMs` says how long it has not. Of a shell
 * that fell silent while nobody listened, `foreground` looks who has its terminal now.
 */
export function evidenceBehind(
	{ state, source }: Pick<Report, 'state' | 'source'>,
	{ silentMs, shell }: { readonly silentMs: number; readonly shell: boolean },
	foreground: () => Evidence['foreground'],
): Pick<Evidence, 'active' | 'foreground'> {
	const nothing = { active: null, foreground: null };
	if (source === 'process' && state === 'idle')
		return { active: false, foreground: 'self' };
	if (source === 'process' && state === 'working')
		return { ...nothing, foreground: 'other' };
	if (shell && silentMs >= silenceMs) return { active: false, foreground: foreground() };
	if (source === 'output') {
		const active = state === 'working' && silentMs < silenceMs;
		return { ...nothing, active };
	}
	return nothing;
}

/** A program that has printed nothing for so long is silent. */
export const silenceMs = 2000;

const shells = new Set(['bash', 'sh', 'zsh', 'fish', 'dash', 'ksh', 'ash', 'nu']);

/** Whether a command line starts an interactive shell. */
export function isShell(argv: readonly string[]): boolean {
	const [program = '', ...rest] = argv;
	const name = program.split('/').at(-1) ?? '';
	return shells.has(name.replace(/^-/, '')) && !rest.some((word) => /^-\w*c/.test(word));
}
