// What an agent hears of the gates of its own files.
import type { Agent } from '../domain/agent.ts';
import { type Outcome, ok } from '../lib/outcome.ts';
import { plainText } from '../lib/plain-text.ts';
import type { AgentWordAnswers, AgentWordRequest } from '../protocol/agent-door.ts';
import type { GateReportJson } from '../protocol/gates.ts';
import { agentGates, reportOf, runGates } from './gate-operations.ts';
import type { Desk } from './session.ts';

/** Runs them where they have not said it of these very files, and waits, if it is asked to. */
export async function hearGates(
	agent: Agent,
	{ run }: AgentWordRequest<'gates'>,
	desk: Desk,
): Promise<Outcome<AgentWordAnswers['gates']>> {
	if (Object.keys(desk.loop.state.settings.gates).length === 0) return ok({ gates: [] });
	const all = { gates: null, anew: false, wait: true };
	const told = run
		? await runGates(agent, all, 'weir', desk)
		: ok(agentGates(desk, agent));
	if (!told.ok) return told;
	const now = desk.loop.state.agents[agent.id] ?? agent;
	return ok({
		gates: await Promise.all(
			told.value.gates.map(async ({ name, verdict }) => {
				const green = verdict === 'passed' || verdict === 'none';
				const report = green ? null : await reportOf(desk, now, name);
				const said = report?.ok ? report.value : null;
				return {
					name,
					verdict,
					failures: (said?.failures ?? []).slice(0, toldFailures).map(failureLine),
					output: (said?.output ?? '').slice(-toldOutput),
				};
			}),
		),
	});
}

const toldFailures = 50;
const toldOutput = 4000;

function failureLine({ file, line, name, message }: GateReportJson['failures'][number]) {
	const place = file === null ? '' : `${file}${line === null ? '' : `:${line}`}: `;
	return plainText(`${place}${[name, message].filter(Boolean).join(': ')}`, 500);
}
