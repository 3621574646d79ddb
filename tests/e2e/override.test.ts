// Landing in spite of gates from the terminal interface: once, and not without a reason.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventsOf, start } from '../support/agents.ts';
import { openCockpit } from '../support/cockpit.ts';
import { commitFiles, gitIn } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir({ 'src/a.txt': 'one\n' });
	const folder = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'config.yaml'), 'gates:\n  check: "! grep -rn BUG src"\n');
});
afterEach(() => weir.close());

const subject = () => gitIn(weir.repo, 'log', '-1', '--format=%s', 'main');
const message = () => gitIn(weir.repo, 'log', '-1', '--format=%B', 'main');

test('on the screen of gates a red one is overridden, with a reason and not without', async () => {
	const { worktree } = await start(weir, 'api');
	await using cockpit = await openCockpit(weir, [], { columns: 120, rows: 36 });
	cockpit.key('5');
	await cockpit.waitFor(/1 api check passed/);
	cockpit.key('O');
	await cockpit.waitFor('no gate is red for api');
	commitFiles(worktree, { 'src/b.txt': 'a BUG\n' }, 'Add a bug');
	await cockpit.waitFor(/1 api check failed/);
	cockpit.key('O');
	await cockpit.waitFor('land api on main in spite of its gates?');
	cockpit.key('enter');
	await cockpit.waitFor('the journal and the commit keep why it lands all the same');
	expect(subject()).not.toBe('Add a bug');
	cockpit.type('the BUG is a name');
	await cockpit.waitFor('why   the BUG is a name');
	cockpit.key('enter');
	await cockpit.waitFor('merged api into main');
	expect(message()).toContain('Weir-Override: the BUG is a name');
	const [asked] = await eventsOf(weir, 'merge.asked');
	expect(asked).toMatchObject({
		actor: 'human',
		data: { override: 'the BUG is a name' },
	});
});

test('a landing that its gates refuse asks why it should land, and Esc leaves it', async () => {
	const { worktree } = await start(weir, 'api');
	commitFiles(worktree, { 'src/b.txt': 'a BUG\n' }, 'Add a bug');
	await using cockpit = await openCockpit(weir, [], { columns: 80, rows: 24 });
	await eventsOf(weir, 'gate.settled');
	cockpit.key('m');
	await cockpit.waitFor('merge api into main?');
	await cockpit.waitFor('O override gates');
	cockpit.key('y');
	await cockpit.waitFor('land api on main in spite of its gates?');
	await cockpit.waitFor('check is red on main with api');
	cockpit.key('escape');
	await cockpit.waitFor(() => !cockpit.screen().join().includes('in spite of'));
	expect(subject()).not.toBe('Add a bug');

	// From the card, as it is chosen there; Esc leads back to it.
	cockpit.key('m');
	await cockpit.waitFor('merge api into main?');
	cockpit.key('s');
	await cockpit.waitFor('merge commit');
	cockpit.key('O');
	await cockpit.waitFor('in spite of its gates?');
	cockpit.key('escape');
	await cockpit.waitFor('merge commit');
	cockpit.key('O');
	await cockpit.waitFor('in spite of its gates?');
	cockpit.type('known');
	cockpit.key('enter');
	await cockpit.waitFor('merged api into main');
	expect(message()).toContain('Weir-Override: known');
	expect(gitIn(weir.repo, 'log', '-1', '--format=%P', 'main').split(' ')).toHaveLength(2);
});
