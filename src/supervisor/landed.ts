// Which landing of an agent the next one on a branch goes on from.
import type { Agent } from '../domain/agent.ts';
import { landedBy } from '../domain/landing.ts';
import { isOf } from '../domain/resolving.ts';
import { type LandedBefore, lastLandedIn } from '../git/landed-before.ts';
import { type LandedProof, provablyLanded } from '../git/prune.ts';
import type { World } from './world.ts';

/** The agent's last landing that the commit `base` has; null where it has none. */
export function landedBefore(
	world: World,
	agent: Agent,
	base: string,
): Promise<LandedBefore | null> {
	return lastLandedIn(world.repository, base, landedBy(world.state(), agent.id));
}

/**
 * How the base has all that an agent has committed; null where that cannot be shown. Patches that are
 * in its history count only while the agent's last landing stands: a revert came after them.
 */
export async function landedProof(
	{ repository, state }: World,
	agent: Agent,
	base: string,
	tip: string,
): Promise<LandedProof | null> {
	const proof = await provablyLanded(repository, base, tip);
	const own = Object.values(state().landings).filter(
		(landing) => isOf(landing, agent.id) && ended.has(landing.phase),
	);
	const takenBack = own.at(-1)?.phase === 'undone';
	return proof === 'same-patches' && takenBack ? null : proof;
}

const ended: ReadonlySet<string> = new Set(['landed', 'undone']);
