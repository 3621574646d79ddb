// Who waits for answers: agents that asked by a verb, and hooks of their CLIs, each on a connection. A
// question outlives its supervisor; a hook does not ask again, a verb does.
import type { Agent } from '../domain/agent.ts';
import type { QuestionShape } from '../domain/events/question-events.ts';
import type { QuestionId } from '../domain/ids.ts';
import type { Question } from '../domain/state.ts';
import { type Closer, Lifetime } from '../lib/lifetime.ts';
import { type Outcome, ok } from '../lib/outcome.ts';
import type { Loop } from './loop.ts';
import type { Peer } from './sockets.ts';
import type { Withheld } from './withheld.ts';

/** Node fires a longer timer at once. */
const longestTimerMs = 2 ** 31 - 1;

/** So long a verb has to ask again after another supervisor took over. */
const returnMs = 60_000;

type Ending = 'answered' | 'closed' | 'late' | 'left';

const reasons = {
	answered: 'delivered',
	closed: 'gone',
	late: 'timeout',
	left: 'gone',
} as const;

export class Asking {
	readonly #loop: Loop;
	readonly #withheld: Pick<Withheld, 'out' | 'back'>;
	readonly #lifetime = new Lifetime();
	readonly #waited = new Set<QuestionId>();
	#closed = false;

	constructor(loop: Loop, withheld: Pick<Withheld, 'out' | 'back'>) {
		this.#loop = loop;
		this.#withheld = withheld;
	}

	/** After a start: nobody waits for what an earlier supervisor was asked. */
	async takeOver(): Promise<void> {
		for (const { id, via } of this.#unwaited())
			if (via.kind === 'hook') await this.#close(id, 'left');
		this.#lifetime.timer(returnMs, () => {
			for (const { id, via } of this.#unwaited())
				if (via.kind === 'verb') void this.#close(id, 'left');
		});
	}

	/** Asks the human, or goes on with the very question where the agent asked it before. */
	async ask(agent: Agent, shape: QuestionShape): Promise<Outcome<QuestionId>> {
		const told = this.#withheld.out(shape);
		const before = this.#unwaited().find((one) => isSame(one, agent, told));
		if (before) return ok(before.id);
		const { id, generation } = agent;
		const opened = await this.#loop.submit({
			kind: 'question.open',
			agent: id,
			generation,
			...shape,
		});
		if (!opened.ok) return opened;
		const event = opened.value.find((one) => one.kind === 'question.opened');
		if (!event) throw new Error('question.open opened no question');
		return ok(event.data.question);
	}

	/** The human's answer; null where there will be none. Closes the question. */
	async answerTo(
		question: QuestionId,
		peer: Peer,
		timeoutMs: number | null,
	): Promise<Question['answer']> {
		this.#waited.add(question);
		const ending = await this.#untilEnded(question, peer, timeoutMs);
		this.#waited.delete(question);
		const answer = this.#loop.state.questions[question]?.answer ?? null;
		await this.#close(question, ending);
		return ending === 'answered' ? this.#withheld.back(answer) : null;
	}

	/** Who waits is not told: to the next supervisor they say it again. */
	close(): Promise<void> {
		this.#closed = true;
		return this.#lifetime.close();
	}

	#unwaited(): readonly Question[] {
		return Object.values(this.#loop.state.questions).filter(
			({ id }) => !this.#waited.has(id),
		);
	}

	#untilEnded(
		question: QuestionId,
		peer: Peer,
		timeoutMs: number | null,
	): Promise<Ending> {
		return new Promise((resolve) => {
			const closers: Closer[] = [];
			const finish = (ending: Ending) => {
				for (const close of closers) void close();
				resolve(ending);
			};
			const look = () => {
				const now = this.#loop.state.questions[question];
				if (!now) finish('closed');
				else if (now.answer) finish('answered');
			};
			closers.push(this.#loop.onEvents.on(look));
			closers.push(peer.channel.onClose.on(() => finish('left')));
			if (timeoutMs !== null) {
				const wait = Math.min(timeoutMs, longestTimerMs);
				closers.push(this.#lifetime.timer(wait, () => finish('late')));
			}
			if (peer.channel.closed) finish('left');
			else look();
		});
	}

	async #close(question: QuestionId, ending: Ending): Promise<void> {
		if (this.#closed) return;
		const reason = reasons[ending];
		await this.#loop.submit({ kind: 'question.close', question, reason });
	}
}

function isSame(one: Question, agent: Agent, shape: QuestionShape): boolean {
	return (
		one.agent === agent.id &&
		one.generation === agent.generation &&
		one.via.kind === shape.via.kind &&
		one.via.kind === 'verb' &&
		one.text === shape.text &&
		JSON.stringify(one.choices) === JSON.stringify(shape.choices)
	);
}
