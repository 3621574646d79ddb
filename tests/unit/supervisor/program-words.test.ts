import { expect, test } from 'vitest';
import type { TerminalSignal } from '../../../src/protocol/holder.ts';
import type { ProgramWords } from '../../../src/protocol/observation.ts';
import { hear, silent } from '../../../src/supervisor/program-words.ts';

const start = Date.parse('2026-11-21T01:00:00.000Z');

function after(...heard: (readonly [ms: number, TerminalSignal])[]): ProgramWords {
	return heard.reduce(
		(words, [ms, signal]) => hear(words, signal, new Date(start + ms).toISOString()),
		silent,
	);
}

const bell: TerminalSignal = { kind: 'bell' };
const said = (body: string): TerminalSignal => {
	return { kind: 'notification', title: 'Build', body };
};

test('a bell with a notification is one call, which says why', () => {
	const at = '2026-11-21T01:00:00.010Z';
	expect(after([0, bell], [10, said('done')]).call).toEqual({ at, text: 'Build: done' });
	expect(after([10, said('done')], [20, bell]).call).toEqual({ at, text: 'Build: done' });
});

test('a flood is a call a second', () => {
	const flood = Array.from({ length: 100 }, (_, at) => [at * 25, said(`${at}`)] as const);
	const calls = flood.map((_, at) => after(...flood.slice(0, at + 1)).call?.text);
	expect(new Set(calls)).toEqual(new Set(['Build: 0', 'Build: 40', 'Build: 80']));
});

test.each([
	[1, 40, { tone: 'running', percent: 40 }],
	[2, 40, { tone: 'failed', percent: 40 }],
	[4, 40, { tone: 'paused', percent: 40 }],
	[3, null, null],
	[0, 100, null],
] as const)('progress %d with %s per cent', (state, percent, progress) => {
	expect(after([0, { kind: 'progress', state, percent }]).progress).toEqual(progress);
});

test('what tells nothing leaves the same words', () => {
	const words = after([0, { kind: 'directory', path: '/trees/api' }]);
	expect(
		hear(
			words,
			{ kind: 'prompt', mark: 'A', exitCode: null },
			'2026-11-21T01:00:00.000Z',
		),
	).toBe(words);
	expect(words.directory).toBe('/trees/api');
});

test('a sign that turns in front of a title tells nothing new', () => {
	const title = (text: string): TerminalSignal => ({ kind: 'title', title: text });
	const words = after([0, title('✳ Fix the login')]);
	expect(words.title).toBe('Fix the login');
	for (const sign of ['⠂ ', '⠐ ', '✶ ', '· ', '✳\uFE0F ', ''])
		expect(hear(words, title(`${sign}Fix the login`), '')).toBe(words);
	for (const text of ['~ — bash', '~/src', '[1/3] build', '-v', '$ make'])
		expect(hear(words, title(text), '').title).toBe(text);
});
