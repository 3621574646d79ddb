import type { Scene } from '../scene.ts';

/** Rewrites the README after one question. */
export const docs: Scene = {
	scene: 'docs',
	app: 'weir-demo',
	resume: 'Back again. I check which of the pages I had finished.',
	steps: [
		{ title: 'README and design' },
		{
			say: `The README says how to start the service, but not what one does with it. I'll write that part and bring \`docs/design.md\` up to date.`,
		},
		{ think: { seconds: 10, about: 'Reading README.md and docs/' } },
		{ run: { argv: ['git', '--no-pager', 'ls-files', '--', '*.md'], show: 5 } },
		{ think: { seconds: 9, about: 'Outlining' } },
		{
			ask: {
				question: 'Shall the README show the calls with `curl`, or in plain words only?',
				options: ['curl', 'plain words'],
				inbox: true,
				unanswered: { after: 90, answer: 'curl' },
				answers: [
					{
						match: 'plain|words',
						do: [
							{ say: 'Plain words, then.' },
							{
								edit: {
									file: 'README.md',
									replace: {
										find: `    npm start\n\n## Work on it`,
										with: `    npm start\n\nThe service listens on port 8080. Ask it for \`/books\` to see every book, add \`?q=\` and some\nwords to find one, and send the reader's name to \`/books/ISBN/loan\` to lend it.\n\n## Work on it`,
									},
								},
							},
						],
					},
				],
				otherwise: [
					{ say: '`curl` it is: people copy before they read.' },
					{
						edit: {
							file: 'README.md',
							replace: {
								find: `    npm start\n\n## Work on it`,
								with: `    npm start\n\nThe service listens on port 8080:\n\n    curl 'localhost:8080/books?q=Austen'\n    curl -d '"ada"' localhost:8080/books/ISBN/loan\n\nThe first finds books, the second lends one to Ada for three weeks.\n\n## Work on it`,
							},
						},
					},
				],
			},
		},
		{ think: { seconds: 13, about: 'Comparing docs/design.md with the sources' } },
		{
			edit: {
				file: 'docs/design.md',
				content: `# Design

The shelf knows books and loans and nothing else. Fees, search and files are functions beside it.
The service holds no rules of its own.

## Why it is like this

- **Days, not times.** A loan is due on a day; time zones would only bring mistakes.
- **One shelf in memory.** The books come from \`data/books.csv\` at the start.
- **A router of forty lines.** It matches paths and nothing else, so it needs no package.

## What is left out

Readers have no accounts, and nothing is kept when the service ends.
`,
			},
		},
		{ think: { seconds: 8, about: 'Reading it as a stranger would' } },
		{
			edit: {
				file: 'README.md',
				replace: {
					find: `    npm run types\n`,
					with: `    npm run types\n\nWhy things are as they are stands in [docs/design.md](docs/design.md), the calls of the service in\n[docs/api.md](docs/api.md).\n`,
				},
			},
		},
		{ run: ['node', 'scripts/lint.ts'] },
		{
			run: { argv: ['node', '--test', '--test-isolation=none'], keep: '(pass|fail) \\d' },
		},
		{ commit: 'Say what one does with the service, and why it is built so' },
		{
			say: 'Both pages are written and committed. The README now shows two calls; the design page lists three decisions and what was left out on purpose.',
		},
		{
			'wait-forever': {
				replies: [
					{
						match: 'show|diff|what|status',
						do: [{ run: ['git', '--no-pager', 'show', '--stat', '--format=%h %s'] }],
					},
				],
			},
		},
	],
};
