// Makes a file, or replaces all of one.
import { refuse } from '../../lib/outcome.ts';
import type { Tool } from './tool.ts';
import { editableText, planWrite } from './written-file.ts';

export const write: Tool = {
	sheet: {
		name: 'write',
		about:
			'Makes a text file with this content, and the folders above it; a file that is there is replaced as a whole. For changes of a part use edit.',
		input: {
			type: 'object',
			properties: {
				path: { type: 'string', description: 'the file' },
				content: { type: 'string', description: 'all that is to stand in it' },
			},
			required: ['path', 'content'],
		},
	},
	async plan(input, { workspace }) {
		const found = await workspace.findToWrite(input.given('path'));
		if (!found.ok) return found;
		const read = await editableText(found.value);
		if (!read.ok) return read;
		const after = input.given('content');
		if (read.value === after)
			return refuse('edit.nothing', `${found.value.name} holds exactly that already`);
		return planWrite(found.value, read.value, after);
	},
};
