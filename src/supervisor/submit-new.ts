// The one way in which an agent comes to be, whatever it was asked for by.
import type { CommandOf } from '../domain/command.ts';
import type { AgentId } from '../domain/ids.ts';
import { type Outcome, ok } from '../lib/outcome.ts';
import { followAgent } from './follow-effects.ts';
import { usualKind, worktreesOf } from './new-agent-checks.ts';
import type { Desk } from './session.ts';

type New = Omit<CommandOf<'agent.new'>, 'kind' | 'root' | 'shell' | 'usualKind'>;

/** With the environment of who asked; waits until it runs, or is refused, where that is wanted. */
export async function submitNew(
	desk: Desk,
	wish: New,
	{
		env,
		wait,
	}: { readonly env: Readonly<Record<string, string>>; readonly wait: boolean },
): Promise<Outcome<AgentId>> {
	// Before anything is recorded that may hold one of its secrets.
	desk.world.withheld.know(env);
	const submitted = await desk.loop.submit(
		{
			...wish,
			kind: 'agent.new',
			root: worktreesOf(desk),
			shell: env.SHELL ?? '/bin/sh',
			usualKind: usualKind(env),
		},
		'human',
	);
	if (!submitted.ok) return submitted;
	const [created] = submitted.value;
	if (created?.kind !== 'agent.created') throw new Error('agent.new created no agent');
	const { agent } = created.data;
	// The worktree comes first: the environment is there before the program starts.
	desk.world.environments.bring(agent, env);
	const refusal = wait ? await followAgent(desk.loop, agent, submitted.value) : null;
	return refusal ? { ok: false, refusal } : ok(agent);
}
