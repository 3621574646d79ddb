// How many agents share a holder is the setting's to say, beyond what a holder takes by itself too.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir();
});
afterEach(() => weir.close());

test('twelve agents share one holder where the setting says so', async () => {
	const folder = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'config.yaml'), 'holder:\n  agents: 16\n');
	for (let at = 1; at <= 12; at += 1) {
		const ran = await weir.run('new', `a${at}`, '--', 'cat');
		expect(ran).toMatchObject({ code: 0 });
	}
	const { holders } = await weir.status();
	expect(holders.map(({ agents }) => agents)).toEqual([12]);
}, 60_000);
