// Files of the user's that are wrong when weir is opened: each is told once, with its place.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { left, openCockpit } from '../support/cockpit.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
let own = '';
const size = { columns: 200, rows: 24 };
beforeAll(async () => {
	weir = scratchWeir();
	await weir.run('up');
});
afterAll(() => weir.close());
beforeEach(() => {
	own = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir');
	rmSync(own, { recursive: true, force: true });
	rmSync(join(weir.repo, '.weir'), { recursive: true, force: true });
	mkdirSync(join(own, 'themes'), { recursive: true });
	mkdirSync(join(weir.repo, '.weir'));
});

test('settings, with what counts meanwhile and the next step', async () => {
	writeFileSync(join(own, 'config.yaml'), 'mouse: true\nthemes: dark\n');
	writeFileSync(join(weir.repo, '.weir', 'config.yaml'), 'layout: [\n');
	await using cockpit = await openCockpit(weir, [], size);
	const screen = await cockpit.waitFor('config.yaml:2:1:');
	const said = screen.find((row) => row.includes('config.yaml:2:1:'));
	expect(said).toMatch(
		/^ config\.yaml:2:1: there is no setting themes.*; \d more {2}weir config check; nothing in that file counts/,
	);
	// Once: a key that says something else is not talked over.
	cockpit.key('Z');
	await cockpit.waitFor('Z means nothing here');
	writeFileSync(join(weir.repo, '.weir', 'config.yaml'), 'layout: grid\n');
	writeFileSync(join(own, 'config.yaml'), 'mouse: true\n');
	await weir.run('config', 'check');
	cockpit.key('Q');
	expect(await left(cockpit)).toBe(0);
});

test('a file that becomes wrong while weir is open', async () => {
	await using cockpit = await openCockpit(weir, [], size);
	await cockpit.waitFor('? keys');
	writeFileSync(join(weir.repo, '.weir', 'config.yaml'), 'worktree:\n  cpoy: [.env]\n');
	await weir.run('config', 'check');
	await cockpit.waitFor(
		/\.weir\/config\.yaml:2:3: there is no setting worktree\.cpoy; did you mean worktree\.copy\?/,
	);
	expect(cockpit.screen().join('\n')).toContain('weir config check');
	cockpit.key('Q');
	expect(await left(cockpit)).toBe(0);
});

test('keys, themes and settings together', async () => {
	writeFileSync(join(own, 'config.yaml'), 'mouse: 3\n');
	writeFileSync(join(own, 'keys.yaml'), 'bindings:\n  nav:\n    x: view.zom\n');
	writeFileSync(join(own, 'themes', 'odd.yaml'), 'roles:\n  accent: blau\n');
	await using cockpit = await openCockpit(weir, [], size);
	const screen = await cockpit.waitFor('config.yaml:1:1: mouse');
	const said = screen.find((row) => row.includes('config.yaml:1:1:'));
	expect(said).toContain(
		'not 3; also keys.yaml:3:5; also themes/odd.yaml:2:3  weir config check',
	);
	cockpit.key('Q');
	expect(await left(cockpit)).toBe(0);
});
