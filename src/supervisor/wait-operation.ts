// The request to wait for agents. It ends when all are there, when the time is over, when what is
// waited for cannot come any more, and with its client.
import type { Agent } from '../domain/agent.ts';
import { checkWaitWords, isIn, whyNotWait } from '../domain/waiting.ts';
import { ok, type Refusal } from '../lib/outcome.ts';
import { agentOf, type Desk, type Handler, jsonOf, type Session } from './session.ts';

type Verdict = 'reached' | 'late' | Refusal;

/** Resolves with the agents once each is in one of the states, or when the time is over. */
export const handleWait: Handler<'wait'> = async (request, desk, session) => {
	const checked = checkWaitWords(request.until);
	if (!checked.ok) return checked;
	const agents: Agent[] = [];
	for (const name of request.agents) {
		const agent = agentOf(desk, name);
		if (!agent.ok) return agent;
		agents.push(agent.value);
	}
	const look = (): Verdict | null => {
		const now = agents.map(({ id }) => desk.loop.state.agents[id]);
		const waiting = now.filter((agent) => agent && !isIn(agent, request.until));
		if (waiting.length === 0) return 'reached';
		for (const agent of waiting) {
			const no = agent && whyNotWait(agent, request.until);
			if (no) return no;
		}
		return null;
	};
	const verdict = look() ?? (await untilSeen(look, request.timeoutMs, desk, session));
	if (typeof verdict === 'object') return { ok: false, refusal: verdict };
	const timedOut = verdict === 'late';
	return ok({ timedOut, agents: agents.map(({ id }) => jsonOf(desk, id)) });
};

function untilSeen(
	look: () => Verdict | null,
	timeoutMs: number | null,
	desk: Desk,
	session: Session,
): Promise<Verdict> {
	return new Promise((resolve) => {
		const finish = (verdict: Verdict) => {
			stop();
			clearTimeout(timer);
			resolve(verdict);
		};
		const stop = desk.loop.onEvents.on(() => {
			const verdict = look();
			if (verdict !== null) finish(verdict);
		});
		const timer =
			timeoutMs === null
				? undefined
				: setTimeout(() => finish('late'), Math.min(timeoutMs, longestTimerMs));
		session.onClose(() => finish('late'));
	});
}

/** Node fires a longer one at once. */
const longestTimerMs = 2 ** 31 - 1;
