// Run by a CLI's hook: hands its payload to weir and prints what the CLI is to do. It never keeps a CLI
// from its own ways: where weir does not answer, it says nothing. Before a write it is the other way
// round: what weir could not be asked about is not written.
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WriteAsked, WriteHook } from '../../agents/adapter.ts';
import { adapterOf } from '../../agents/registry.ts';
import { sayAsAgent } from '../../client/agent-line.ts';
import type { Environment } from '../../lib/environment.ts';
import { messageOf } from '../../lib/error-words.ts';
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';
import type { AgentWordAnswers } from '../../protocol/agent-door.ts';
import { print, tell } from '../print.ts';
import { done, type Ending, type Run } from '../verb.ts';

/** To all CLIs with such a hook: the tool does not run, and its model reads what was said. */
const blocked: Outcome<Ending> = ok({ code: 2 });

/** Of hooks that name none: those of agents that an earlier version started. */
const usualCli = 'claude';

/** So long a write waits for an answer, and for a supervisor that takes over. */
const answerMs = 20_000;
const takeOverMs = 5000;
const againMs = 250;

export const run: Run = async ({ environment, on, text: said }) => {
	const payload = await readPayload();
	if (on('before-write')) {
		const hook = adapterOf(said('of') ?? usualCli)?.writes;
		return hook ? beforeWrite(environment, payload, hook) : blocked;
	}
	if (!payload.ok) return payload;
	const heard = await sayAsAgent(environment, 'hook', { payload: payload.value });
	if (heard.ok && heard.value.print !== '') print(heard.value.print);
	return done;
};

async function readPayload(): Promise<Outcome<unknown>> {
	try {
		return ok(JSON.parse(await text(process.stdin)));
	} catch {
		return refuse(
			'hook.payload',
			'a hook wants the payload of its CLI, as JSON, as input',
		);
	}
}

async function beforeWrite(
	environment: Environment,
	payload: Outcome<unknown>,
	hook: WriteHook,
): Promise<Outcome<Ending>> {
	const judged = payload.ok ? await judge(environment, payload.value, hook) : payload;
	if (!judged.ok) {
		const { message, allow } = judged.refusal;
		const help = allow ? ` (${allow})` : '';
		tell(
			`weir refused this write, since nobody could say whether it is within your scope: ${message}. Somebody has to look at that${help}; do not write by other ways meanwhile.`,
		);
		return blocked;
	}
	if (judged.value.refusal !== null) print(hook.refused(judged.value.refusal));
	return done;
}

async function judge(
	environment: Environment,
	payload: unknown,
	hook: WriteHook,
): Promise<Outcome<AgentWordAnswers['write']>> {
	const write = hook.asked(payload);
	if (write === null) return ok({ refusal: null });
	try {
		return await askWhile(environment, write);
	} catch (error) {
		return refuse('internal', messageOf(error));
	}
}

/** Asks again for some time where nobody listens: another supervisor may be on its way. */
async function askWhile(
	environment: Environment,
	write: WriteAsked,
): Promise<Outcome<AgentWordAnswers['write']>> {
	const end = performance.now() + takeOverMs;
	for (;;) {
		const answer = await sayAsAgent(environment, 'write', write, {
			timeoutMs: answerMs,
		});
		const alone = !answer.ok && goneCodes.has(answer.refusal.code);
		if (!alone || performance.now() > end) return answer;
		await sleep(againMs);
	}
}

const goneCodes: ReadonlySet<string> = new Set(['supervisor.none', 'supervisor.gone']);
