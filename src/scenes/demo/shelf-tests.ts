// Tests and checks of the demo's project; all of them run without a network.

export const shelfTests = {
	'tests/book.test.ts': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isBook, isbnFault } from '../src/book.ts';

test('an ISBN has thirteen digits, the last of which checks the others', () => {
  assert.equal(isbnFault('9780141439518'), undefined);
  assert.match(isbnFault('9780141439519') ?? '', /check digit/);
  assert.match(isbnFault('978-0141439518') ?? '', /13 digits/);
});

test('a book has an ISBN, a title, an author and a year', () => {
  const book = { isbn: '9780141439518', title: 'Emma', author: 'Jane Austen', year: 1815 };
  assert.equal(isBook(book), true);
  assert.equal(isBook({ ...book, year: '1815' }), false);
  assert.equal(isBook(null), false);
});
`,
	'tests/shelf.test.ts': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Shelf } from '../src/shelf.ts';

const emma = { isbn: '9780141439518', title: 'Emma', author: 'Jane Austen', year: 1815 };

function filledShelf(): Shelf {
  const shelf = new Shelf();
  shelf.add(emma);
  return shelf;
}

test('a book is lent for three weeks', () => {
  const loan = filledShelf().lend(emma.isbn, 'ada', '2026-02-10');
  assert.deepEqual(loan, { isbn: emma.isbn, reader: 'ada', due: '2026-03-03' });
});

test('a book is lent to one reader at a time', () => {
  const shelf = filledShelf();
  shelf.lend(emma.isbn, 'ada', '2026-02-10');
  assert.equal(shelf.lend(emma.isbn, 'bob', '2026-02-11'), undefined);
  assert.equal(shelf.takeBack(emma.isbn)?.reader, 'ada');
  assert.equal(shelf.lend(emma.isbn, 'bob', '2026-02-12')?.reader, 'bob');
});

test('a book with a wrong ISBN does not get onto the shelf', () => {
  assert.throws(() => new Shelf().add({ ...emma, isbn: '1' }), /13 digits/);
});
`,
	'tests/search.test.ts': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { search } from '../src/search.ts';

const emma = { isbn: '9780141439518', title: 'Emma', author: 'Jane Austen', year: 1815 };
const dracula = { isbn: '9780141439846', title: 'Dracula', author: 'Bram Stoker', year: 1897 };

test('every word must be in the title or the author', () => {
  assert.deepEqual(search([emma, dracula], 'Emma Jane'), [emma]);
  assert.deepEqual(search([emma, dracula], 'Emma Bram'), []);
});

test('no words find every book', () => {
  assert.deepEqual(search([emma, dracula], ' '), [emma, dracula]);
});
`,
	'tests/fees.test.ts': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lateFee } from '../src/fees.ts';

test('a book that is back in time costs nothing', () => {
  assert.equal(lateFee('2026-03-03', '2026-03-03'), 0);
  assert.equal(lateFee('2026-03-03', '2026-02-20'), 0);
});

test('each day late costs 20 cents', () => {
  assert.equal(lateFee('2026-03-03', '2026-03-08'), 100);
});
`,
	'tests/csv.test.ts': `import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readBooks, writeBooks } from '../src/csv.ts';

test('the books that come with the project can be read and written back', () => {
  const text = readFileSync(new URL('../data/books.csv', import.meta.url), 'utf8');
  assert.equal(writeBooks(readBooks(text)), text);
});

test('a line that is no book is named', () => {
  assert.throws(() => readBooks('isbn;title;author;year\\n1;x;y;2000'), /line 2/);
});
`,
	'tests/routes.test.ts': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, type Reply } from '../src/http/router.ts';
import { routesOf } from '../src/http/routes.ts';
import { Shelf } from '../src/shelf.ts';

const emma = { isbn: '9780141439518', title: 'Emma', author: 'Jane Austen', year: 1815 };

function library(): (method: string, path: string, body?: unknown) => Reply {
  const shelf = new Shelf();
  shelf.add(emma);
  const routes = routesOf(shelf, () => '2026-02-10');
  return (method, path, body) => answer(routes, { method, path, query: {}, body });
}

test('a book is found by its ISBN', () => {
  const ask = library();
  assert.deepEqual(ask('GET', '/books/' + emma.isbn), { status: 200, body: emma });
  assert.equal(ask('GET', '/books/9780141439846').status, 404);
});

test('what is no book is not taken', () => {
  assert.equal(library()('POST', '/books', { title: 'Emma' }).status, 400);
});

test('a book can be borrowed once', () => {
  const ask = library();
  assert.equal(ask('POST', '/books/' + emma.isbn + '/loan', 'ada').status, 201);
  assert.equal(ask('POST', '/books/' + emma.isbn + '/loan', 'bob').status, 409);
});

test('an unknown path and a wrong method are told apart', () => {
  const ask = library();
  assert.equal(ask('GET', '/nowhere').status, 404);
  assert.equal(ask('PUT', '/books').status, 405);
});
`,
	'scripts/lint.ts': `// A small linter: what this project agreed on and a machine can see without a parser.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const faults: string[] = [];
let files = 0;
for (const folder of ['src', 'tests', 'scripts', 'docs']) {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (/[.](ts|md)$/.test(name)) lint(join(folder, name));
  }
}
for (const fault of faults) console.error(fault);
console.log(files + ' files, ' + faults.length + ' faults');
process.exitCode = faults.length > 0 ? 1 : 0;

function lint(path: string): void {
  files += 1;
  const text = readFileSync(path, 'utf8');
  const say = (line: number, what: string) => faults.push(path + ':' + line + ': ' + what);
  const lines = text.split('\\n');
  if (lines.at(-1) !== '') say(lines.length, 'the file does not end with a line feed');
  for (const [index, line] of lines.entries()) {
    if (/\\s$/.test(line)) say(index + 1, 'blanks at the end of the line');
    if (line.includes('\\t')) say(index + 1, 'a tab; we indent by two blanks');
    if (line.length > 100 && path.endsWith('.ts')) say(index + 1, 'longer than 100 columns');
    if (/^[^'"/]*:\\s*any\\b/.test(line) && path.endsWith('.ts')) say(index + 1, 'the type any');
    if (/console[.]log/.test(line) && path.startsWith('src') && !path.endsWith('server.ts')) {
      say(index + 1, 'console.log outside of the server');
    }
  }
}
`,
	'scripts/types.ts': `// Not a type checker (that would need a package): checks that every file can be stripped of its
// types, that every import leads to a file, and that the file exports the imported names.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';

const faults: string[] = [];
let files = 0;
for (const folder of ['src', 'tests', 'scripts']) {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.ts')) check(join(folder, name));
  }
}
for (const fault of faults) console.error(fault);
console.log(files + ' files, ' + faults.length + ' faults');
process.exitCode = faults.length > 0 ? 1 : 0;

function check(path: string): void {
  files += 1;
  const text = readFileSync(path, 'utf8');
  try {
    stripTypeScriptTypes(text);
  } catch (error) {
    faults.push(path + ': ' + String(error));
  }
  for (const [, names = '', from = ''] of text.matchAll(/^import (.*?) from '([.].*?)';$/gm)) {
    const target = join(dirname(path), from);
    if (!existsSync(target)) {
      faults.push(path + ': imports ' + from + ', which is not there');
      continue;
    }
    const offered = readFileSync(target, 'utf8');
    for (const name of names.match(/[A-Za-z_]+/g) ?? []) {
      if (name === 'type') continue;
      const form = 'export (function|class|const|interface|type) ' + name + '[^A-Za-z_]';
      if (!new RegExp(form).test(offered)) faults.push(path + ': ' + from + ' exports no ' + name);
    }
  }
}
`,
} as const satisfies Readonly<Record<string, string>>;
