import { expect, test } from 'vitest';
import type { WeirEvent } from '../../../src/domain/event.ts';
import { isObservation } from '../../../src/domain/observation.ts';

const event = (kind: string, data: unknown = {}) =>
	// Only kind and source are looked at.
	({ kind, data }) as WeirEvent;

test('what is seen is an observation, what is asked, answered or done is none', () => {
	expect(isObservation(event('trespass.found'))).toBe(true);
	expect(isObservation(event('tree.moved'))).toBe(true);
	for (const kind of ['redress.asked', 'merge.landed', 'question.opened', 'agent.exited'])
		expect(isObservation(event(kind))).toBe(false);
});

test('what a terminal shows of a state is one, what the agent declares is none', () => {
	expect(isObservation(event('agent.state', { source: 'screen' }))).toBe(true);
	expect(isObservation(event('agent.state', { source: 'declared' }))).toBe(false);
});
