// Source files of the demo's project: a small lending library that works and is tested.
// The contents are data here and only become code in a scratch repository.

export const shelfSource = {
	'src/book.ts': `export interface Book {
  readonly isbn: string;
  readonly title: string;
  readonly author: string;
  readonly year: number;
}

/** Why this is no ISBN-13, or undefined when it is one. */
export function isbnFault(isbn: string): string | undefined {
  if (!/^[0-9]{13}$/.test(isbn)) return 'an ISBN has 13 digits';
  const sum = [...isbn].reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 3 : 1), 0);
  return sum % 10 === 0 ? undefined : 'the check digit of the ISBN is wrong';
}

export function isBook(value: unknown): value is Book {
  if (typeof value !== 'object' || value === null) return false;
  const { isbn, title, author, year } = value as Record<string, unknown>;
  return (
    typeof isbn === 'string' &&
    isbnFault(isbn) === undefined &&
    typeof title === 'string' &&
    typeof author === 'string' &&
    Number.isInteger(year)
  );
}
`,
	'src/dates.ts': `/** A day as YYYY-MM-DD; days have no time zone here. */
export type Day = string;

const dayMs = 24 * 60 * 60 * 1000;

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}

/** Days from the first to the second; negative when the second comes before the first. */
export function daysBetween(first: Day, second: Day): number {
  return Math.round((Date.parse(second) - Date.parse(first)) / dayMs);
}
`,
	'src/shelf.ts': `import { type Book, isbnFault } from './book.ts';
import { addDays, type Day } from './dates.ts';

export interface Loan {
  readonly isbn: string;
  readonly reader: string;
  readonly due: Day;
}

const loanDays = 21;

/** The books of the library and who has them. */
export class Shelf {
  readonly #books = new Map<string, Book>();
  readonly #loans = new Map<string, Loan>();

  add(book: Book): void {
    const fault = isbnFault(book.isbn);
    if (fault) throw new Error(fault);
    this.#books.set(book.isbn, book);
  }

  find(isbn: string): Book | undefined {
    return this.#books.get(isbn);
  }

  get books(): readonly Book[] {
    return [...this.#books.values()];
  }

  get loans(): readonly Loan[] {
    return [...this.#loans.values()];
  }

  /** The loan, or undefined when the book is not here to be lent. */
  lend(isbn: string, reader: string, today: Day): Loan | undefined {
    if (!this.#books.has(isbn) || this.#loans.has(isbn)) return undefined;
    const loan = { isbn, reader, due: addDays(today, loanDays) };
    this.#loans.set(isbn, loan);
    return loan;
  }

  /** The loan that ends, or undefined when the book was not lent. */
  takeBack(isbn: string): Loan | undefined {
    const loan = this.#loans.get(isbn);
    this.#loans.delete(isbn);
    return loan;
  }
}
`,
	'src/search.ts': `import type { Book } from './book.ts';

/** The books whose title or author holds every word. */
export function search(books: readonly Book[], words: string): readonly Book[] {
  const wanted = words.split(' ').filter((word) => word !== '');
  return books.filter((book) => {
    const text = book.title + ' ' + book.author;
    return wanted.every((word) => text.includes(word));
  });
}
`,
	'src/fees.ts': `import { type Day, daysBetween } from './dates.ts';

const centsPerDay = 20;

/** What a book costs that comes back late, in cents. */
export function lateFee(due: Day, returned: Day): number {
  const late = daysBetween(due, returned);
  return late <= 0 ? 0 : late * centsPerDay;
}
`,
	'src/csv.ts': `import { type Book, isBook } from './book.ts';

const head = 'isbn;title;author;year';

/** Reads one book a line; a line that is no book is told by its number. */
export function readBooks(text: string): readonly Book[] {
  const [first, ...lines] = text.trim().split('\\n');
  if (first !== head) throw new Error('the first line must be ' + head);
  return lines.map((line, index) => {
    const [isbn = '', title = '', author = '', year = ''] = line.split(';');
    const book: unknown = { isbn, title, author, year: Number(year) };
    if (!isBook(book)) throw new Error('line ' + (index + 2) + ' is no book: ' + line);
    return book;
  });
}

export function writeBooks(books: readonly Book[]): string {
  const lines = books.map(({ isbn, title, author, year }) => [isbn, title, author, year].join(';'));
  return [head, ...lines, ''].join('\\n');
}
`,
	'src/http/router.ts': `export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export type Parameters = Readonly<Record<string, string>>;

export interface Route {
  readonly method: string;
  /** Parts that begin with a colon stand for any one part. */
  readonly path: string;
  readonly handle: (request: Request, parameters: Parameters) => Reply;
}

export function answer(routes: readonly Route[], request: Request): Reply {
  let pathKnown = false;
  for (const route of routes) {
    const parameters = match(route.path, request.path);
    if (!parameters) continue;
    if (route.method === request.method) return route.handle(request, parameters);
    pathKnown = true;
  }
  if (pathKnown) return { status: 405, body: { error: 'method not allowed' } };
  return { status: 404, body: { error: 'not found' } };
}

function match(pattern: string, path: string): Parameters | undefined {
  const wanted = pattern.split('/');
  const parts = path.split('/');
  if (wanted.length !== parts.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const given = parts[at] ?? '';
    if (part.startsWith(':')) parameters[part.slice(1)] = decodeURIComponent(given);
    else if (part !== given) return undefined;
  }
  return parameters;
}
`,
	'src/http/routes.ts': `import { isBook } from '../book.ts';
import type { Day } from '../dates.ts';
import { search } from '../search.ts';
import type { Shelf } from '../shelf.ts';
import type { Route } from './router.ts';

export function routesOf(shelf: Shelf, today: () => Day): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/books',
      handle: ({ query }) => ({ status: 200, body: search(shelf.books, query.q ?? '') }),
    },
    {
      method: 'POST',
      path: '/books',
      handle: ({ body }) => {
        if (!isBook(body)) return { status: 400, body: { error: 'that is no book' } };
        shelf.add(body);
        return { status: 201, body };
      },
    },
    {
      method: 'GET',
      path: '/books/:isbn',
      handle: (_request, { isbn = '' }) => {
        const book = shelf.find(isbn);
        if (!book) return { status: 404, body: { error: 'no such book' } };
        return { status: 200, body: book };
      },
    },
    {
      method: 'POST',
      path: '/books/:isbn/loan',
      handle: ({ body }, { isbn = '' }) => {
        const loan = shelf.lend(isbn, String(body), today());
        return loan ? { status: 201, body: loan } : { status: 409, body: { error: 'not here' } };
      },
    },
  ];
}
`,
	'src/server.ts': `import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { readBooks } from './csv.ts';
import { answer } from './http/router.ts';
import { routesOf } from './http/routes.ts';
import { Shelf } from './shelf.ts';

const shelf = new Shelf();
for (const book of readBooks(readFileSync('data/books.csv', 'utf8'))) shelf.add(book);
const routes = routesOf(shelf, () => new Date().toISOString().slice(0, 10));

const server = createServer(async (request, response) => {
  let text = '';
  for await (const part of request) text += part;
  const url = new URL(request.url ?? '/', 'http://localhost');
  const query = Object.fromEntries(url.searchParams);
  const method = request.method ?? 'GET';
  let reply;
  try {
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    reply = answer(routes, { method, path: url.pathname, query, body });
  } catch (error) {
    reply = { status: 400, body: { error: String(error) } };
  }
  response.writeHead(reply.status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(reply.body));
});

const port = Number(process.env.PORT ?? 8080);
server.listen(port, '127.0.0.1', () => console.log('the shelf is open on port ' + port));
`,
} as const satisfies Readonly<Record<string, string>>;
