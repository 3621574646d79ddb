import { expect, test } from 'vitest';
import type { AgentId } from '../../../src/domain/ids.ts';
import { PutBackTimes } from '../../../src/supervisor/put-back-times.ts';

const agent = 'a1' as AgentId;
const minute = 60_000;

test('what is written again and again is put back three times in ten minutes, and then only told', () => {
	const times = new PutBackTimes();
	const write = (name: string, now: number) =>
		times.policyFor(agent, [{ path: name }], 'restore', now);
	expect([0, 1, 2, 3, 4].map((at) => write('x', at * minute))).toEqual([
		'restore',
		'restore',
		'restore',
		'report',
		'report',
	]);
	expect(write('y', 4 * minute)).toBe('restore');
	expect(write('x', 20 * minute)).toBe('restore');
});

test('beside a path that is new, one that is left to the human is put back as well', () => {
	const times = new PutBackTimes();
	const write = (...names: string[]) =>
		times.policyFor(
			agent,
			names.map((path) => ({ path })),
			'restore',
			0,
		);
	for (let time = 0; time < 3; time += 1) write('x');
	expect(write('x')).toBe('report');
	expect(write('x', 'y')).toBe('restore');
	times.forget(agent);
	expect(write('x')).toBe('restore');
});

test('by other policies it is always the same', () => {
	const times = new PutBackTimes();
	const policies = [1, 2, 3, 4, 5].map((now) =>
		times.policyFor(agent, [{ path: 'x' }], 'quarantine', now),
	);
	expect(new Set(policies)).toEqual(new Set(['quarantine']));
});
