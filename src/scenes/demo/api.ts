import type { Scene } from '../scene.ts';

const runTests = [
	'node',
	'--test',
	'--test-isolation=none',
	'tests/routes.test.ts',
] as const;

/** Adds an endpoint test first, asks for leave once, commits. */
export const api: Scene = {
	scene: 'api',
	app: 'weir-demo',
	resume: 'I was ended in the middle of the work. I look at what is there and go on.',
	steps: [
		{ title: 'give a book back' },
		{
			say: `A reader can borrow a book over HTTP, but nobody can give one back. I'll add **\`DELETE /books/:isbn/loan\`**:

- a test first, so that we see it fail
- the route, on top of \`Shelf.takeBack\`, which exists already
- a line in \`docs/api.md\``,
		},
		{ think: { seconds: 9, about: 'Reading src/http/routes.ts' } },
		{ run: { argv: ['git', '--no-pager', 'log', '--oneline', '-4'], show: 4 } },
		{ think: { seconds: 8, about: 'Working out what a second DELETE should say' } },
		{
			edit: {
				file: 'tests/routes.test.ts',
				replace: {
					find: `test('an unknown path`,
					with: `test('a book that came back can be borrowed again', () => {
  const ask = library();
  const loan = '/books/' + emma.isbn + '/loan';
  assert.equal(ask('DELETE', loan).status, 404);
  ask('POST', loan, 'ada');
  assert.equal(ask('DELETE', loan).status, 200);
  assert.equal(ask('POST', loan, 'bob').status, 201);
});

test('an unknown path`,
				},
			},
		},
		{
			run: { argv: [...runTests], expect: 'fail', keep: '^[✔✖]|(pass|fail) \\d' },
			when: { generation: 1 },
		},
		{
			say: 'Red, as it should be: the router answers 405. Now the route itself.',
			when: { generation: 1 },
		},
		{ think: { seconds: 11, about: 'Writing the handler' } },
		{
			edit: {
				file: 'src/http/routes.ts',
				replace: {
					find: `        return loan ? { status: 201, body: loan } : { status: 409, body: { error: 'not here' } };
      },
    },
`,
					with: `        return loan ? { status: 201, body: loan } : { status: 409, body: { error: 'not here' } };
      },
    },
    {
      method: 'DELETE',
      path: '/books/:isbn/loan',
      handle: (_request, { isbn = '' }) => {
        const loan = shelf.takeBack(isbn);
        return loan ? { status: 200, body: loan } : { status: 404, body: { error: 'not lent' } };
      },
    },
`,
				},
			},
		},
		{ run: { argv: [...runTests], keep: '^[✔✖]|(pass|fail) \\d' } },
		{
			edit: {
				file: 'docs/api.md',
				replace: {
					find: `the body is the reader's name\n`,
					with: `the body is the reader's name\n- \`DELETE /books/:isbn/loan\`: takes a book back and gives the loan that ended\n`,
				},
			},
		},
		{ think: { seconds: 7, about: 'Looking over the diff' } },
		{
			approve: {
				action: 'node scripts/types.ts',
				why: 'to see that every import still leads somewhere',
				unanswered: { after: 90, answer: 'no' },
				yes: [
					{
						run: ['node', '--disable-warning=ExperimentalWarning', 'scripts/types.ts'],
					},
				],
				no: [{ say: 'Then I leave that to the gates.' }],
			},
		},
		{ run: ['node', 'scripts/lint.ts'] },
		{ commit: 'Take a lent book back over HTTP' },
		{
			say: `Done. \`DELETE /books/:isbn/loan\` ends a loan and gives it back, or says 404 when the book was not lent. One new test, all green.`,
		},
		{ bell: true },
		{
			'wait-forever': {
				replies: [
					{
						match: 'test',
						do: [{ run: { argv: [...runTests], keep: '^[✔✖]|(pass|fail) \\d' } }],
					},
					{
						match: 'diff|what|status|show',
						do: [{ run: ['git', '--no-pager', 'show', '--stat', '--format=%h %s'] }],
					},
				],
			},
		},
	],
};
