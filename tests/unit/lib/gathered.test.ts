import { expect, test } from 'vitest';
import { Gathered } from '../../../src/lib/gathered.ts';

test('an answer is never older than its question, and many questions share a reading', async () => {
	const readings: PromiseWithResolvers<number>[] = [];
	const gathered = new Gathered(() => {
		const reading = Promise.withResolvers<number>();
		readings.push(reading);
		return reading.promise;
	});
	const first = gathered.get();
	const later = Array.from({ length: 30 }, () => gathered.get());
	expect(readings).toHaveLength(1);
	readings[0]?.resolve(1);
	expect(await first).toBe(1);
	readings[1]?.resolve(2);
	expect(await Promise.all(later)).toEqual(Array.from({ length: 30 }, () => 2));
	expect(readings).toHaveLength(2);

	const alone = gathered.get();
	readings[2]?.resolve(3);
	expect(await alone).toBe(3);
});

test('a failed reading fails those who share it, and no others', async () => {
	let count = 0;
	const gathered = new Gathered(async () => {
		count += 1;
		if (count === 1) throw new Error('no');
		return count;
	});
	const first = gathered.get();
	const second = gathered.get();
	await expect(first).rejects.toThrow('no');
	expect(await second).toBe(2);
});
