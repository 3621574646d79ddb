// What an agent can be seen to do beside what it says: its screen and its files.
import type { AgentId } from '../domain/ids.ts';
import { stillText } from '../domain/stalling.ts';
import { lastChange } from '../git/last-change.ts';
import { readPrivateHead } from '../git/private-clone.ts';
import { worktreeOf } from './worktree-effects.ts';
import type { World } from './world.ts';

/** Its screen without what turns by itself, and how much has scrolled off; null where it is not there. */
export async function stillScreen(
	{ fleet }: World,
	agent: AgentId,
): Promise<string | null> {
	const text = await fleet.ask(agent, 'text', { pane: agent });
	if (!text.ok) return null;
	return `${text.value.scrollback ?? 0} ${stillText(text.value.lines)}`;
}

/** How many milliseconds ago it changed a file or committed; infinite where it never did. */
export async function changedAgo(world: World, agent: AgentId): Promise<number> {
	const known = world.state().agents[agent];
	const found = known && (await worktreeOf(world, known));
	if (!found?.ok) return Number.POSITIVE_INFINITY;
	const { privateDir, branch } = found.value;
	const head = await readPrivateHead(privateDir, branch);
	if (!head.ok) return Number.POSITIVE_INFINITY;
	return Date.now() - (await lastChange(found.value, head.value.commit));
}
