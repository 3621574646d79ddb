import type { Scene } from '../scene.ts';

/** Two agents that change the same line: the second one to land meets a conflict. */
export const conflictingScenes: readonly [Scene, Scene] = [
	changeOfLoanDays('month', 28, '2026-03-10', 'four weeks'),
	changeOfLoanDays('fortnight', 14, '2026-02-24', 'two weeks'),
];

function changeOfLoanDays(name: string, days: number, due: string, words: string): Scene {
	return {
		scene: name,
		app: 'weir-demo',
		resume: 'I go on with the length of a loan.',
		steps: [
			{ title: `loans: ${words}` },
			{
				say: `Readers asked for loans of **${words}**. That is one constant and its test.`,
			},
			{ think: { seconds: 8, about: 'Reading src/shelf.ts' } },
			{
				edit: {
					file: 'src/shelf.ts',
					replace: { find: 'const loanDays = 21;', with: `const loanDays = ${days};` },
				},
			},
			{ think: { seconds: 5, about: 'Counting the days' } },
			{
				edit: {
					file: 'tests/shelf.test.ts',
					replace: {
						find: `test('a book is lent for three weeks', () => {
  const loan = filledShelf().lend(emma.isbn, 'ada', '2026-02-10');
  assert.deepEqual(loan, { isbn: emma.isbn, reader: 'ada', due: '2026-03-03' });`,
						with: `test('a book is lent for ${words}', () => {
  const loan = filledShelf().lend(emma.isbn, 'ada', '2026-02-10');
  assert.deepEqual(loan, { isbn: emma.isbn, reader: 'ada', due: '${due}' });`,
					},
				},
			},
			{
				run: {
					argv: ['node', '--test', '--test-isolation=none'],
					keep: '(pass|fail) \\d',
				},
			},
			{ commit: `Lend books for ${words}` },
			{ say: `Loans last ${words} now.` },
		],
	};
}
