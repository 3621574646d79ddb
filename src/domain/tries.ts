// Starting again: with what the agent knew, or with nothing but its task and what went wrong.
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import type { Agent, Exit } from './agent.ts';
import type { CommandOf } from './command.ts';
import type { Start } from './creation.ts';

export type RespawnMode = NonNullable<CommandOf<'agent.respawn'>['mode']>;

/**
 * How it starts again. By itself a try that got stuck begins anew, told why; every other one (a crash,
 * a limit, a kill that is taken back) goes on where it was. Refused with `resume.nothing` where it is
 * to go on and there is nothing to go on with.
 */
export function howAgain(
	agent: Agent,
	mode: RespawnMode,
	note: string | null,
): Outcome<Start> {
	const { conversation, former, name } = agent;
	if (mode === 'other') return howAgain(agent, otherMode(agent), note);
	if (mode === 'former')
		return former === null
			? refuse(
					'resume.nothing',
					`${name} has left no conversation`,
					`weir respawn ${name}`,
				)
			: ok({ resume: former, note });
	const goesOn = mode === 'resume' || (mode === 'auto' && !isLostCause(agent));
	if (goesOn && conversation !== null) return ok({ resume: conversation, note });
	if (mode === 'resume')
		return refuse(
			'resume.nothing',
			`${name} has no conversation to go on with`,
			former === null
				? `weir respawn ${name} --fresh`
				: `weir respawn ${name} --former goes on with the one it left`,
		);
	return ok({ note: note ?? noteOn(agent) });
}

/** What one who does not want the last start would have: the conversation that it left, or none. */
export function otherMode({ former }: Agent): 'former' | 'fresh' {
	return former === null ? 'fresh' : 'former';
}

/**
 * Whether what it knew is likely what kept it from its task. Where nobody but its conversation knows
 * the task, to begin anew would lose that.
 */
function isLostCause({ report, prompt }: Agent): boolean {
	return prompt !== null && report.state === 'stuck';
}

/** What the next try is told about the one before, in the machine's words; null without a task. */
function noteOn({ tries, prompt, report, lastExit, life, name }: Agent): string | null {
	if (tries === 0 || prompt === null) return null;
	const how =
		life.kind === 'running' ? whileRunning(report) : lastExit && endOf(lastExit);
	return `A note by weir, which supervises ${name}: try ${tries} at this task did not finish (${how ?? report.state}). Its changes may still lie in this worktree; look at git status and git diff before you begin, and take another way than it did.`;
}

function whileRunning({ state, why }: Agent['report']): string {
	if (state !== 'stuck' && state !== 'failed') return 'it was stopped';
	return [state, why].filter(Boolean).join(': ');
}

function endOf({ cause, code, signal, at }: Exit): string {
	if (cause === 'stopped') return `it was stopped at ${at}`;
	if (cause === 'lost') return `it was lost with its machine at ${at}`;
	const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
	return `its program ended ${how} at ${at}`;
}

/** So soon after its start a program that was to go on has likely not found its conversation. */
const foundWithinMs = 15_000;

/** What is left to go on with after an end: a conversation that was not found is not tried for ever. */
export function afterEnd(
	{ conversation, former, resumedAt }: Agent,
	{ at }: Exit,
	crashed: boolean,
): Pick<Agent, 'conversation' | 'former' | 'resumedAt'> {
	const tried = resumedAt !== null && Date.parse(at) - Date.parse(resumedAt);
	const missed = crashed && tried !== false && tried < foundWithinMs;
	return missed
		? { conversation: null, former: conversation ?? former, resumedAt: null }
		: { conversation, former, resumedAt: null };
}

/** `try 2`; null for the first. */
export function triesWord(tries: number): string | null {
	return tries > 1 ? `try ${tries}` : null;
}
