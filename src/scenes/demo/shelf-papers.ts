// What is not code in the demo's project: package, README, documents, the books.
import { Random } from '../random.ts';

export const shelfPapers = {
	'package.json': `{
  "name": "shelf",
  "version": "0.3.0",
  "description": "A small lending library",
  "private": true,
  "type": "module",
  "engines": { "node": ">=22.18" },
  "scripts": {
    "start": "node src/server.ts",
    "test": "node --test --test-isolation=none",
    "lint": "node scripts/lint.ts",
    "types": "node --disable-warning=ExperimentalWarning scripts/types.ts"
  }
}
`,
	'.gitignore': `node_modules/
dist/
.env
*.log
`,
	'README.md': `# shelf

A small lending library: books, loans, late fees, and a service in front of them.

## Start

    npm start

## Work on it

Node 22.18 or newer runs the sources as they are; nothing has to be installed.

    npm test
    npm run lint
    npm run types
`,
	'docs/api.md': `# The service

All bodies are JSON.

- \`GET /books?q=words\`: the books, or those that hold every word
- \`POST /books\`: takes a book
- \`GET /books/:isbn\`: one book
- \`POST /books/:isbn/loan\`: lends a book; the body is the reader's name
`,
	'docs/design.md': `# Design

The shelf knows books and loans and nothing else. Fees, search and files are functions beside it.
The service holds no rules of its own.
`,
} as const satisfies Readonly<Record<string, string>>;

/** The books that come with the project; which of them is up to the seed. */
export function booksFile(seed: number): string {
	const lines = new Random(`books/${seed}`).shuffled(books).slice(0, 8);
	return ['isbn;title;author;year', ...lines, ''].join('\n');
}

const books: readonly string[] = [
	'Emma;Jane Austen;1815',
	'Dracula;Bram Stoker;1897',
	'Frankenstein;Mary Shelley;1818',
	'Middlemarch;George Eliot;1871',
	'Walden;Henry David Thoreau;1854',
	'Moby Dick;Herman Melville;1851',
	'Candide;Voltaire;1759',
	'Persuasion;Jane Austen;1817',
	'Villette;Charlotte Bronte;1853',
	'Ivanhoe;Walter Scott;1819',
	'Kim;Rudyard Kipling;1901',
	'Nana;Emile Zola;1880',
	'Germinal;Emile Zola;1885',
	'Oblomov;Ivan Goncharov;1859',
].map((book, index) => `${isbnOf(index)};${book}`);

/** Numbers of no publisher's, with a right check digit. */
function isbnOf(index: number): string {
	const digits = `9790000${String(index * 37 + 11).padStart(5, '0')}`;
	let sum = 0;
	for (let at = 0; at < digits.length; at += 1) {
		sum += Number(digits[at]) * (at % 2 === 0 ? 1 : 3);
	}
	return `${digits}${(10 - (sum % 10)) % 10}`;
}
