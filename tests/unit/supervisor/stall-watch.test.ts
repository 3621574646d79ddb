import { expect, onTestFinished, test, vi } from 'vitest';
import type { AgentId } from '../../../src/domain/ids.ts';
import { StallWatch } from '../../../src/supervisor/stall-watch.ts';

const agent = 'a1' as AgentId;
const minute = 60_000;

/** A watch over one agent whose screen, files and clock are set by hand. */
function watched() {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
	const told: (number | null)[] = [];
	const seen = { still: 'Working', changedAt: Number.NEGATIVE_INFINITY, looks: 0 };
	const watch = new StallWatch({
		leastMs: () => 5 * minute,
		still: async () => {
			seen.looks += 1;
			return seen.still;
		},
		changedAgo: async () => performance.now() - seen.changedAt,
		tell: (_agent, _generation, minutes) => told.push(minutes),
	});
	onTestFinished(() => {
		watch[Symbol.dispose]();
		vi.useRealTimers();
	});
	return { watch, told, seen, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
}

test('without a sign for five minutes it is stuck, and any sign takes that back', async () => {
	const { watch, told, seen, pass } = watched();
	watch.works(agent, 1);
	await pass(4.9 * minute);
	expect(told).toEqual([]);
	await pass(minute);
	expect(told).toEqual([5]);
	seen.still = 'Working on the next file';
	await pass(minute / 6);
	expect(told).toEqual([5, null]);
});

test('a file that it changes is a sign, also where it was changed before the look', async () => {
	const { watch, told, seen, pass } = watched();
	watch.works(agent, 1);
	seen.changedAt = performance.now() + minute;
	await pass(5.9 * minute);
	expect(told).toEqual([]);
	await pass(minute);
	expect(told).toEqual([5]);
	seen.changedAt = performance.now();
	await pass(minute / 6);
	expect(told.at(-1)).toBeNull();
});

test('who often takes long is given three times that', async () => {
	const { watch, told, pass } = watched();
	watch.works(agent, 1);
	for (let spell = 0; spell < 3; spell += 1) {
		await pass(4 * minute);
		watch.signs(agent);
	}
	await pass(11.5 * minute);
	expect(told).toEqual([]);
	await pass(minute);
	expect(told).toEqual([12]);
});

test('who rests is not looked at, and is stuck no more', async () => {
	const { watch, told, seen, pass } = watched();
	watch.works(agent, 1);
	await pass(6 * minute);
	watch.rests(agent);
	expect(told).toEqual([5, null]);
	const { looks } = seen;
	await pass(60 * minute);
	expect(seen.looks).toBe(looks);
});

test('what another supervisor saw counts: for how long it was silent, and that it was stuck', async () => {
	const { watch, told, pass } = watched();
	watch.adopt(agent, 1, { agoMs: 4 * minute, stalled: false });
	await pass(1.5 * minute);
	expect(told).toEqual([5]);
	watch.adopt(agent, 2, { agoMs: 9 * minute, stalled: true });
	await pass(minute);
	expect(told).toEqual([5]);
	watch.signs(agent);
	expect(told).toEqual([5, null]);
});
