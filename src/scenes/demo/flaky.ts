import type { Scene } from '../scene.ts';

const runTests = [
	'node',
	'--test',
	'--test-isolation=none',
	'tests/search.test.ts',
] as const;

/** Falls over in its first run with work uncommitted, and finishes it in the next one. */
export const flaky: Scene = {
	scene: 'flaky',
	app: 'weir-demo',
	resume:
		'The last run ended in the middle of a change. I look at what it left in the worktree and finish it.',
	steps: [
		{ title: 'search: capitals and accents' },
		{
			say: `Searching for \`austen\` finds nothing, because \`search\` compares letter by letter. I'll make it blind to capitals and accents.`,
			when: { generation: 1 },
		},
		{
			run: { argv: ['git', 'status', '--short'], show: 6 },
			when: { generation: { from: 2 } },
		},
		{ think: { seconds: 8, about: 'Reading src/search.ts' } },
		{
			edit: {
				file: 'tests/search.test.ts',
				replace: {
					find: `test('no words`,
					with: `test('capitals and accents make no difference', () => {
  const nana = { isbn: '9780140443875', title: 'Nana', author: 'Émile Zola', year: 1880 };
  assert.deepEqual(search([emma, nana], 'EMILE'), [nana]);
  assert.deepEqual(search([emma, nana], 'austen'), [emma]);
});

test('no words`,
				},
			},
		},
		{
			run: { argv: [...runTests], expect: 'fail', keep: '^[✔✖]|(pass|fail) \\d' },
			when: { generation: 1 },
		},
		{ think: { seconds: 11, about: 'Choosing between folding and a collator' } },
		{
			say: 'Folding both sides is simpler and quick enough for a shelf of books: `NFD`, drop the marks, lower case.',
		},
		{ think: { seconds: 5, about: 'Writing the fold' }, when: { generation: 1 } },
		{
			crash: {
				exit: 1,
				message: 'the connection to the model was reset (attempt 5 of 5)',
			},
			when: { generation: 1 },
		},
		{
			edit: {
				file: 'src/search.ts',
				content: `import type { Book } from './book.ts';

/** The books whose title or author holds every word; capitals and accents make no difference. */
export function search(books: readonly Book[], words: string): readonly Book[] {
  const wanted = fold(words).split(' ').filter((word) => word !== '');
  return books.filter((book) => {
    const text = fold(book.title + ' ' + book.author);
    return wanted.every((word) => text.includes(word));
  });
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\\p{Mark}/gu, '').toLowerCase();
}
`,
			},
		},
		{ run: { argv: [...runTests], keep: '^[✔✖]|(pass|fail) \\d' } },
		{ think: { seconds: 8, about: 'Checking who else calls search' } },
		{
			run: { argv: ['git', '--no-pager', 'grep', '-n', 'search(', '--', 'src'], show: 6 },
		},
		{ run: ['node', 'scripts/lint.ts'] },
		{ commit: 'Find books whatever their capitals and accents' },
		{
			say: `Finished in run {{generation}}. \`search\` folds words and titles before it compares them; the new test covers both, and \`GET /books?q=\` gains it for free.`,
		},
		{
			'wait-forever': {
				replies: [
					{
						match: 'crash|why|happened',
						do: [
							{
								say: 'My first run lost its connection and ended with 1. The test it had written was still in the worktree, so nothing was lost.',
							},
						],
					},
					{
						match: 'test',
						do: [{ run: { argv: [...runTests], keep: '^[✔✖]|(pass|fail) \\d' } }],
					},
				],
			},
		},
	],
};
