// Whatever programs print, and whatever is done in weir meanwhile, its terminal gets only what weir itself
// may send.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start } from '../support/agents.ts';
import { detach, openCockpit } from '../support/cockpit.ts';
import { foreignSequences, weirSequences } from '../support/sequences.ts';
import type { Program } from '../support/terminal-driver.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

const soak = process.env.WEIR_SOAK === '1';
const lengthMs = soak ? 600_000 : 0;
const size = { columns: 120, rows: 36 };
const fixture = new URL('../fixtures/noise-writer.ts', import.meta.url).pathname;

let weir: ScratchWeir;
beforeAll(async () => {
	weir = scratchWeir();
	for (const at of [1, 2, 3, 4])
		await start(weir, `noise${at}`, [process.execPath, fixture, String(at)]);
});
afterAll(() => weir.close());

test(
	'of hostile output nothing reaches the terminal but cells',
	async () => {
		const begun = performance.now();
		do {
			await using cockpit = await openCockpit(weir, [], size);
			for (const keys of [['z'], ['n'], ['pageup'], ['escape'], ['z'], ['v'], ['l']]) {
				await drawn(cockpit, 2_000);
				cockpit.key(...keys);
			}
			await drawn(cockpit, 2_000);
			cockpit.key('[');
			await cockpit.waitFor(/^ COPY/);
			cockpit.key('k', 'V', 'q', 'q', 'i');
			await cockpit.waitFor(/^ TYPE/);
			await drawn(cockpit, 10_000);
			cockpit.key('ctrl+space', 'escape');
			await cockpit.waitFor(/^ NAV/);
			await detach(cockpit);
			const bytes = cockpit.bytes();
			expect(cockpit.outputBytes).toBe(bytes.length);
			expect(foreignSequences(bytes, weirSequences)).toEqual([]);
			expect(cockpit.terminal.bells).toBe(0);
		} while (performance.now() - begun < lengthMs);
	},
	soak ? 1_800_000 : 240_000,
);

/** Waits until so much more was drawn. */
async function drawn(cockpit: Program, bytes: number): Promise<void> {
	const enough = cockpit.outputBytes + bytes;
	await cockpit.waitFor(() => cockpit.outputBytes >= enough);
}
