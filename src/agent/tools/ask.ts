// Asks the human by weir's inbox and waits for the answer.
import { ok, refuse } from '../../lib/outcome.ts';
import { planOf, type Tool } from './tool.ts';

const mostChoices = 9;

export const ask: Tool = {
	sheet: {
		name: 'ask',
		about:
			'Asks the person who looks after you, who may be away, and waits for the answer. For decisions that you cannot make; not for what you can find out.',
		input: {
			type: 'object',
			properties: {
				question: { type: 'string', description: 'in one or two sentences' },
				choices: {
					type: 'array',
					items: { type: 'string' },
					description: `answers to choose from, ${mostChoices} at most`,
				},
			},
			required: ['question'],
		},
	},
	plan(input, { door }) {
		const question = input.given('question').trim();
		const choices = input.texts('choices').slice(0, mostChoices);
		if (question === '') return refuse('ask.empty', 'the question is empty');
		return ok(
			planOf({
				verb: 'Ask',
				subject: [question, ...choices.map((one, at) => `${at + 1} ${one}`)].join('\n'),
				asks: true,
				async run(signal) {
					const asked = await door?.ask(question, choices, signal);
					if (!asked?.ok) {
						const why = asked?.refusal.message ?? 'weir is not here';
						return { text: why, failed: true, remark: why };
					}
					const { answer } = asked.value;
					if (!answer)
						return {
							text: 'nobody answered; go on as you think best, and say what you assumed',
							failed: false,
							remark: 'nobody answered',
						};
					const { choice, text } = answer;
					const chosen = choice === null ? null : (choices[Number(choice) - 1] ?? choice);
					const said = [chosen, text]
						.filter((part) => part !== null && part !== '')
						.join('\n');
					return { text: said, failed: false, remark: said };
				},
			}),
		);
	},
};
