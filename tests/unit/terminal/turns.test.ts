import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
	forgetTeller,
	type Teller,
	tellThisBeat,
	tellThisTurn,
} from '../../../src/terminal/turns.ts';

const told: string[] = [];
beforeEach(() => {
	vi.useFakeTimers();
	told.length = 0;
});
afterEach(() => {
	vi.useRealTimers();
});

test('in one turn, those with little to tell go first', () => {
	tellThisTurn(teller('much', 5000));
	tellThisTurn(teller('little', 2));
	expect(told).toEqual([]);
	vi.advanceTimersByTime(0);
	expect(told).toEqual(['little', 'much']);
});

test('what is told of all in one turn is shared by those who tell', () => {
	const shares: number[] = [];
	const greedy = () => ({ unread: 5000, tell: (share: number) => shares.push(share) });
	tellThisTurn(greedy());
	vi.advanceTimersByTime(0);
	for (let count = 4; count > 0; count -= 1) tellThisTurn(greedy());
	vi.advanceTimersByTime(0);
	const [alone = 0, ...together] = shares;
	expect(alone).toBeGreaterThan(0);
	expect(together).toEqual(Array(4).fill(alone / 4));
});

test('all of a beat are told at the same moment, whenever they came', () => {
	const [one, other] = [teller('one', 1), teller('other', 2)];
	vi.advanceTimersByTime(100 - (performance.now() % 100));
	tellThisBeat(one);
	vi.advanceTimersByTime(70);
	tellThisBeat(other);
	tellThisBeat(one);
	expect(told).toEqual([]);
	vi.advanceTimersByTime(30);
	expect(told).toEqual(['one', 'other']);
	vi.advanceTimersByTime(1000);
	expect(told).toHaveLength(2);
});

test('who is forgotten is told neither with the turn nor with the beat', () => {
	const gone = teller('gone', 1);
	tellThisBeat(gone);
	tellThisTurn(gone);
	forgetTeller(gone);
	vi.advanceTimersByTime(1000);
	expect(told).toEqual([]);
});

function teller(name: string, unread: number): Teller {
	return { unread, tell: () => told.push(name) };
}
