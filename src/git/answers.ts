// What git said about commits, which never change: an agent that works is looked at again and again
// while its branch and its base stay where they are.

/** Answers that are kept; the one not asked for longest goes first. */
const limit = 500;

export class Answers {
	readonly #kept = new Map<string, Promise<unknown>>();

	/**
	 * The answer to a question that has only one for ever. A failure is asked for again, and so is an
	 * answer that is too large to be kept.
	 */
	of<T>(
		question: string,
		ask: () => Promise<T>,
		isSmall: (answer: T) => boolean = () => true,
	): Promise<T> {
		// A question says what kind of answer it has.
		const known = this.#kept.get(question) as Promise<T> | undefined;
		const answer = known ?? ask();
		this.#kept.delete(question);
		this.#kept.set(question, answer);
		const forget = () => this.#kept.delete(question);
		if (!known) answer.then((said) => isSmall(said) || forget(), forget);
		const [oldest] = this.#kept.keys();
		if (this.#kept.size > limit && oldest !== undefined) this.#kept.delete(oldest);
		return answer;
	}
}
