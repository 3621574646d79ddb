// Starting again: with what the agent knew, or with nothing but its task and what went wrong.
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import type { Agent } from './agent.ts';
import type { CommandOf } from './command.ts';
import type { Start } from './creation.ts';

type Mode = NonNullable<CommandOf<'agent.respawn'>['mode']>;

/**
 * How it starts again. By itself a try that got stuck begins anew, told why; every other one (a crash,
 * a limit, a kill that is taken back) goes on where it was. Refused with `resume.nothing` where it is
 * to go on and there is nothing to go on with.
 */
export function howAgain(agent: Agent, mode: Mode, note: string | null): Outcome<Start> {
	const { conversation, name } = agent;
	const fresh = mode === 'fresh' || (mode === 'auto' && isLostCause(agent));
	if (!fresh && conversation !== null) return ok({ resume: conversation, note });
	if (mode === 'resume' && agent.adapter !== null)
		return refuse(
			'resume.nothing',
			`${name} has no conversation to go on with`,
			`weir respawn ${name} --fresh`,
		);
	return ok({ note: note ?? (fresh ? noteOn(agent) : null) });
}

/** Whether what it knew is likely what kept it from its task. */
export function isLostCause({ report, tries }: Agent): boolean {
	return tries > 0 && report.state === 'stuck';
}

/** What the next try is told about the one before, in the machine's words; null at the first. */
function noteOn({ tries, report, lastExit, name }: Agent): string | null {
	if (tries === 0) return null;
	const how = report.why ?? report.state;
	const end =
		lastExit === null || lastExit.cause === 'stopped' ? '' : ` It ended ${lastExit.at}.`;
	return `A note by weir, which supervises ${name}: try ${tries} at this task did not finish (${report.state}: ${how}).${end} Its changes may still lie in this worktree; look at git status and git diff before you begin, and take another way than it did.`;
}
