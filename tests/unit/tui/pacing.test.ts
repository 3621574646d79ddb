import { describe, expect, it } from 'vitest';
import { Pacer } from '../../../src/tui/paint/pacing.ts';

describe('frames', () => {
	it('begin at once after idle, then keep the frame rate', () => {
		const clock = openClock();
		const { pacer, painted } = openPacer(clock);
		pacer.dirty();
		expect(painted).toEqual([]);
		clock.wind(0);
		expect(painted).toEqual(['all at 0']);
		pacer.dirty();
		pacer.dirty();
		clock.wind(10);
		expect(painted).toHaveLength(1);
		clock.wind(10);
		expect(painted).toEqual(['all at 0', 'all at 17']);
	});

	it('are made at once for who is about to hold the loop, if there is something to show', () => {
		const clock = openClock();
		const { pacer, painted } = openPacer(clock);
		pacer.paintNow();
		expect(painted).toEqual([]);
		pacer.dirty();
		clock.wind(0);
		pacer.dirty();
		pacer.paintNow();
		expect(painted).toEqual(['all at 0', 'all at 0']);
		clock.wind(100);
		expect(painted).toHaveLength(2);
	});

	it('are not made while nothing changes', () => {
		const clock = openClock();
		const { pacer, painted } = openPacer(clock);
		pacer.dirty();
		clock.wind(1000);
		expect(painted).toHaveLength(1);
	});

	it('are dropped while the terminal is busy, and made once when it is not', () => {
		const clock = openClock();
		const scene = openPacer(clock);
		scene.busy = true;
		scene.pacer.dirty();
		clock.wind(100);
		scene.pacer.dirty();
		clock.wind(100);
		expect(scene.painted).toEqual([]);
		scene.busy = false;
		scene.pacer.resume();
		clock.wind(20);
		expect(scene.painted).toHaveLength(1);
	});
});

describe('an echo', () => {
	it('is painted without waiting for the frame, that of its pane only', () => {
		const clock = openClock();
		const { pacer, painted } = openPacer(clock);
		pacer.dirty();
		clock.wind(1);
		pacer.urgent(3);
		pacer.paneChanged(4);
		expect(painted).toHaveLength(1);
		pacer.paneChanged(3);
		expect(painted).toEqual(['all at 0', '3 at 1']);
	});

	it('is painted again 2 ms later at the earliest', () => {
		const clock = openClock();
		const { pacer, painted } = openPacer(clock);
		pacer.urgent(3);
		for (const wait of [0, 1, 1]) {
			clock.wind(wait);
			pacer.paneChanged(3);
		}
		expect(painted.filter((what) => what.startsWith('3'))).toEqual(['3 at 0', '3 at 2']);
	});

	it('that comes while the terminal is busy is painted as soon as it is not', () => {
		const clock = openClock();
		const scene = openPacer(clock);
		scene.pacer.dirty();
		clock.wind(1);
		scene.busy = true;
		scene.pacer.urgent(3);
		scene.pacer.paneChanged(3);
		clock.wind(1);
		scene.busy = false;
		scene.pacer.resume();
		expect(scene.painted).toEqual(['all at 0', '3 at 2']);
	});

	it('is a frame like any other after 60 ms', () => {
		const clock = openClock();
		const { pacer, painted } = openPacer(clock);
		pacer.urgent(3);
		clock.wind(60);
		pacer.paneChanged(3);
		expect(painted).toEqual([]);
		clock.wind(1);
		expect(painted).toEqual(['all at 60']);
	});
});

describe('large frames', () => {
	it.each([1_000, 20_000, 100_000, 350_000, 610_000])(
		'of %i bytes are less than a megabyte within any second, and come evenly',
		(size) => {
			const clock = openClock();
			const scene = openPacer(clock);
			scene.size = size;
			for (let time = 0; time < 3000; time += 1) {
				scene.pacer.dirty();
				clock.wind(1);
			}
			const times = scene.painted.map((what) => Number(what.split(' at ')[1]));
			const frames = times.map(
				(time) => times.filter((one) => one > time - 1000 && one <= time).length,
			);
			expect(Math.max(...frames) * size).toBeLessThanOrEqual(1_000_000);
			const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
			expect(Math.max(...gaps)).toBeLessThanOrEqual(size > 400_000 ? 1000 : 600);
		},
	);

	it('of a flood leave echoes their own share', () => {
		const clock = openClock();
		const scene = openPacer(clock);
		scene.size = 790_000;
		scene.pacer.dirty();
		clock.wind(0);
		scene.size = 30;
		scene.pacer.urgent(3);
		scene.pacer.paneChanged(3);
		expect(scene.painted).toEqual(['all at 0', '3 at 0']);
		clock.wind(900);
		expect(scene.painted).toHaveLength(2);
		clock.wind(200);
		expect(scene.painted).toHaveLength(3);
	});

	it('of echoes may take what frames leave of theirs', () => {
		const clock = openClock();
		const scene = openPacer(clock);
		scene.size = 100_000;
		scene.pacer.urgent(3);
		scene.pacer.paneChanged(3);
		clock.wind(1);
		scene.pacer.urgent(3);
		clock.wind(1);
		scene.pacer.paneChanged(3);
		expect(scene.painted.filter((what) => what.startsWith('3'))).toHaveLength(1);
		clock.wind(400);
		scene.pacer.urgent(3);
		scene.pacer.paneChanged(3);
		expect(scene.painted.at(-1)).toBe('3 at 402');
	});

	it('that the terminal took its time for count from when it has them', () => {
		const clock = openClock();
		const scene = openPacer(clock);
		scene.size = 790_000;
		scene.pacer.dirty();
		clock.wind(500);
		scene.pacer.resume();
		scene.pacer.dirty();
		clock.wind(900);
		expect(scene.painted).toEqual(['all at 0']);
		clock.wind(101);
		expect(scene.painted).toEqual(['all at 0', 'all at 1500']);
	});
});

function openPacer(clock: ReturnType<typeof openClock>) {
	const painted: string[] = [];
	const scene = {
		busy: false,
		/** Bytes that each painting sends. */
		size: 100,
		painted,
		pacer: new Pacer((only): number | null => {
			if (scene.busy) return null;
			painted.push(`${only ?? 'all'} at ${Math.round(clock.now())}`);
			return scene.size;
		}, clock),
	};
	return scene;
}

function openClock() {
	let time = 0;
	let alarms: { at: number; run: () => void }[] = [];
	const after = (milliseconds: number, run: () => void) => {
		const alarm = { at: time + milliseconds, run };
		alarms.push(alarm);
		return () => {
			alarms = alarms.filter((one) => one !== alarm);
		};
	};
	return {
		now: () => time,
		soon: (run: () => void) => after(0, run),
		after,
		wind(milliseconds: number) {
			const end = time + milliseconds;
			for (;;) {
				const [next] = alarms.toSorted((a, b) => a.at - b.at);
				if (!next || next.at > end) break;
				time = Math.max(time, next.at);
				alarms = alarms.filter((one) => one !== next);
				next.run();
			}
			time = end;
		},
	};
}
