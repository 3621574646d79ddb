// One session: a tool, its panes, the outer terminal around it; measured once and ended.
import { openOuter } from './outer.ts';
import type { Measures, Scenario } from './scenario.ts';
import type { Tool } from './tool.ts';
import type { World } from './world.ts';

export interface SessionOptions {
	readonly run: number;
	readonly quick: boolean;
	readonly bytesPerSecond: number;
	/** Gives the session up at once. */
	readonly signal: AbortSignal;
}

/** Measures; throws where the tool fails or the scenario's time is up. Always ends the tool. */
export async function measureOnce(
	world: World,
	tool: Tool,
	scenario: Scenario,
	{ run, quick, bytesPerSecond, signal }: SessionOptions,
): Promise<Measures> {
	const stage = scenario.stage(world);
	const session = await tool.prepare(world, stage.panes, scenario);
	try {
		await using outer = await openOuter(world, session.argv, {
			...session,
			bytesPerSecond: scenario.unlimited ? 0 : bytesPerSecond,
			...(scenario.size && { size: scenario.size }),
			...(scenario.firstMark && { firstMark: scenario.firstMark }),
		});
		const measuring = session
			.ready(outer)
			.then(() => stage.measure({ world, outer, session, run, quick }));
		return await within(scenario.limitMs, signal, measuring);
	} finally {
		await session.close();
	}
}

async function within<T>(
	milliseconds: number,
	signal: AbortSignal,
	work: Promise<T>,
): Promise<T> {
	const limit = AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]);
	const givenUp = new Promise<never>((_, reject) => {
		const give = () => reject(new Error(`gave up: ${String(limit.reason)}`));
		if (limit.aborted) give();
		else limit.addEventListener('abort', give, { once: true });
	});
	// Hanging up ends the measuring too; its complaint about that says nothing new.
	work.catch(() => undefined);
	return await Promise.race([work, givenUp]);
}
