// Verbs that do the same to each agent they name: one connection, in the order given.
import type { Connection } from '../client/connection.ts';
import type { Outcome } from '../lib/outcome.ts';
import type { AgentJson } from '../protocol/status.ts';
import { print, printJson, printRefusal } from './print.ts';
import { reach } from './reach.ts';
import { type Call, codeOf, done, type Ending } from './verb.ts';

/** Goes on after a refusal; the exit code is that of the first one. */
export async function onAgents(
	call: Call,
	past: string,
	ask: (connection: Connection, agent: string) => Promise<Outcome<{ agent: AgentJson }>>,
): Promise<Outcome<Ending>> {
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const agents: AgentJson[] = [];
	let failed: Outcome<never> | null = null;
	for (const name of call.words) {
		const asked = await ask(connection, name);
		if (asked.ok) {
			agents.push(asked.value.agent);
			if (!call.json) print(`${asked.value.agent.name} ${past}`);
		} else {
			if (call.words.length > 1 && !call.json) printRefusal(asked.refusal, null);
			failed ??= asked;
		}
	}
	if (call.json && (agents.length > 0 || failed === null)) printJson({ v: 1, agents });
	if (failed === null || failed.ok) return done;
	if (call.words.length === 1 || (call.json && agents.length === 0)) return failed;
	return { ok: true, value: { code: codeOf(failed.refusal) } };
}
