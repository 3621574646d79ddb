import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Activity } from '../../../src/holder/activity.ts';

let told: { at: number; active: boolean }[] = [];
beforeEach(() => {
	vi.useFakeTimers();
	told = [];
});
afterEach(() => {
	vi.useRealTimers();
});

test('output begins activity at once, two silent seconds end it', () => {
	const activity = make();
	activity.output();
	vi.advanceTimersByTime(500);
	activity.output();
	vi.advanceTimersByTime(10_000);
	expect(told).toEqual([
		{ at: 0, active: true },
		{ at: 2500, active: false },
	]);
	expect(activity.silentMs).toBe(10_000);
});

test('output right after silence was told waits for its second', () => {
	const activity = make();
	activity.output();
	vi.advanceTimersByTime(2100);
	activity.output();
	expect(told.map((one) => one.at)).toEqual([0, 2000]);
	vi.advanceTimersByTime(10_000);
	expect(told).toEqual([
		{ at: 0, active: true },
		{ at: 2000, active: false },
		{ at: 3000, active: true },
		{ at: 4100, active: false },
	]);
});

test('what a silent program draws anew for another size is no activity', () => {
	const activity = make();
	activity.resized();
	activity.output();
	vi.advanceTimersByTime(10_000);
	expect(told.map(({ active }) => active)).toEqual([true, false]);
	activity.resized();
	vi.advanceTimersByTime(900);
	activity.output();
	vi.advanceTimersByTime(10_000);
	expect(told).toHaveLength(2);
	activity.output();
	expect(told.at(-1)?.active).toBe(true);
	activity.resized();
	vi.advanceTimersByTime(500);
	activity.output();
	vi.advanceTimersByTime(1900);
	expect(told).toHaveLength(3);
});

test('what a program prints for what was typed is activity, also right after another size', () => {
	const activity = make();
	activity.output();
	vi.advanceTimersByTime(10_000);
	activity.resized();
	activity.typed(Buffer.from('\x1b[I'));
	activity.output();
	expect(told).toHaveLength(2);
	activity.typed(Buffer.from('make\r'));
	activity.output();
	expect(told.map(({ active }) => active)).toEqual([true, false, true]);
});

test('a flood is told once', () => {
	const activity = make();
	for (let at = 0; at < 5000; at += 10) {
		activity.output();
		vi.advanceTimersByTime(10);
	}
	expect(told).toEqual([{ at: 0, active: true }]);
	activity[Symbol.dispose]();
	vi.advanceTimersByTime(10_000);
	expect(told).toHaveLength(1);
});

function make(): Activity {
	const start = performance.now();
	return new Activity((active) => {
		told.push({ at: performance.now() - start, active });
	});
}
