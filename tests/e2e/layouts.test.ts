// Layouts through restarts of the client, by keys and by name.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start } from '../support/agents.ts';
import { answer, detach, openCockpit } from '../support/cockpit.ts';
import { openProgram } from '../support/terminal-driver.ts';
import { type ScratchWeir, scratchWeir, weirProgram } from '../support/weir.ts';

let weir: ScratchWeir;
const size = { columns: 140, rows: 36 };

beforeAll(async () => {
	weir = scratchWeir();
	await weir.run('up');
});
afterAll(() => weir.close());

test('a layout survives a restart of the client; saved ones are chosen and deleted by name', async () => {
	const { name } = await start(weir, 'left', ['cat']);
	const other = await start(weir, 'right', ['cat']);
	const opened = () => openCockpit(weir, [], size);
	const edgeOf = (screen: readonly string[]) => screen[1]?.indexOf('┬') ?? -1;
	let edge = 0;
	{
		await using cockpit = await opened();
		await cockpit.waitFor(/ 2 right /);
		cockpit.key('V');
		await cockpit.waitFor('Enter choose');
		cockpit.key('j', 'j', 'enter');
		await cockpit.waitFor('layout main-stack');
		const before = edgeOf(cockpit.screen());
		cockpit.key('L', 'L');
		await cockpit.waitFor(() => edgeOf(cockpit.screen()) > before + 10);
		edge = edgeOf(cockpit.screen());
		cockpit.key('l');
		cockpit.key('V', 's');
		await cockpit.waitFor('save the layout as');
		cockpit.type('mine');
		cockpit.key('enter');
		await cockpit.waitFor('saved the layout mine');
		await detach(cockpit);
	}
	await using cockpit = await opened();
	await cockpit.waitFor(/ 2 right /);
	expect(edgeOf(cockpit.screen())).toBe(edge);
	cockpit.key('=');
	await cockpit.waitFor(() => edgeOf(cockpit.screen()) < edge);
	cockpit.key('V');
	await cockpit.waitFor('saved: main-stack');
	cockpit.key('G', 'enter');
	await cockpit.waitFor(() => edgeOf(cockpit.screen()) === edge);
	cockpit.key('V');
	await cockpit.waitFor('saved: main-stack');
	cockpit.key('G', 'x');
	await cockpit.waitFor('again deletes it');
	cockpit.key('x');
	await cockpit.waitFor('deleted the layout mine');
	cockpit.key('escape');
	await cockpit.waitFor('? keys');
	await detach(cockpit);
	await weir.json('remove', '--yes', name, other.name);
});

test('a pane that is scrolled up stands where it was after a restart of the client', async () => {
	const { name } = await start(weir, 'long', ['sh', '-c', 'seq 1000 1400; exec cat']);
	const topOf = (screen: readonly string[]) => /│(1\d{3}) /.exec(screen[2] ?? '')?.[1];
	const command = `'${process.execPath}' '${weirProgram}'`;
	const shell = `${command}; echo between; read line; ${command}`;
	await using cockpit = openProgram(['sh', '-c', shell], {
		...size,
		cwd: weir.repo,
		env: weir.env,
	});
	await cockpit.waitFor('1400');
	cockpit.key('pageup', 'pageup', 'pageup');
	// Half of its 31 rows each.
	await cockpit.waitFor(() => Number(topOf(cockpit.screen())) < 1340);
	const top = topOf(cockpit.screen());
	cockpit.key('Q');
	await cockpit.waitFor('d detach');
	await answer(cockpit, 'd');
	await cockpit.waitFor('between');
	await weir.run('send', name, 'more');
	cockpit.key('enter');
	await cockpit.waitFor(/history, \d+ above/);
	await cockpit.waitFor(() => topOf(cockpit.screen()) === top);
	expect(cockpit.screen().join('\n')).not.toContain('more');
	cockpit.key('escape');
	await cockpit.waitFor('more');
	await detach(cockpit);
});
