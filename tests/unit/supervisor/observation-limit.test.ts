import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AgentId } from '../../../src/domain/ids.ts';
import { ObservationLimit } from '../../../src/supervisor/observation-limit.ts';

const api = 'a1' as AgentId;
const ui = 'a2' as AgentId;

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

test('a burst passes, then one a second, and each agent has its own', () => {
	const told: AgentId[] = [];
	using limit = new ObservationLimit((agent) => told.push(agent));
	const passed = Array.from({ length: 100 }, () => limit.passes(api));
	expect(passed.filter(Boolean)).toHaveLength(30);
	expect(limit.passes(ui)).toBe(true);
	expect(told).toEqual([]);
	vi.advanceTimersByTime(1000);
	expect(told).toEqual([api]);
	expect(limit.passes(api)).toBe(true);
	expect(limit.passes(api)).toBe(false);
});

test('an agent that is gone is told of no more', () => {
	const told: AgentId[] = [];
	using limit = new ObservationLimit((agent) => told.push(agent));
	for (let count = 0; count < 100; count += 1) limit.passes(api);
	limit.forget(api);
	vi.advanceTimersByTime(5000);
	expect(told).toEqual([]);
});
