// Says to weir that the task is done.
import { ok } from '../../lib/outcome.ts';
import { planOf, type Tool } from './tool.ts';

export const done: Tool = {
	sheet: {
		name: 'done',
		about:
			'Says that your task is done, as far as you know. Refused while you have changed files outside of your scope. Say it once, at the end.',
		input: {
			type: 'object',
			properties: {
				note: { type: 'string', description: 'what you did and what is left' },
			},
			required: ['note'],
		},
	},
	plan(input, { door }) {
		const note = input.given('note');
		return ok(
			planOf({
				verb: 'Done',
				subject: note,
				async run() {
					const said = await door?.done(note);
					if (said && !said.ok) {
						const { message, allow } = said.refusal;
						const text = [message, allow].filter(Boolean).join('; ');
						return { text, failed: true, remark: message };
					}
					return { text: 'weir knows that you are done', failed: false, remark: 'said' };
				},
			}),
		);
	},
};
