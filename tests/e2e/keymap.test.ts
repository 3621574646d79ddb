// Keys of one's own, in the built program and a real terminal: read at the start and at each change.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start } from '../support/agents.ts';
import { openCockpit } from '../support/cockpit.ts';
import type { Program } from '../support/terminal-driver.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
const size = { columns: 120, rows: 30 };

beforeAll(async () => {
	weir = scratchWeir();
	// What a terminal starts ends with it.
	await weir.run('up');
});
afterAll(() => weir.close());

test('a key that a file binds counts at once, everywhere it is shown; a fault changes nothing', async () => {
	const cat = ['sh', '-c', 'stty raw -echo; echo ready; cat -v'];
	const { name } = await start(weir, 'api', cat);
	await using cockpit = await openCockpit(weir, [], size);
	await cockpit.waitFor('ready');
	await cockpit.waitFor('z zoom');
	const file = join(weir.env['XDG_CONFIG_HOME'] ?? '', 'weir', 'keys.yaml');
	write(
		file,
		'leader: ctrl+b\nbindings:\n  nav:\n    f5: view.zoom\n    g z: view.zoom\n',
	);
	await cockpit.waitFor('the keys are those of keys.yaml now');
	await cockpit.waitFor('F5 zoom');
	cockpit.key('g');
	await cockpit.waitFor('g -  z zoom');
	cockpit.key('escape');
	await gone(cockpit, 'g -  z zoom');
	cockpit.key('?');
	await cockpit.waitFor(/F5 g z z +one pane alone/);
	cockpit.key('escape');
	await gone(cockpit, 'one pane alone');

	cockpit.key('i');
	await cockpit.waitFor('Ctrl+B Esc panes');
	// What was the leader is the program's now, and the leader takes a sequence.
	cockpit.key('ctrl+space', 'ctrl+b', 'g', 'z');
	cockpit.type('x');
	await weir.shows(name, '^@x');

	write(file, 'leader: ctrl+b\nbindings:\n  nav:\n    f5: view.zom\n');
	await cockpit.waitFor(
		'keys.yaml:4:5: there is no action view.zom; did you mean view.zoom?',
	);
	const checked = await weir.run('keymap', 'check');
	expect(checked.code).toBe(1);
	expect(checked.stdout).toContain(`error  ${file}:4:5  there is no action view.zom`);
	cockpit.key('ctrl+b', 'escape');
	await cockpit.waitFor(/^ NAV/);
	await cockpit.waitFor('F5 zoom');
	renameSync(file, `${file}.gone`);
	await cockpit.waitFor('the keys are those of weir again');
	const hints = (await cockpit.waitFor('  z zoom')).at(-1);
	expect(hints).not.toContain('F5');
	await weir.json('remove', '--yes', name);
});

/** A key that followed Esc at once would be one with Alt. */
async function gone(cockpit: Program, text: string): Promise<void> {
	await cockpit.waitFor((screen) => !screen.lines().join('\n').includes(text));
}

function write(file: string, text: string): void {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
}
