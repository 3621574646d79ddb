// Answers on their way: each is held for a moment, in which it can be recalled, then delivered. What the
// supervisor says of it is said to whoever gave it.
import type { Choice } from '../../domain/events/question-events.ts';
import type { QuestionId } from '../../domain/ids.ts';
import type { Outcome, Refusal } from '../../lib/outcome.ts';
import type { ClientRequest, ClientResponses } from '../../protocol/client.ts';
import type { Held } from './inbox-view.ts';

export interface Answer {
	readonly question: QuestionId;
	/** Of the agent that asks. */
	readonly name: string;
	readonly choice: Choice | null;
	readonly text: string | null;
}

export interface AnswersOptions {
	readonly ask: (
		body: ClientRequest<'answer'>,
	) => Promise<Outcome<ClientResponses['answer']>>;
	readonly after: (milliseconds: number, run: () => void) => () => void;
	readonly onHeld: (held: Held | null) => void;
	readonly onDelivered: (answer: Answer) => void;
	readonly onRefused: (answer: Answer, refusal: Refusal) => void;
}

/** How long an answer can be recalled. */
const holdMs = 500;

export class Answers {
	readonly #options: AnswersOptions;
	#waiting: { readonly answer: Answer; readonly stop: () => void } | null = null;
	#sending = Promise.resolve();

	constructor(options: AnswersOptions) {
		this.#options = options;
	}

	/** The one before it is delivered at once. */
	give(answer: Answer): void {
		this.#release();
		const stop = this.#options.after(holdMs, () => this.#release());
		this.#waiting = { answer, stop };
		this.#options.onHeld({ id: answer.question, sent: false });
	}

	/** The answer that was not delivered yet and will not be; null where there is none. */
	recall(): Answer | null {
		const waiting = this.#waiting;
		if (!waiting) return null;
		waiting.stop();
		this.#waiting = null;
		this.#options.onHeld(null);
		return waiting.answer;
	}

	/** Delivers without holding it: several at once that were shown before. */
	send(answer: Answer): Promise<void> {
		this.#sending = this.#sending.then(() => this.#deliver(answer));
		return this.#sending;
	}

	/** Resolves when nothing is on its way any more. */
	settled(): Promise<void> {
		this.#release();
		return this.#sending;
	}

	#release(): void {
		const waiting = this.#waiting;
		if (!waiting) return;
		waiting.stop();
		this.#waiting = null;
		this.#options.onHeld({ id: waiting.answer.question, sent: true });
		void this.send(waiting.answer);
	}

	async #deliver(answer: Answer): Promise<void> {
		const { ask, onDelivered, onRefused, onHeld } = this.#options;
		const { question, choice, text } = answer;
		const key = choice?.key ?? null;
		const delivered = await ask({ question, choice: key, text, wait: true });
		if (this.#waiting === null) onHeld(null);
		if (delivered.ok) onDelivered(answer);
		else onRefused(answer, delivered.refusal);
	}
}
