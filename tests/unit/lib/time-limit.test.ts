import { describe, expect, it } from 'vitest';
import { ended, withinTime } from '../../../src/lib/time-limit.ts';

const patient = 60_000;

function forever(): never {
	for (;;);
}

describe('code with a time limit', () => {
	it('gives what it returns', () => {
		expect(withinTime(patient, () => 'value')).toBe('value');
		expect(withinTime(patient, () => undefined)).toBe(undefined);
	});

	it('throws what it throws', () => {
		const wrong = new RangeError('wrong');
		const job = () => {
			throw wrong;
		};
		expect(() => withinTime(patient, job)).toThrow(wrong);
	});

	it('is ended where it never returns, and can be run again', () => {
		expect(withinTime(20, forever)).toBe(ended);
		expect(withinTime(20, forever)).toBe(ended);
		expect(withinTime(patient, () => 'after')).toBe('after');
	});

	it('cannot keep itself alive by catching', () => {
		const stubborn = () => {
			for (;;) {
				try {
					forever();
				} catch {
					continue;
				}
			}
		};
		expect(withinTime(20, stubborn)).toBe(ended);
	});

	it('may be within other such code', () => {
		const inner = () => withinTime(20, forever);
		expect(withinTime(patient, () => [inner(), 'outer'])).toEqual([ended, 'outer']);
	});

	it('leaves timers and promises alone', async () => {
		const later = Promise.resolve('later');
		expect(withinTime(20, forever)).toBe(ended);
		expect(await later).toBe('later');
		await new Promise((done) => setTimeout(done, 0));
	});
});
