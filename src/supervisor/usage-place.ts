// Where an agent's CLI records what it uses: by its kind in the settings, or by the CLI that it is.
import { homedir } from 'node:os';
import { adapterBehind } from '../agents/registry.ts';
import type { UsageContext, UsageRecords } from '../agents/usage.ts';
import { usageFiles } from '../agents/usage-files.ts';
import type { Agent } from '../domain/agent.ts';
import type { UsagePlaces } from '../domain/agent-kinds.ts';
import type { State } from '../domain/state.ts';
import { localDay } from '../lib/local-day.ts';

/** A conversation that goes on may have begun so long ago. */
const mostDays = 31;
const dayMs = 86_400_000;

/** Null where nothing tells what it uses. */
export function recordsOf(state: State, agent: Agent): UsageRecords | null {
	const own = placeOf(state, agent);
	return own === null ? (adapterBehind(agent)?.usage ?? null) : usageFiles(own);
}

/** By its kind in the settings; null where that says nothing. */
export function placeOf({ settings }: State, { kind }: Agent): UsagePlaces | null {
	return Object.hasOwn(settings.agents, kind)
		? (settings.agents[kind]?.usage ?? null)
		: null;
}

/** Whose records are looked for, with the environment of its program. */
export function contextOf(
	{ path, usage }: Agent,
	environment: Readonly<Record<string, string>>,
): UsageContext {
	const now = Date.now();
	const first = Math.max(Date.parse(usage.since), now - (mostDays - 1) * dayMs);
	const days = new Set<string>();
	for (let at = first; at < now + dayMs; at += dayMs)
		days.add(localDay(Math.min(at, now)));
	return {
		worktree: path,
		home: environment.HOME ?? homedir(),
		environment,
		days: [...days],
	};
}
