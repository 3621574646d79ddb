import { expect, it } from 'vitest';
import { nearestWord } from '../../../src/lib/nearest-word.ts';

it('finds the word with the fewest edits', () => {
	const words = ['say', 'think', 'commit', 'wait-forever'];
	expect(nearestWord('comit', words)).toBe('commit');
	expect(nearestWord('htink', words)).toBe('think');
	expect(nearestWord('Wait-Forever', words)).toBe('wait-forever');
});

it('finds none when nothing is close', () => {
	expect(nearestWord('explode', ['say', 'think'])).toBeUndefined();
	expect(nearestWord('x', ['y'])).toBeUndefined();
});
