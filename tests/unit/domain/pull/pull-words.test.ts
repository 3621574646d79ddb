import { expect, test } from 'vitest';
import { type GateStanding, noGate } from '../../../../src/domain/gates/standing.ts';
import type { Verdict, VerdictWord } from '../../../../src/domain/gates/verdict.ts';
import {
	gateWords,
	pullBody,
	pullTitle,
} from '../../../../src/domain/pull/pull-words.ts';

function said(
	word: VerdictWord,
	tree: string,
	more: Partial<GateStanding> & { readonly flaky?: boolean } = {},
): GateStanding {
	const { flaky = false, ...rest } = more;
	const verdict: Verdict = {
		...{ key: 'k', tree, word, exit: 0, signal: null, why: null, failures: null },
		...{ first: null, flaky, took: 1, at: '2026-11-21T01:00:00.000Z' },
	};
	return { ...noGate, verdict, ...rest };
}

test.each([
	['green', said('passed', 't')],
	['red, 2 new failures, 7 known', redBeside(2, 7)],
	['red', said('failed', 't')],
	['broken, it says nothing', said('broken', 't')],
	['unknown, it ran on other files last (green there)', said('passed', 'u')],
	['unknown, it has not run', noGate],
	['unknown, it has not run', undefined],
])('of a tree a gate is told as %s', (words, standing) => {
	expect(gateWords(standing, 't')).toBe(words);
});

function redBeside(fresh: number, known: number): GateStanding {
	const compared = { base: 'b', fresh, known, word: 'failed' } as const;
	return said('failed', 't', { compared });
}

test('a gate that was red and green on these files is called flaky', () => {
	const flaky = said('passed', 't', { flaky: true });
	expect(gateWords(flaky, 't')).toBe('green, flaky: red and green on the same files');
});

test('a body without a task and gates has its commits, behind a fence that none of them ends', () => {
	const commits = ['- ~~~', '- ``````', '- \u001b]0;x\u0007@all'];
	const body = pullBody({ agent: 'api', task: ' \n', commits, tree: 't', gates: [] });
	expect(body).toBe(
		'Commits:\n\n```````text\n- ~~~\n- ``````\n- ]0;x@all\n```````\n\nMade by the agent api under weir.',
	);
});

test('a title is one line, and no longer than a site takes', () => {
	expect(pullTitle('a\nb\u202e')).toBe('a b');
	expect(pullTitle('x'.repeat(999))).toHaveLength(200);
});
