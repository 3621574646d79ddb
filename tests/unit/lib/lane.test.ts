import { expect, test } from 'vitest';
import { Lane } from '../../../src/lib/lane.ts';

test('a job whose signal is aborted before its turn leaves the line, and the others keep theirs', async () => {
	const lane = new Lane(1);
	const done: string[] = [];
	const job = (name: string) => async () => {
		await Promise.resolve();
		done.push(name);
	};
	const leaving = new AbortController();
	const first = lane.run(job('first'));
	const second = lane.run(job('second'), leaving.signal);
	const third = lane.run(job('third'));
	expect(lane.length).toBe(3);
	leaving.abort(new Error('left'));
	await expect(second).rejects.toThrow('left');
	await expect(lane.run(job('late'), leaving.signal)).rejects.toThrow('left');
	await Promise.all([first, third]);
	expect(done).toEqual(['first', 'third']);
	expect(lane.length).toBe(0);
});
