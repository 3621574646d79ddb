// What an agent is doing, judged from what its program says and from what it can be seen to do. One
// authority at a time, by rank: what a program asserts about itself before what its hooks tell, what
// the agent declared, what its terminal shows, and what can only be inferred. Unknown is a legal answer.
import type { Report } from './agent.ts';
import type { StateWord } from './state-words.ts';

/** Who may say it, the most trusted first. A word of a lower rank never takes the place of a higher one's. */
export const sources = [
	/** The human set it. */
	'human',
	/** OSC 7501. */
	'osc7501',
	/** A hook of the agent's CLI. */
	'hook',
	/** What its CLI writes down: that its service has a limit. */
	'records',
	/** `weir ask`, `weir done`, `weir report`. */
	'declared',
	/** OSC 133. */
	'osc133',
	/** OSC 9;4. */
	'progress',
	/** OSC 0 and 2, by the rules of its kind. */
	'title',
	/** What stands on its screen, by the rules of its kind. */
	'screen',
	'process',
	'output',
] as const;
export type Source = (typeof sources)[number];

/** OSC 7501 of a program or of a part of it. */
export interface StatusWord {
	readonly state: string;
	/** `permission`, `question` or `auth`, where it is blocked and says by what. */
	readonly blocked: string | null;
	readonly message: string | null;
}

/** A state that somebody named, and why. */
export interface Word {
	readonly state: StateWord;
	readonly why: string | null;
}

/** A word that a rule read off a title or a screen. */
export interface RuleWord extends Word {
	/** The rule's name, for whoever asks why. */
	readonly rule: string;
	/** States of a higher source that it says more about: a retry is part of working. */
	readonly refines: readonly StateWord[];
}

/** The last signals of a running program. */
export interface Evidence {
	/** OSC 7501 of the program itself. */
	readonly status: StatusWord | null;
	/** OSC 7501 of the parts that it names, such as subagents. */
	readonly parts: Readonly<Record<string, StatusWord>>;
	readonly hook: Word | null;
	readonly declared: Word | null;
	/** Why its service gives it no reply, and until when; null where it may. */
	readonly limited: string | null;
	/** OSC 133: A or B at a prompt, C a command runs, D it has ended. */
	readonly promptMark: 'A' | 'B' | 'C' | 'D' | null;
	/** OSC 9;4 state. */
	readonly progress: number | null;
	readonly title: RuleWord | null;
	readonly screen: RuleWord | null;
	readonly active: boolean | null;
	readonly foreground: 'self' | 'other' | null;
	/** The program is a shell: when it holds the foreground in silence it waits at its prompt. */
	readonly shell: boolean;
	/** For how many minutes it works without a sign of it; null while there are any. */
	readonly stalledMinutes: number | null;
}

export const noEvidence: Evidence = {
	status: null,
	parts: {},
	hook: null,
	declared: null,
	limited: null,
	promptMark: null,
	progress: null,
	title: null,
	screen: null,
	active: null,
	foreground: null,
	shell: false,
	stalledMinutes: null,
};

export type Judgement = Omit<Report, 'since'> & { readonly source: Source };

/** What each source has to say, the most trusted first; those that say nothing are left out. */
export function words(evidence: Evidence): readonly Judgement[] {
	const { hook } = evidence;
	// A later report of the program itself would have taken its place.
	const blocked = hook && isBlocked(hook.state) ? hook : null;
	return [
		fromWord(blocked, 'hook', false),
		fromStatus(evidence),
		fromWord(blocked ? null : hook, 'hook', false),
		fromLimit(evidence),
		fromWord(declaredNow(evidence), 'declared', false),
		fromPrompt(evidence),
		fromProgress(evidence),
		fromWord(evidence.title, 'title', true),
		fromWord(evidence.screen, 'screen', true),
		fromOutput(evidence),
	].filter((word) => word !== null);
}

export function judge(evidence: Evidence): Judgement {
	const [first] = words(evidence);
	// The last source always says something, if only that nothing is known.
	const said = limited(refined(first ?? silentSince(null), evidence), evidence);
	return said.state === 'working' ? stalled(said, evidence) : said;
}

/** Who rests, or gave up, while its service has a limit, waits for that to be over. */
function limited(said: Judgement, evidence: Evidence): Judgement {
	const rests = said.state === 'failed' || said.state === 'idle' || said.state === 'done';
	return (rests ? fromLimit(evidence) : null) ?? said;
}

function fromLimit({ limited: why }: Evidence): Judgement | null {
	return why === null
		? null
		: { state: 'waiting', source: 'records', inferred: false, why };
}

function refined(said: Judgement, { screen }: Evidence): Judgement {
	if (!screen || said.source === 'screen') return said;
	const knowsMore = isBlocked(screen.state) && isBlind(said);
	if (!knowsMore && !screen.refines.includes(said.state)) return said;
	return { ...said, ...wordOnly(screen), inferred: true, source: 'screen' };
}

/**
 * Who says only that something runs: that it asks is no contradiction. A shell marks the begin of a
 * command, a bar stands still while it asks, an agent reported in passing.
 */
export function isBlind({ state, source }: Judgement): boolean {
	return state === 'working' && blind.has(source);
}

const blind = new Set<Source>(['declared', 'osc133', 'progress', 'title']);

/**
 * The evidence without what was read off the screen before a better source said something else: it was read
 * beside another state. A prompt stays until its screen is read anew.
 */
export function withoutOldScreen(before: Evidence, after: Evidence): Evidence {
	const { screen } = after;
	if (!screen || isBlocked(screen.state)) return after;
	return betterThanScreen(before) === betterThanScreen(after)
		? after
		: { ...after, screen: null };
}

function betterThanScreen(evidence: Evidence): StateWord | null {
	const [said] = words({ ...evidence, screen: null });
	const isBetter = said && sources.indexOf(said.source) < sources.indexOf('screen');
	return isBetter ? said.state : null;
}

function stalled(said: Judgement, { stalledMinutes }: Evidence): Judgement {
	if (stalledMinutes === null) return said;
	const why = `works, but neither prints nor changes a file for ${stalledMinutes} min`;
	return { ...said, state: 'stuck', inferred: true, why };
}

/** What it reported in passing is over once its shell is back at the prompt. */
function declaredNow(evidence: Evidence): Word | null {
	const { declared } = evidence;
	return declared?.state === 'working' && isAtPrompt(evidence) ? null : declared;
}

/** A part that is blocked keeps the whole from going on: somebody must look. */
function fromStatus({ status, parts }: Evidence): Judgement | null {
	const blocked = Object.values(parts).find((part) => part.state === 'blocked');
	const said = status?.state === 'blocked' ? status : (blocked ?? status);
	const state = said && stateOfStatus(said);
	if (!said || !state) return null;
	return { state, source: 'osc7501', inferred: false, why: said.message };
}

function stateOfStatus({ state, blocked }: StatusWord): StateWord | null {
	switch (state) {
		case 'idle':
		case 'working':
		case 'done':
			return state;
		case 'error':
			return 'failed';
		case 'blocked':
			return blocked === 'question' ? 'asks' : 'needs-approval';
		default:
			return null;
	}
}

function fromWord(
	word: Word | null,
	source: Source,
	inferred: boolean,
): Judgement | null {
	return word && { ...wordOnly(word), source, inferred };
}

function wordOnly({ state, why }: Word): Word {
	return { state, why };
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
	return silentSince(active);
}

function silentSince(active: false | null): Judgement {
	return {
		state: 'unknown',
		source: active === null ? 'process' : 'output',
		inferred: false,
		why: active === null ? 'nothing printed yet' : 'silent',
	};
}

/** Whether somebody must answer before it goes on. */
export function isBlocked(state: StateWord): boolean {
	return state === 'asks' || state === 'needs-approval';
}

/**
 * What a report rested on that nobody tells again: a holder keeps the last words of a program for the
 * supervisor that adopts it, not whether it printed. `silentMs` says how long it has not. Of a shell
 * that fell silent while nobody listened, `foreground` looks who has its terminal now.
 */
export function evidenceBehind(
	{ state, source, why }: Pick<Report, 'state' | 'source' | 'why'>,
	{ silentMs, shell }: { readonly silentMs: number; readonly shell: boolean },
	foreground: () => Evidence['foreground'],
): Partial<Evidence> {
	// That it is stuck is weir's word on one that says it works.
	const word =
		state === 'stuck' ? ({ state: 'working', why: null } as const) : { state, why };
	if (source === 'hook') return { hook: word };
	if (source === 'declared') return { declared: word };
	if (source === 'process' && state === 'idle')
		return { active: false, foreground: 'self' };
	if (source === 'process' && state === 'working') return { foreground: 'other' };
	if (shell && silentMs >= silenceMs) return { active: false, foreground: foreground() };
	if (source === 'output') return { active: state === 'working' && silentMs < silenceMs };
	return {};
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
