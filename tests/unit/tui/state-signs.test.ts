import { expect, test } from 'vitest';
import { nextNeedy } from '../../../src/tui/look/state-signs.ts';
import { shownAgents } from '../../../src/tui/view.ts';
import { Core } from '../../support/domain.ts';

test('n goes around those that wait, the most urgent first, and from what is done back to them', () => {
	const core = new Core();
	for (const name of ['done-1', 'working', 'failed', 'done-2', 'asks'])
		core.running(name);
	const report = (name: string, state: 'done' | 'asks' | 'working') =>
		core.submit({
			kind: 'agent.observe',
			agent: core.id(name),
			generation: 1,
			...{ state, source: 'osc7501', inferred: false, why: null },
		});
	for (const name of ['done-1', 'done-2']) report(name, 'done');
	report('working', 'working');
	core.exits('failed', 1);
	const next = (focus: string | null, step: 1 | -1 = 1) =>
		nextNeedy(shownAgents(core.state), focus === null ? null : core.id(focus), step)
			?.name;
	expect(next('working')).toBe('failed');
	expect(next('failed')).toBe('done-1');
	expect(next('done-1')).toBe('failed');
	report('asks', 'asks');
	for (const focus of [null, 'working', 'done-1', 'done-2'])
		expect(next(focus)).toBe('asks');
	expect(next('asks')).toBe('failed');
	expect(next('failed')).toBe('done-1');
	expect(next('asks', -1)).toBe('done-2');
	expect(next('working', -1)).toBe('done-2');
});
