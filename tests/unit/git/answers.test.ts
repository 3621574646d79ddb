import { expect, it } from 'vitest';
import { Answers } from '../../../src/git/answers.ts';

it('asks once for what never changes, and again for what failed', async () => {
	const answers = new Answers();
	let asked = 0;
	const ask = async () => {
		asked += 1;
		if (asked === 1) throw new Error('git was killed');
		return 7;
	};
	await expect(answers.of('ahead', ask)).rejects.toThrow('git was killed');
	const both = await Promise.all([answers.of('ahead', ask), answers.of('ahead', ask)]);
	expect(both).toEqual([7, 7]);
	expect(asked).toBe(2);
});

it('forgets what was not asked for longest', async () => {
	const answers = new Answers();
	const asked: number[] = [];
	const ask = (number: number) =>
		answers.of(`question ${number}`, async () => asked.push(number));
	for (let number = 0; number < 500; number += 1) await ask(number);
	await ask(0);
	await ask(500);
	asked.length = 0;
	await ask(0);
	await ask(1);
	expect(asked).toEqual([1]);
});
