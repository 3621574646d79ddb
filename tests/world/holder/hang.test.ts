// A real holder whose emulator knows a sequence that it never returns from: the agent lives on.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type HolderPlace, startHolder } from '../../../src/hosts/local.ts';
import type { HolderRecord } from '../../../src/protocol/holder.ts';
import { bash } from '../../support/bash.ts';
import { connectTo, makeHolder, type TestHolder } from '../../support/holder.ts';
import { makeScratch } from '../../support/scratch.ts';

/** Octal, so that the shell's echo of the command does not hang already. */
const hang = "printf '\\033[?666z'";

test('a pane whose emulator hangs comes back with its screen, and so do its neighbours', async () => {
	const holder = await hangingHolder();
	const client = await connectTo(holder);
	const recording = join(makeScratch(), 'recording');
	const victim = await client.spawn('victim', bash, { recording });
	const neighbour = await client.spawn('neighbour', bash);
	for (const pane of ['victim', 'neighbour']) await client.follow(pane);
	await client.type('victim', 'kept=value; echo before-$((20+1))\n');
	await client.shows(victim.number, '^before-21$');

	await client.type('victim', `${hang}; echo after-$((30+1))\n`);
	await client.type('neighbour', 'echo near-$((40+1))\n');
	await client.shows(neighbour.number, '^near-41$');
	await hasHung(holder, 'victim');
	await client.type('victim', 'echo $kept-$((50+1))\n');
	await client.shows(victim.number, '^value-51$');
	expect(client.screen(victim.number)).toMatch(/^before-21$/m);

	const { panes } = await client.ask('list', {});
	expect(panes).toMatchObject([{ exit: null }, { exit: null }]);
	expect(panes[0]?.process).toEqual(victim.process);
	// What hung is in no recording: it would hang whoever reads that.
	await client.type('victim', 'seq 2001 2100\n');
	await client.shows(victim.number, '^2100$');
	const { lines } = await client.history({ pane: 'victim', from: 0, count: 200 });
	for (const line of ['before-21', 'value-51', '2001']) expect(lines).toContain(line);

	await client.type('victim', 'exit 7\n');
	expect(await client.exit('victim')).toMatchObject({ code: 7 });
});

test('a pane that is not recorded goes on with an empty screen', async () => {
	const holder = await hangingHolder();
	const client = await connectTo(holder);
	const { number } = await client.spawn('victim', bash);
	await client.follow('victim');
	await client.type('victim', `echo before-$((20+1)); ${hang}\n`);
	await hasHung(holder, 'victim');
	await client.type('victim', 'echo after-$((30+1))\n');
	await client.shows(number, '^after-31$');
	expect(client.screen(number)).not.toContain('before-21');
});

function hangingHolder(): Promise<TestHolder> {
	return makeHolder({}, startHangingHolder);
}

async function startHangingHolder(place: HolderPlace): Promise<HolderRecord> {
	const preload = new URL('../../fixtures/hanging-terminal.ts', import.meta.url).href;
	return startHolder(place, [`--import=${preload}`]);
}

/** What is typed before this may be printed with what hangs, and skipped with it. */
async function hasHung({ place }: TestHolder, pane: string): Promise<void> {
	const said = new RegExp(`${pane}: an emulator did not return: \\d+ bytes .* skipped`);
	const log = () => readFileSync(place.logFile, 'utf8');
	await expect.poll(log).toMatch(said);
}
