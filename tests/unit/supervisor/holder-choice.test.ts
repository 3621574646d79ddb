import { expect, test } from 'vitest';
import { chooseHolder } from '../../../src/supervisor/holder-choice.ts';

const bounds = { limit: 10, spread: 2 };

test('the first panes are spread, one holder each', () => {
	expect(chooseHolder([], bounds)).toBeUndefined();
	expect(chooseHolder([holder(1)], bounds)).toBeUndefined();
	expect(chooseHolder([holder(1), holder(0)], bounds)).toEqual(holder(0));
});

test('the next go to the emptiest, until all are full', () => {
	expect(chooseHolder([holder(4), holder(3)], bounds)).toEqual(holder(3));
	expect(chooseHolder([holder(10), holder(9)], bounds)).toEqual(holder(9));
	expect(chooseHolder([holder(10), holder(10)], bounds)).toBeUndefined();
});

test('an empty holder is taken before another is started, a full one never', () => {
	expect(chooseHolder([holder(0)], bounds)).toEqual(holder(0));
	expect(chooseHolder([{ taken: 0, full: true }, holder(7)], bounds)).toEqual(holder(7));
});

test('where one holds no more than one agent, each gets its own', () => {
	expect(chooseHolder([holder(1), holder(1)], { limit: 1, spread: 2 })).toBeUndefined();
});

function holder(taken: number) {
	return { taken, full: false };
}
