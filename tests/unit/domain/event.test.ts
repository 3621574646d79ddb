import { expect, test } from 'vitest';
import { parseEvent } from '../../../src/domain/event.ts';
import { evolve } from '../../../src/domain/evolve.ts';
import { initialState } from '../../../src/domain/state.ts';

const stamp = {
	seq: 7,
	at: '2026-11-21T01:00:00.000Z',
	actor: 'human',
	cause: 'command:agent.rename',
};

test.each([
	['agent.renamed', { agent: 'a1', name: 3 }, 'name: expected a text'],
	['agent.renamed', { agent: 3, name: 'b' }, 'agent: expected a text'],
	['shell.exited', { shell: 's1', code: 0.5 }, 'code: expected a whole number'],
	[
		'settings.loaded',
		{ hash: null, trusted: true, settings: null },
		'settings: expected a mapping of keys to values',
	],
	[
		'pause.settled',
		{ effect: '1.1', agent: 'a1', paused: true, outcome: { ok: false } },
		'outcome.refusal: expected a mapping of keys to values',
	],
] as const)('an event %s of %j is told with its fault', (kind, data, says) => {
	const message = `event 7 (${kind}) is malformed: ${says}`;
	expect(() => parseEvent({ ...stamp, kind, data })).toThrow(new Error(message));
});

test('a client passes over an event of a kind that it does not know', () => {
	const later = { ...stamp, kind: 'agent.promoted', data: { effect: '7.1' } };
	expect(evolve(initialState, later as never)).toEqual({ ...initialState, seq: 7 });
});

test('an event of a kind that this version does not know is told', () => {
	expect(() => parseEvent({ ...stamp, kind: 'agent.promoted', data: {} })).toThrow(
		new Error('event 7 is of the unknown kind agent.promoted'),
	);
});
