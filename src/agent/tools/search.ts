// Finds text in files, or files by their names, by git: what it ignores is left out.
import { isAbsolute } from 'node:path';
import { counted } from '../../lib/counted.ts';
import { ok } from '../../lib/outcome.ts';
import type { Place } from '../workspace.ts';
import { runCommand } from './command.ts';
import { type Hands, planOf, type Tool, type ToolOutcome } from './tool.ts';

const mostLines = 200;
const longestLine = 400;
const searchMs = 30_000;

export const search: Tool = {
	sheet: {
		name: 'search',
		about: `Finds lines that match an extended regular expression, in all files that git does not ignore, as PATH:LINE:TEXT. Without "pattern" it lists files. Shows ${mostLines} lines at most.`,
		input: {
			type: 'object',
			properties: {
				pattern: { type: 'string', description: 'what to find (POSIX extended)' },
				path: { type: 'string', description: 'only below this folder, or in this file' },
				files: {
					type: 'string',
					description: 'only in files of such names, as in *.ts or src/**/*.md',
				},
				anycase: { type: 'boolean', description: 'large and small letters alike' },
			},
			required: [],
		},
	},
	async plan(input, hands) {
		const found = await hands.workspace.find(input.text('path') ?? '.');
		if (!found.ok) return found;
		const pattern = input.text('pattern');
		const files = input.text('files');
		const within = found.value.name === '.' ? '' : ` in ${found.value.name}`;
		const which = files === null ? '' : ` (${files})`;
		const flags = input.on('anycase') ? ['--ignore-case'] : [];
		const wish = { pattern, flags, ...where(found.value, files, hands) };
		return ok(
			planOf({
				verb: 'Search',
				subject: `${pattern ?? 'files'}${within}${which}`,
				run: (signal) => look(wish, hands, signal),
			}),
		);
	},
};

interface Wish {
	readonly pattern: string | null;
	readonly flags: readonly string[];
	readonly cwd: string;
	readonly spec: string;
}

/** In the words of git: names count from the folder in which it runs. */
function where(
	{ path, name }: Place,
	files: string | null,
	{ workspace }: Hands,
): Pick<Wish, 'cwd' | 'spec'> {
	const elsewhere = isAbsolute(name);
	const cwd = elsewhere ? path : workspace.folder;
	const below = elsewhere || name === '.' ? '' : name;
	if (files === null) return { cwd, spec: below === '' ? '.' : `:(literal)${below}` };
	// A name alone counts at any depth, as in .gitignore.
	const glob = files.includes('/') ? files : `**/${files}`;
	const literal = below.replaceAll(/[*?[\]\\]/g, '\\$&');
	return { cwd, spec: `:(glob)${literal === '' ? '' : `${literal}/`}${glob}` };
}

async function look(wish: Wish, hands: Hands, signal: AbortSignal): Promise<ToolOutcome> {
	const tracked = await git(wish, hands, signal, ['rev-parse', '--is-inside-work-tree']);
	const scope =
		tracked.code === 0 ? ['--untracked'] : ['--no-index', '--exclude-standard'];
	const wanted =
		wish.pattern === null
			? ['--files-with-matches', '-e', '']
			: ['--line-number', '--extended-regexp', ...wish.flags, '-e', wish.pattern];
	const args = ['grep', ...scope, '-I', ...wanted, '--', wish.spec];
	const end = await git(wish, hands, signal, args);
	if (end.code !== 0 && end.code !== 1) {
		const why = end.failure ?? (end.timedOut ? 'it took too long' : end.output.trim());
		return { text: `the search failed: ${why}`, failed: true, remark: 'failed' };
	}
	const lines = end.output.split('\n').filter((line) => line !== '');
	const shown = lines.slice(0, mostLines).map((line) => line.slice(0, longestLine));
	const more = lines.length - shown.length;
	const note = more > 0 ? [`[${counted(more, 'more line')}; narrow it down]`] : [];
	return {
		text: [...shown, ...note].join('\n') || '[nothing found]',
		failed: false,
		remark: counted(lines.length, 'line'),
	};
}

function git(
	{ cwd }: Wish,
	{ environment }: Hands,
	signal: AbortSignal,
	args: readonly string[],
) {
	return runCommand({
		// Nothing that a repository configures is run by a search.
		argv: ['git', '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', ...args],
		cwd,
		environment: { ...environment, LC_ALL: 'C.UTF-8' },
		timeoutMs: searchMs,
		signal,
		onOutput: () => undefined,
	});
}
