// Replaces a passage of a file that stands there exactly once.
import { counted } from '../../lib/counted.ts';
import { refuse } from '../../lib/outcome.ts';
import type { Tool } from './tool.ts';
import { editableText, planWrite } from './written-file.ts';

export const edit: Tool = {
	sheet: {
		name: 'edit',
		about:
			'Replaces a passage of a text file. "old" is the passage letter for letter, with its blanks and without line numbers, and long enough to stand there only once; "all" replaces it wherever it stands.',
		input: {
			type: 'object',
			properties: {
				path: { type: 'string', description: 'the file' },
				old: { type: 'string', description: 'the passage that is there' },
				new: { type: 'string', description: 'what is to stand there' },
				all: { type: 'boolean', description: 'wherever it stands' },
			},
			required: ['path', 'old', 'new'],
		},
	},
	async plan(input, { workspace }) {
		const found = await workspace.findToWrite(input.given('path'));
		if (!found.ok) return found;
		const place = found.value;
		const read = await editableText(place);
		if (!read.ok) return read;
		const before = read.value;
		if (before === null)
			return refuse('edit.no-file', `there is no ${place.name}`, 'make it with write');
		const old = input.given('old');
		if (old === '') return refuse('edit.nothing', '"old" is empty');
		const times = before.split(old).length - 1;
		if (times === 0)
			return refuse(
				'edit.not-found',
				`"old" does not stand in ${place.name}`,
				'read it again',
			);
		if (times > 1 && !input.on('all'))
			return refuse(
				'edit.many',
				`"old" stands ${counted(times, 'time')} in ${place.name}`,
				'give more of what surrounds it, or say "all"',
			);
		const after = before.split(old).join(input.given('new'));
		if (after === before) return refuse('edit.nothing', '"new" is what stands there');
		return planWrite(place, before, after);
	},
};
