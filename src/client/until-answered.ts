// Waiting for the human's answer, as an agent: through a change of supervisors, for so long at most.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from '../lib/outcome.ts';

/** Asks, and asks again where another supervisor takes over: the agent's token lives on with it. */
export async function untilAnswered<T>(
	seconds: number | null,
	ask: (timeoutMs: number | null) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
	const until = seconds === null ? null : performance.now() + seconds * 1000;
	for (let alone = 0; ; alone += again.everyMs) {
		const left = until === null ? null : Math.max(0, until - performance.now());
		const asked = await ask(left);
		if (asked.ok || !again.codes.includes(asked.refusal.code)) return asked;
		if (alone >= again.forMs) return asked;
		await sleep(again.everyMs);
	}
}

const again = {
	codes: ['supervisor.none', 'supervisor.gone'],
	everyMs: 500,
	forMs: 60_000,
};
