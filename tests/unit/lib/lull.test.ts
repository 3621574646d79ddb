import { expect, test } from 'vitest';
import { Lull } from '../../../src/lib/lull.ts';

test('what waits for a lull goes on when the last urgent job has ended, also a failed one', async () => {
	const lull = new Lull();
	await lull.come();
	const first = Promise.withResolvers<void>();
	const second = Promise.withResolvers<void>();
	const jobs = [lull.disturb(() => first.promise), lull.disturb(() => second.promise)];
	let came = false;
	const waiting = lull.come().then(() => {
		came = true;
		return undefined;
	});
	first.resolve();
	await jobs[0];
	expect(came).toBe(false);
	second.reject(new Error('no'));
	await expect(jobs[1]).rejects.toThrow('no');
	await waiting;
	expect(came).toBe(true);
});

test('a job that begins before those who waited run makes them wait again', async () => {
	const lull = new Lull();
	const first = Promise.withResolvers<void>();
	const next = Promise.withResolvers<void>();
	const job = lull.disturb(() => first.promise);
	let came = false;
	const waiting = lull.come().then(() => {
		came = true;
		return undefined;
	});
	first.resolve();
	const late = job.then(() => lull.disturb(() => next.promise));
	await job;
	next.resolve();
	await late;
	await waiting;
	expect(came).toBe(true);
});
