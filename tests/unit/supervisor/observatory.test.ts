import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AgentId } from '../../../src/domain/ids.ts';
import { Observatory, restAfter } from '../../../src/supervisor/observatory.ts';

describe('how often working agents are looked at', () => {
	it('leaves a cheap one alone for five seconds', () => {
		expect(restAfter(10, 1)).toBe(5000);
	});

	it('spends at most a hundredth of the time on one', () => {
		expect(restAfter(200, 1)).toBe(20_000);
	});

	it('spends at most a fiftieth of the time on however many', () => {
		for (const working of [6, 30, 100]) {
			const cost = 80;
			const share = (working * cost) / restAfter(cost, working);
			expect(share).toBeLessThanOrEqual(0.02);
		}
	});
});

describe('agents beside a row of landings', () => {
	const agents = ['a1', 'a2', 'a3'] as AgentId[];
	let looked: AgentId[] = [];
	let observatory: Observatory;

	beforeEach(() => {
		vi.useFakeTimers();
		looked = [];
		observatory = new Observatory({
			look: (agent) => {
				looked.push(agent);
				return Promise.resolve(null);
			},
		});
	});
	afterEach(async () => {
		await observatory.close();
		vi.useRealTimers();
	});

	const ended = (moved: boolean, more: boolean) =>
		observatory.landingEnded({ moved, more }, () => agents);

	it('are looked at once it has come to its end, also where the last one did not land', async () => {
		ended(true, true);
		await vi.advanceTimersByTimeAsync(10_000);
		ended(true, true);
		await vi.advanceTimersByTimeAsync(5000);
		expect(looked).toEqual([]);
		ended(false, false);
		await vi.advanceTimersByTimeAsync(1000);
		expect(looked.toSorted()).toEqual(agents);
		await vi.advanceTimersByTimeAsync(60_000);
		expect(looked).toHaveLength(agents.length);
	});

	it('are looked at meanwhile where it takes long', async () => {
		for (let landing = 0; landing < 5; landing += 1) {
			ended(true, true);
			await vi.advanceTimersByTimeAsync(5000);
		}
		expect(looked.toSorted()).toEqual(agents);
	});

	it('are left alone by a landing that moved nothing', async () => {
		ended(false, false);
		await vi.advanceTimersByTimeAsync(60_000);
		expect(looked).toEqual([]);
	});
});
