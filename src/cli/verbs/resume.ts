// Lets agents go on: those named that are paused, or all that wait for it.
import { type Outcome, refuse } from '../../lib/outcome.ts';
import type { ResumedJson } from '../../protocol/requests/agent-requests.ts';
import { endWith, onAgents } from '../on-agents.ts';
import { print, printRefusal } from '../print.ts';
import { withProgress } from '../progress.ts';
import { environmentOf, reach } from '../reach.ts';
import type { Call, Ending, Run } from '../verb.ts';

export const run: Run = async (call) => {
	const all = call.on('all');
	if (all === call.words.length > 0)
		return refuse(
			'usage.resume',
			all ? 'with --all no agent is named' : 'name an agent, or say --all',
			'weir resume --all',
		);
	return all ? resumeAll(call) : resumeNamed(call);
};

function resumeNamed(call: Call): Promise<Outcome<Ending>> {
	return onAgents(call, {
		past: () => 'goes on',
		ask: (connection, agent) =>
			connection.request('resume', { agent, wait: true }, { timeoutMs: null }),
	});
}

async function resumeAll(call: Call): Promise<Outcome<Ending>> {
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const asked = connection.request(
		'resume.all',
		{ wait: true, env: environmentOf(call) },
		{ timeoutMs: null },
	);
	const done = await withProgress(connection, 'resume --all', asked);
	if (!done.ok) return done;
	const { agents, refusals } = done.value;
	if (!call.json) {
		for (const { agent, how } of agents) print(`${agent.name} ${deeds[how]}`);
		for (const one of refusals) printRefusal(one, null);
		if (agents.length + refusals.length === 0) print('no agent is paused or interrupted');
	}
	return endWith(
		call,
		agents.map(({ agent }) => agent),
		refusals,
	);
}

const deeds: Readonly<Record<ResumedJson['how'], string>> = {
	continued: 'goes on',
	resumed: 'respawned, goes on with its conversation',
	respawned: 'respawned',
};
