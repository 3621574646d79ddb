import { expect, it } from 'vitest';
import { applies } from '../../../src/scenes/player.ts';

it('plays a step in the generations it is meant for', () => {
	const generations = (when: Parameters<typeof applies>[0]) =>
		[1, 2, 3, 4].filter((generation) => applies(when, generation));
	expect(generations(undefined)).toEqual([1, 2, 3, 4]);
	expect(generations({ generation: 2 })).toEqual([2]);
	expect(generations({ generation: { from: 2 } })).toEqual([2, 3, 4]);
	expect(generations({ generation: { from: 2, to: 3 } })).toEqual([2, 3]);
});
