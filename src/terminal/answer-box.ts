// Answers of one write to what the program asked, for its input. They leave after the parsing: what
// hears them must not run where it could be ended half way.

/** One answer, and all of one write: beyond it a program asks to be flooded. */
const answerLimit = 256;
const answersLimit = 4096;

export class AnswerBox {
	#answers: string[] = [];
	#length = 0;

	put(answer: string): void {
		if (answer === '' || answer.length > answerLimit) return;
		this.#length += answer.length;
		if (this.#length <= answersLimit) this.#answers.push(answer);
	}

	/** In the order of the questions. */
	take(): readonly string[] {
		const answers = this.#answers;
		this.#answers = [];
		this.#length = 0;
		return answers;
	}
}
