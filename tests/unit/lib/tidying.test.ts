import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Tidying } from '../../../src/lib/tidying.ts';

const much = 512 * 1024;
const little = 32 * 1024;
let tidied = 0;
let tidying: Tidying;

beforeEach(() => {
	vi.useFakeTimers();
	tidied = 0;
	tidying = new Tidying(() => {
		tidied += 1;
	});
});

afterEach(() => {
	tidying[Symbol.dispose]();
	vi.useRealTimers();
});

it('tidies once, when much work is over', () => {
	tidying.note(much);
	vi.advanceTimersByTime(2000);
	tidying.note(much);
	vi.advanceTimersByTime(2000);
	expect(tidied).toBe(0);
	vi.advanceTimersByTime(60_000);
	expect(tidied).toBe(1);
});

it('does not wait for a spinner to stop', () => {
	tidying.note(much);
	for (let second = 0; second < 10; second += 1) {
		tidying.note(little / 10);
		vi.advanceTimersByTime(1000);
	}
	expect(tidied).toBe(1);
});

it('waits as long as somebody is at work', () => {
	tidying.note(much);
	for (let second = 0; second < 10; second += 1) {
		tidying.use();
		vi.advanceTimersByTime(1000);
	}
	expect(tidied).toBe(0);
	vi.advanceTimersByTime(6000);
	expect(tidied).toBe(1);
});

it('does nothing about little work, and nothing once it is disposed of', () => {
	tidying.note(little);
	vi.advanceTimersByTime(60_000);
	tidying.note(much);
	tidying[Symbol.dispose]();
	vi.advanceTimersByTime(60_000);
	expect(tidied).toBe(0);
	expect(vi.getTimerCount()).toBe(0);
});

it('gives memory back for real', async () => {
	vi.useRealTimers();
	const freed = Promise.withResolvers<string>();
	const registry = new FinalizationRegistry<string>(freed.resolve);
	registerGarbage(registry);
	vi.useFakeTimers();
	using real = new Tidying();
	real.note(much);
	vi.advanceTimersByTime(3000);
	vi.useRealTimers();
	expect(await freed.promise).toBe('freed');
});

// In a function of its own: what a frame still holds is no garbage.
function registerGarbage(registry: FinalizationRegistry<string>): void {
	registry.register({ garbage: true }, 'freed');
}
