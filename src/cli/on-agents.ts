// Verbs that do the same to each agent they name: one connection, in the order given.
import type { Connection } from '../client/connection.ts';
import { type Outcome, ok, type Refusal } from '../lib/outcome.ts';
import type { AgentJson } from '../protocol/status.ts';
import { print, printJson, printRefusal } from './print.ts';
import { withProgress } from './progress.ts';
import { reach } from './reach.ts';
import { type Call, codeOf, done, type Ending } from './verb.ts';

export interface Deed<T> {
	/** What became of an agent, in words that follow its name. */
	readonly past: (name: string, answer: T) => string;
	readonly ask: (connection: Connection, agent: string) => Promise<Outcome<T>>;
	/** Asks the person first; no progress is drawn over the question. */
	readonly confirm?: (connection: Connection, agent: string) => Promise<Outcome<void>>;
	/** What the person can do while it takes its time. */
	readonly hint?: string;
}

/** Goes on after a refusal; the exit code is that of the first one. */
export async function onAgents<T extends { readonly agent: AgentJson }>(
	call: Call,
	{ past, ask, confirm, hint = '' }: Deed<T>,
): Promise<Outcome<Ending>> {
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const agents: AgentJson[] = [];
	const refusals: (Refusal & { readonly agent: string })[] = [];
	for (const name of new Set(call.words)) {
		const sure = (await confirm?.(connection, name)) ?? ok(undefined);
		const asked = sure.ok
			? await withProgress(
					connection,
					`${call.verb} ${name}${hint}`,
					ask(connection, name),
				)
			: sure;
		if (!asked.ok) {
			if (call.words.length === 1) return asked;
			refusals.push({ agent: name, ...asked.refusal });
			if (!call.json) printRefusal(asked.refusal, null);
		} else {
			const { agent } = asked.value;
			agents.push(agent);
			if (!call.json) print(`${agent.name} ${past(agent.name, asked.value)}`);
		}
	}
	return endWith(call, agents, refusals);
}

/** How a verb ends that was asked for several agents: the exit code is that of the first refusal. */
export function endWith(
	call: Call,
	agents: readonly AgentJson[],
	refusals: readonly Refusal[],
): Outcome<Ending> {
	if (call.json) printJson({ v: 1, agents, refusals });
	const [first] = refusals;
	return first ? ok({ code: codeOf(first) }) : done;
}
