import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SignalValve } from '../../../src/holder/signal-valve.ts';
import type { TerminalSignal } from '../../../src/protocol/holder.ts';

let told: TerminalSignal[] = [];
beforeEach(() => {
	vi.useFakeTimers();
	told = [];
});
afterEach(() => {
	vi.useRealTimers();
});

test('signals pass at once and in order', () => {
	const valve = make();
	valve.take({ kind: 'prompt', mark: 'C', exitCode: null });
	valve.take({ kind: 'bell' });
	expect(told.map((signal) => signal.kind)).toEqual(['prompt', 'bell']);
});

test('of a flood the latest of each kind is told, a bounded number a second', () => {
	const valve = make();
	for (let count = 0; count < 100_000; count += 1) {
		valve.take({ kind: 'bell' });
		valve.take({ kind: 'title', title: `${count}` });
	}
	expect(told.length).toBeLessThanOrEqual(50);
	vi.advanceTimersByTime(100);
	expect(told.slice(-2)).toEqual([{ kind: 'bell' }, { kind: 'title', title: '99999' }]);
});

test('prompt marks and ids of a flood are told apart', () => {
	const valve = make();
	for (let count = 0; count < 60; count += 1) valve.take({ kind: 'bell' });
	valve.take({ kind: 'prompt', mark: 'D', exitCode: 1 });
	valve.take({ kind: 'prompt', mark: 'A', exitCode: null });
	valve.flush();
	expect(told.slice(-2)).toEqual([
		{ kind: 'prompt', mark: 'D', exitCode: 1 },
		{ kind: 'prompt', mark: 'A', exitCode: null },
	]);
});

function make(): SignalValve {
	return new SignalValve((signal) => {
		told.push(signal);
	});
}
