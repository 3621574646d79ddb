import type { Scene } from '../scene.ts';

const runTests = [
	'node',
	'--test',
	'--test-isolation=none',
	'tests/fees.test.ts',
] as const;

/** Good work, bad manners: hears neither SIGTERM nor SIGHUP, floods its terminal, then looks stuck. */
export const stubborn: Scene = {
	scene: 'stubborn',
	app: 'weir-demo',
	resume: 'I was not done. I go on where I was.',
	steps: [
		{ title: 'fees: a limit' },
		{ ignore: ['SIGTERM', 'SIGHUP'] },
		{
			say: `A book that is a year late costs 73.00 today, more than the book. I'll put a limit on the fee and give readers one day of grace.`,
		},
		{ think: { seconds: 12, about: 'Reading src/fees.ts' } },
		{
			run: {
				argv: ['git', '--no-pager', 'log', '--format=%h %an %s', '--', 'src/fees.ts'],
				show: 4,
			},
		},
		{ think: { seconds: 9, about: 'Working out what a year late costs' } },
		{
			edit: {
				file: 'src/fees.ts',
				content: `import { type Day, daysBetween } from './dates.ts';

const centsPerDay = 20;
const graceDays = 1;
/** About what a paperback costs. */
const mostCents = 800;

/** What a book costs that comes back late, in cents; the first day late is free. */
export function lateFee(due: Day, returned: Day): number {
  const late = daysBetween(due, returned) - graceDays;
  return late <= 0 ? 0 : Math.min(late * centsPerDay, mostCents);
}
`,
			},
		},
		{
			run: { argv: [...runTests], expect: 'any', keep: '^[✔✖]|(pass|fail) \\d' },
			when: { generation: 1 },
		},
		{
			say: 'The old test counts the first day. That is the change we want, so the test moves too.',
		},
		{ think: { seconds: 8, about: 'Rewriting the test' } },
		{
			edit: {
				file: 'tests/fees.test.ts',
				replace: {
					find: `test('each day late costs 20 cents', () => {
  assert.equal(lateFee('2026-03-03', '2026-03-08'), 100);
});
`,
					with: `test('each day after the first one costs 20 cents', () => {
  assert.equal(lateFee('2026-03-03', '2026-03-04'), 0);
  assert.equal(lateFee('2026-03-03', '2026-03-08'), 80);
});

test('no book costs more than 8.00', () => {
  assert.equal(lateFee('2026-03-03', '2027-03-03'), 800);
});
`,
				},
			},
		},
		{ say: 'I try it against every day of thirty years, with the log on.' },
		{ flood: { megabytes: 3 } },
		{ think: { seconds: 11, about: 'Going through the log' } },
		{ say: 'Now the same with every library of the country. That takes a moment.' },
		// Says that it works, and gives no sign: it looks stuck, and then it is not.
		{ wait: 90 },
		{ run: { argv: [...runTests], keep: '^[✔✖]|(pass|fail) \\d' } },
		{ think: { seconds: 9, about: 'Looking for other callers' } },
		{ run: ['node', 'scripts/lint.ts'] },
		{
			run: { argv: ['node', '--test', '--test-isolation=none'], keep: '(pass|fail) \\d' },
		},
		{ commit: 'Limit the late fee and give one day of grace' },
		{
			say: 'Committed. The fee stops at 8.00 and the first day is free. I stay here, and I do not go for SIGTERM or SIGHUP.',
		},
		{
			'wait-forever': {
				replies: [
					{
						match: 'stop|end|leave|go',
						do: [{ say: 'Not for a polite word. `exit` would do, or SIGKILL.' }],
					},
				],
			},
		},
	],
};
