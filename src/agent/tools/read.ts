// Reads a file with the numbers of its lines, or lists a folder.
import { open, readdir, stat } from 'node:fs/promises';
import { counted } from '../../lib/counted.ts';
import { errorCode, messageOf } from '../../lib/error-words.ts';
import type { Place } from '../workspace.ts';
import { bounded, longestResult } from './bounded-text.ts';
import { planOf, type Tool, type ToolOutcome } from './tool.ts';

const usualLines = 1000;
const longestLine = 1000;
/** Of a file more is not looked at. */
const mostBytes = 8 * 1024 * 1024;
const mostEntries = 500;

export const read: Tool = {
	sheet: {
		name: 'read',
		about: `Reads a text file, each line behind its number, or lists a folder. Shows ${usualLines} lines at most; ask for further ones with "from".`,
		input: {
			type: 'object',
			properties: {
				path: {
					type: 'string',
					description: 'the file or folder, from the working folder on',
				},
				from: { type: 'integer', description: 'the first line, 1 where nothing is said' },
				lines: { type: 'integer', description: 'how many lines' },
			},
			required: ['path'],
		},
	},
	async plan(input, { workspace }) {
		const found = await workspace.find(input.given('path'));
		if (!found.ok) return found;
		const place = found.value;
		const from = Math.max(1, input.number('from') ?? 1);
		const lines = Math.max(1, Math.min(usualLines, input.number('lines') ?? usualLines));
		const part = from > 1 ? ` from line ${from}` : '';
		return {
			ok: true,
			value: planOf({
				verb: 'Read',
				subject: `${place.name}${part}`,
				run: () => readPlace(place, from, lines),
			}),
		};
	},
};

async function readPlace(
	place: Place,
	from: number,
	lines: number,
): Promise<ToolOutcome> {
	try {
		const entry = await stat(place.path);
		if (entry.isDirectory()) return await list(place);
		if (!entry.isFile()) return failed(`${place.name} is no file`);
		return await readLines(place, entry.size, from, lines);
	} catch (error) {
		return errorCode(error) === 'ENOENT'
			? failed(`there is no ${place.name}`)
			: failed(messageOf(error));
	}
}

async function readLines(
	{ path, name }: Place,
	size: number,
	from: number,
	lines: number,
): Promise<ToolOutcome> {
	const bytes = await firstBytes(path, Math.min(size, mostBytes));
	if (bytes.subarray(0, 8000).includes(0)) return failed(`${name} is no text file`);
	const all = bytes.toString('utf8').replace(/\n$/, '').split('\n');
	const wanted = bytes.length === 0 ? [] : all.slice(from - 1, from - 1 + lines);
	const shown = wanted.map((line, index) => {
		const cut = line.length > longestLine ? `${line.slice(0, longestLine)} […]` : line;
		return `${from + index}\t${cut}`;
	});
	const rest = all.length - (from - 1 + wanted.length);
	const notes = [
		...(bytes.length === 0 ? ['[the file is empty]'] : []),
		...(rest > 0 ? [`[${counted(rest, 'more line')}; read on with "from"]`] : []),
		...(size > bytes.length
			? [`[only the first ${bytes.length} of ${size} bytes were looked at]`]
			: []),
	];
	const text = bounded([...shown, ...notes].join('\n'), longestResult * 2);
	return { text, failed: false, remark: counted(wanted.length, 'line') };
}

async function firstBytes(path: string, size: number): Promise<Buffer> {
	await using file = await open(path, 'r');
	const bytes = Buffer.alloc(size);
	const { bytesRead } = await file.read(bytes, 0, size, 0);
	return bytes.subarray(0, bytesRead);
}

async function list({ path }: Place): Promise<ToolOutcome> {
	const entries = await readdir(path, { withFileTypes: true });
	const names = entries
		.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
		.toSorted((one, other) => (one < other ? -1 : 1));
	const more = names.length - mostEntries;
	const note = more > 0 ? [`[${counted(more, 'more name')}]`] : [];
	const text = [...names.slice(0, mostEntries), ...note].join('\n');
	return {
		text: text || '[the folder is empty]',
		failed: false,
		remark: counted(names.length, 'name'),
	};
}

function failed(text: string): ToolOutcome {
	return { text, failed: true, remark: text };
}
