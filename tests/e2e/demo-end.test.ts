// The demo is left by one key, says what goes on after that, and leaves nothing behind.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answer, left, openCockpit } from '../support/cockpit.ts';
import { groundsIn } from '../support/demo-scratch.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir();
});
afterEach(() => weir.close());

test('a demo offers no detaching, ends by y and tells the shell what it waits for', async () => {
	const temp = join(weir.folder, 'demo-tmp');
	mkdirSync(temp);
	const words = ['demo', '--agents', '1', '--speed', '0.1'];
	await using demo = await openCockpit(weir, words, { env: { TMPDIR: temp } });
	await demo.waitFor('working');
	demo.key('Q');
	await demo.waitFor('y end the demo   Esc cancel');
	await answer(demo, 'd');
	await answer(demo, 'y');
	await demo.waitFor('ending the agents of the demo and removing its scratch repository');
	expect(await left(demo)).toBe(0);
	expect(groundsIn(temp)).toEqual([]);
	expect(weir.processes()).toEqual([]);
});
