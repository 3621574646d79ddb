import { expect, test } from 'vitest';
import { RefBatch } from '../../../src/git/ref-batch.ts';
import { Lane } from '../../../src/lib/lane.ts';
import { gitIn, makeRepository, open } from '../../support/repository.ts';

test('changes that are asked for together are made together, and one that cannot be harms none', async () => {
	const top = makeRepository({ a: 'a' });
	const { place } = await open(top);
	const to = gitIn(top, 'rev-parse', 'HEAD');
	const lane = new Lane(1);
	let calls = 0;
	const counted = Object.assign(lane, {
		run: ((run) => (job: () => Promise<unknown>) => {
			calls += 1;
			return run(job);
		})(lane.run.bind(lane)),
	});
	const batch = new RefBatch(place, counted);
	const create = (name: string) =>
		batch.change([{ ref: `refs/heads/${name}`, from: null, to }]);
	const names = Array.from({ length: 20 }, (_, at) => `a${at}`);
	const made = await Promise.all(names.map(create));
	expect(made.every(({ ok }) => ok)).toBe(true);
	expect(calls).toBe(1);

	const [good, taken, alsoGood] = await Promise.all(['b', 'a3', 'c'].map(create));
	expect([good?.ok, taken?.ok, alsoGood?.ok]).toEqual([true, false, true]);
	const late = await create('d');
	expect(late.ok).toBe(true);
	expect(
		gitIn(top, 'for-each-ref', '--format=%(refname:short)', 'refs/heads/').split('\n'),
	).toEqual(expect.arrayContaining([...names, 'b', 'c', 'd']));
});
