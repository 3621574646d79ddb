// The scratch repository of the demo: a small project that works, with a short history.
import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { makeFolders } from '../lib/private-folder.ts';
import { booksFile, shelfPapers } from './demo/shelf-papers.ts';
import { shelfSource } from './demo/shelf-source.ts';
import { shelfTests } from './demo/shelf-tests.ts';

const run = promisify(execFile);

export interface DemoProject {
	readonly directory: string;
	readonly branch: 'main';
	/** The commit at the tip; the same on every machine for the same seed. */
	readonly head: string;
}

/** Who commits in the scratch repository, its agents included. */
export const demoIdentity = { name: 'Demo', email: 'demo@weir.invalid' } as const;

/**
 * Makes the repository in an empty or missing directory, on branch main, clean, with four commits.
 * Refuses with `demo.not-empty` where something lies in the directory already.
 */
export async function createDemoProject(
	directory: string,
	seed = 1,
): Promise<Outcome<DemoProject>> {
	makeFolders(directory);
	if ((await readdir(directory)).length > 0) {
		return refuse(
			'demo.not-empty',
			`${directory} is not empty, so the demo leaves it alone`,
		);
	}
	const git = gitIn(directory);
	await git(['init', '--quiet', '--template=', '--initial-branch=main']);
	for (const [key, value] of Object.entries(localConfig))
		await git(['config', key, value]);
	const files: Readonly<Record<string, string>> = {
		...shelfPapers,
		...shelfSource,
		...shelfTests,
		'data/books.csv': booksFile(seed),
	};
	for (const [index, { message, paths }] of history.entries()) {
		for (const path of paths) await write(join(directory, path), files[path] ?? '');
		await git(['add', '--', ...paths]);
		// Fixed dates, so that the same seed gives the same commits.
		const date = `2026-01-${String(12 + index).padStart(2, '0')}T09:30:00+00:00`;
		await git(['commit', '--quiet', '--message', message], date);
	}
	const head = await git(['rev-parse', 'HEAD']);
	return ok({ directory, branch: 'main', head: head.trim() });
}

/** A person's global settings must neither sign, hook nor rewrite what happens in the demo. */
const localConfig = {
	'user.name': demoIdentity.name,
	'user.email': demoIdentity.email,
	'commit.gpgsign': 'false',
	'tag.gpgsign': 'false',
	'core.autocrlf': 'false',
	'core.hooksPath': '.git/hooks',
} as const;

const history: readonly {
	readonly message: string;
	readonly paths: readonly string[];
}[] = [
	{
		message: 'Start with books, a shelf and loans',
		paths: [
			...['package.json', '.gitignore', 'README.md', 'data/books.csv'],
			...['src/book.ts', 'src/dates.ts', 'src/shelf.ts', 'src/csv.ts'],
			...['tests/book.test.ts', 'tests/shelf.test.ts', 'tests/csv.test.ts'],
		],
	},
	{
		message: 'Find books and charge for late ones',
		paths: ['src/search.ts', 'src/fees.ts', 'tests/search.test.ts', 'tests/fees.test.ts'],
	},
	{
		message: 'Serve the shelf over HTTP',
		paths: [
			...['src/http/router.ts', 'src/http/routes.ts', 'src/server.ts'],
			...['tests/routes.test.ts', 'docs/api.md'],
		],
	},
	{
		message: 'Check style and imports without a network',
		paths: ['scripts/lint.ts', 'scripts/types.ts', 'docs/design.md'],
	},
];

function gitIn(
	directory: string,
): (args: readonly string[], date?: string) => Promise<string> {
	const environment = Object.fromEntries(
		// A hook that started us says which repository it is about; this one is another.
		Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')),
	);
	return async (args, date) => {
		const dates = date ? { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date } : {};
		const { stdout } = await run('git', [...args], {
			cwd: directory,
			env: {
				...environment,
				...dates,
				GIT_CONFIG_GLOBAL: '/dev/null',
				GIT_CONFIG_NOSYSTEM: '1',
				GIT_TERMINAL_PROMPT: '0',
			},
		});
		return stdout;
	};
}

async function write(path: string, text: string): Promise<void> {
	await mkdir(dirname(path), { recursive: true });
	await writeFile(path, text);
}
