// Scopes by keys: a request is granted, what would not land is seen before it is tried, and widened.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventsOf, idle, start } from '../support/agents.ts';
import { openCockpit } from '../support/cockpit.ts';
import { openItem } from '../support/inbox.ts';
import { commitFiles } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir();
});
afterEach(() => weir.close());

test('a request is granted by two keys, and the frame says what the agent may write', async () => {
	const asks = `weir scope request 'docs/**' --why 'the manual'; echo "ended $?"; exec sleep 1000`;
	await start(weir, 'api', ['sh', '-c', asks], '--scope', 'src/**');
	await openItem(weir, 'api');
	await using cockpit = await openCockpit(weir, [], { columns: 80, rows: 24 });
	await cockpit.waitFor('write docs/**');
	cockpit.key('n');
	await cockpit.waitFor('the manual');
	await cockpit.waitFor(/y +yes, it may write that/);
	await sleep(450);
	cockpit.key('y');
	await weir.shows('api', 'ended 0');
	await cockpit.waitFor('src/** +1');
	cockpit.key('w');
	await cockpit.waitFor('api may write src/**, docs/**');
	await cockpit.waitFor('does not land, and no setting changes');
	// Paths of the folder that is private to it take as many lines as they are long.
	cockpit.key(' ');
	await cockpit.waitFor('by you, asked for in');
	expect((await weir.agent('api')).scope).toEqual(['src/**', 'docs/**']);
});

test('the merge card names what lies outside, widens by a key and lands it then', async () => {
	const { worktree } = await start(weir, 'api', idle, '--scope', 'src/**');
	commitFiles(worktree, { 'docs/b.md': 'b\n' }, 'Add b');
	await using cockpit = await openCockpit(weir, [], { columns: 80, rows: 24 });
	await cockpit.waitFor('1 api');
	cockpit.key('m');
	await cockpit.waitFor('it changed what lies outside its scope');
	cockpit.key('y');
	cockpit.key('w');
	await cockpit.waitFor('let api write more');
	await cockpit.waitFor('/docs/b.md');
	cockpit.key('enter');
	await cockpit.waitFor('the journal keeps why');
	cockpit.type('the manual belongs to it');
	await cockpit.waitFor('belongs to it');
	cockpit.key('enter');
	await cockpit.waitFor('y merge');
	expect(existsSync(join(weir.repo, 'docs/b.md'))).toBe(false);
	cockpit.key('y');
	await cockpit.waitFor('merged api into main');
	expect(existsSync(join(weir.repo, 'docs/b.md'))).toBe(true);
	const [widened] = await eventsOf(weir, 'scope.widened');
	expect(widened).toMatchObject({
		actor: 'human',
		data: { patterns: ['/docs/b.md'], why: 'the manual belongs to it' },
	});
});

test('what was written outside is seen, shown as a diff, put back or allowed by keys', async () => {
	const { worktree } = await start(weir, 'api', idle, '--scope', 'src/**');
	const other = await start(weir, 'ui', idle, '--scope', 'ui/**');
	writeFileSync(join(worktree, 'readme.md'), 'changed\n');
	writeFileSync(join(other.worktree, 'new.md'), 'new\n');
	await openItem(weir, 'api', ({ kind }) => kind === 'trespass');
	await openItem(weir, 'ui', ({ kind }) => kind === 'trespass');
	await using cockpit = await openCockpit(weir, [], { columns: 80, rows: 24 });
	await cockpit.waitFor('1 api');
	cockpit.key('2');
	await cockpit.waitFor('inbox  1 of 2');
	await cockpit.waitFor(/o +put it back, or see all of it/);
	cockpit.key('o');
	await cockpit.waitFor('what api wrote outside its scope');
	await cockpit.waitFor(/changed +<1m +readme\.md/);
	await sleep(450);
	cockpit.key('d');
	await cockpit.waitFor('diff of api against main');
	cockpit.key('escape');
	await cockpit.waitFor('what api wrote outside its scope');
	await sleep(450);
	cockpit.key('y');
	await cockpit.waitFor('put back 1 path of api; copies are kept');
	expect(readFileSync(join(worktree, 'readme.md'), 'utf8')).not.toBe('changed\n');

	await cockpit.waitFor('ui wrote outside its scope');
	cockpit.key('o');
	await cockpit.waitFor('what ui wrote outside its scope');
	await sleep(450);
	cockpit.key('a');
	await cockpit.waitFor('let ui write more');
	cockpit.type('it is of its task');
	await cockpit.waitFor('of its task');
	cockpit.key('enter');
	await cockpit.waitFor('ui may write /new.md as well');
	expect((await weir.agent('ui')).scope).toEqual(['ui/**', '/new.md']);
	cockpit.key('escape');
	await cockpit.waitFor('1 api');
	cockpit.key('o');
	await cockpit.waitFor('wrote nothing outside its scope, as far as was seen');
});
