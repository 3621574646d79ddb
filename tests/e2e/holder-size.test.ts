// How many agents share a holder: the setting says how many at most, and the first are spread.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir();
});
afterEach(() => weir.close());

test('seven agents share holders of two where the setting says so', async () => {
	const folder = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'config.yaml'), 'holder:\n  agents: 2\n');
	const names = Array.from({ length: 7 }, (_, at) => `a${at + 1}`);
	expect(await weir.run('new', ...names, '--', 'cat')).toMatchObject({ code: 0 });
	const { holders } = await weir.status();
	expect(
		holders.map(({ agents }) => agents).toSorted((one, other) => one - other),
	).toEqual([1, 2, 2, 2]);
});
