// A headless demo whose reader leaves early: `weir demo --headless --json | head`.
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { DemoScratch } from '../support/demo-scratch.ts';

test('a demo nobody listens to any more ends without a failure and leaves nothing', async () => {
	const scratch = new DemoScratch();
	const demo = scratch.play();
	const ended = once(demo, 'exit');
	await once(demo.stdout, 'data');
	demo.stdout.destroy();
	expect(await ended).toEqual([0, null]);
	expect(scratch.left).toEqual([]);
	expect(scratch.processes).toEqual([]);
});
