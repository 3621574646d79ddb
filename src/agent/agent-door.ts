// What weir's own agent says to weir where it runs in a pane of its: the same words as any agent, on the
// same socket, with the token that its program was given.
import { setTimeout as sleep } from 'node:timers/promises';
import { sayAsAgent } from '../client/agent-line.ts';
import { untilAnswered } from '../client/until-answered.ts';
import type { Environment } from '../lib/environment.ts';
import type { Outcome, Refusal } from '../lib/outcome.ts';
import type { AgentWord, AgentWordAnswers } from '../protocol/agent-door.ts';

/** So long a write waits for its answer, and for a supervisor that takes over. */
const answerMs = 20_000;
const takeOverMs = 5000;
const againMs = 250;
/** So long its model is not asked because weir does not answer. */
const leaveMs = 5000;

export class AgentDoor {
	readonly #environment: Environment;
	/** Of the conversation, as weir goes on with it. */
	readonly conversation: string;

	private constructor(environment: Environment, conversation: string) {
		this.#environment = environment;
		this.conversation = conversation;
	}

	/** Null outside of weir. */
	static in(environment: Environment, conversation: string): AgentDoor | null {
		return environment.WEIR_SOCKET && environment.WEIR_TOKEN
			? new AgentDoor(environment, conversation)
			: null;
	}

	done(note: string): Promise<Outcome<object>> {
		return sayAsAgent(this.#environment, 'done', { note });
	}

	/** Waits until somebody answers, through a change of supervisors. */
	ask(
		text: string,
		choices: readonly string[],
		signal: AbortSignal,
	): Promise<Outcome<AgentWordAnswers['ask']>> {
		return this.#patiently('ask', { text, choices, timeoutMs: null }, signal);
	}

	gates(run: boolean, signal: AbortSignal): Promise<Outcome<AgentWordAnswers['gates']>> {
		return this.#patiently('gates', { run }, signal);
	}

	/**
	 * Waits until weir has counted what was used and lets it ask its model; tells why it waits. Who cannot
	 * be reached holds up nothing, but ends no wait either that it has called for.
	 */
	async leaveToAsk(signal: AbortSignal, onHeld: (why: string) => void): Promise<void> {
		for (let held = false; ; await sleep(againMs, undefined, { signal })) {
			const patience = { timeoutMs: leaveMs, signal };
			const said = await sayAsAgent(this.#environment, 'spend', {}, patience);
			signal.throwIfAborted();
			const why = said.ok ? said.value.refusal : null;
			if (why !== null && !held) onHeld(why);
			held ||= why !== null;
			if (said.ok ? why === null : !held || !isAlone(said.refusal)) return;
		}
	}

	/** Why a file may not be written, in words for the model; null where it may. */
	async mayWrite(tool: string, path: string): Promise<Outcome<string | null>> {
		const body = { tool, paths: [path], folder: null };
		for (const end = performance.now() + takeOverMs; ; await sleep(againMs)) {
			const answer = await sayAsAgent(this.#environment, 'write', body, {
				timeoutMs: answerMs,
			});
			if (answer.ok) return { ok: true, value: answer.value.refusal };
			if (!isAlone(answer.refusal) || performance.now() > end) return answer;
		}
	}

	/** Puts a question of its own dialog into the inbox; what is printed there answers it. */
	async hook(payload: object, signal: AbortSignal): Promise<string> {
		const asked = { payload: { ...payload, session_id: this.conversation } };
		const said = await this.#patiently('hook', asked, signal);
		return said.ok ? said.value.print : '';
	}

	#patiently<W extends AgentWord>(
		word: W,
		body: object,
		signal: AbortSignal,
	): Promise<Outcome<AgentWordAnswers[W]>> {
		return untilAnswered(null, async () => {
			signal.throwIfAborted();
			const said = await sayAsAgent(this.#environment, word, body, {
				timeoutMs: null,
				signal,
			});
			signal.throwIfAborted();
			return said;
		});
	}
}

function isAlone({ code }: Refusal): boolean {
	return /^supervisor\.(?:none|gone|silent)$/.test(code);
}
