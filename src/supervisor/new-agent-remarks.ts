// What is worth knowing when agents are made, and is no reason to refuse them.
import { adapterBehind } from '../agents/registry.ts';
import type { AgentId } from '../domain/ids.ts';
import { sharedScope } from '../domain/shared-scope.ts';
import { fillSubmodules, nameSome } from '../git/gitlinks.ts';
import type { Remark } from '../protocol/requests/agent-requests.ts';
import type { Desk } from './session.ts';

/** Nothing of theirs is in the repository, and their remotes may ask for a password. */
export async function remarkOnSubmodules(
	desk: Desk,
	commit: string,
): Promise<Remark | null> {
	const { setup } = desk.loop.state.settings.worktree;
	const folders = await desk.world.repository.readings.gitlinks.of(commit);
	if (folders.length === 0 || setup !== null) return null;
	return {
		text: `submodules are not set up in worktrees of agents: ${nameSome(folders)} stay empty`,
		allow: fillSubmodules,
	};
}

/** Two agents that write the same files meet at a landing: the second one has to bring both together. */
export function remarkOnScope(desk: Desk, scope: readonly string[]): Remark | null {
	const shared = sharedScope(desk.loop.state, scope);
	if (!shared) return null;
	const { name } = shared.agent;
	const what = shared.path === null ? 'some of the same files' : shared.path;
	return {
		text: `the scope overlaps that of ${name}: both may write ${what}`,
		allow: `--scope '!GLOB' takes out what is to stay with ${name}`,
	};
}

/** A CLI that weir knows, but started with options on the command line, is any program to it. */
export function remarkOnCommand(
	{ loop: { state } }: Desk,
	made: readonly AgentId[],
): Remark | null {
	for (const id of made) {
		const agent = state.agents[id];
		const behind = agent?.adapter === null ? adapterBehind(agent) : undefined;
		if (behind)
			return {
				text: `weir does not hear what ${behind.title} tells, nor resumes it, where its options are typed`,
				allow: `weir new NAME --agent ${behind.name}; options of yours make a kind of your own: docs/agents.md`,
			};
	}
	return null;
}
