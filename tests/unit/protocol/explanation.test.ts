import { expect, test } from 'vitest';
import type { Explanation } from '../../../src/protocol/explanation.ts';
import { explanationLines } from '../../../src/protocol/explanation.ts';

const agent = {
	...{ name: 'api', state: 'asks', inferred: true, since: 'then', why: 'Port?' },
	source: 'screen',
} as Explanation['agent'];
const words: Explanation['words'] = [
	{
		source: 'progress',
		state: 'working',
		inferred: true,
		why: 'shows progress',
		at: null,
		rule: null,
	},
	{
		source: 'screen',
		state: 'asks',
		inferred: true,
		why: 'Port?',
		at: 'then',
		rule: 'open-question',
	},
];
const told = { agent, words, overridden: false, screen: ['Port?'] };

test('the one that counts is marked, with its age and rule, and what was read', () => {
	expect(explanationLines(told, () => '3s')).toEqual([
		'api is ~asks since 3s: Port?',
		'',
		'   progress  ~working  -                       shows progress',
		'>  screen    ~asks     3s  rule open-question  Port?',
		'',
		'read on its screen:',
		'  Port?',
	]);
});

test('who says nothing is told apart from who does not run', () => {
	const said = (pid: number | null) =>
		explanationLines({ ...told, agent: { ...agent, pid }, words: [] }, () => '3s').at(-1);
	expect(said(7)).toBe('its program runs and has said nothing so far');
	expect(said(null)).toBe('no program runs, so nobody says anything');
});

test('what the human set is said, and how to take it back', () => {
	const set = {
		...agent,
		state: 'idle',
		source: 'human',
		inferred: false,
		why: 'set by you',
	};
	const lines = explanationLines(
		{ ...told, agent: set, overridden: true, screen: [] },
		() => '3s',
	);
	expect(lines[1]).toContain('weir explain api --set auto');
	expect(lines.some((line) => line.startsWith('>'))).toBe(false);
});
