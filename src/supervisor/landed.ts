// Which landing of an agent the next one on a branch goes on from.
import type { Agent } from '../domain/agent.ts';
import { landedBy } from '../domain/landing.ts';
import { type LandedBefore, lastLandedIn } from '../git/landed-before.ts';
import type { World } from './world.ts';

/** The agent's last landing that the commit `base` has; null where it has none. */
export function landedBefore(
	world: World,
	agent: Agent,
	base: string,
): Promise<LandedBefore | null> {
	return lastLandedIn(world.repository, base, landedBy(world.state(), agent.id));
}
