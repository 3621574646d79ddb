// What the gates say of the agent's own tree, run anew where they have to be.
import { ok } from '../../lib/outcome.ts';
import { bounded } from './bounded-text.ts';
import { planOf, type Tool } from './tool.ts';

export const gates: Tool = {
	sheet: {
		name: 'gates',
		about:
			'Runs the gates (tests, lint, types) on what your files are now, waits, and tells what they say. Nothing of yours lands while one is red.',
		input: { type: 'object', properties: {}, required: [] },
	},
	plan(_input, { door }) {
		return ok(
			planOf({
				verb: 'Gates',
				subject: 'of these files',
				async run(signal) {
					const asked = await door?.gates(true, signal);
					if (!asked?.ok) {
						const why = asked?.refusal.message ?? 'weir is not here';
						return { text: why, failed: true, remark: why };
					}
					const { gates } = asked.value;
					if (gates.length === 0)
						return { text: 'no gate is set up', failed: false, remark: 'none' };
					const text = gates
						.map(({ name, verdict, failures, output }) =>
							[`${name}: ${verdict}`, ...failures, output].filter(Boolean).join('\n'),
						)
						.join('\n');
					const remark = gates
						.map(({ name, verdict }) => `${name} ${verdict}`)
						.join(', ');
					return { text: bounded(text), failed: false, remark };
				},
			}),
		);
	},
};
