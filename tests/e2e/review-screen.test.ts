// Reviewing in the terminal interface: what an agent has changed is there as it changes, and keys go through
// it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { start } from '../support/agents.ts';
import { openCockpit } from '../support/cockpit.ts';
import { gitIn, lines } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir({ 'src/a.ts': lines(1, 60), 'notes.txt': 'one\ntwo\n' });
});
afterEach(() => weir.close());

async function openReview(size = { columns: 120, rows: 36 }) {
	const api = await start(weir, 'api', undefined, '--scope', 'src/**');
	const text = lines(1, 60).replace('line 5\n', 'line five\n').replace('line 50\n', '');
	writeFileSync(join(api.worktree, 'src', 'a.ts'), text);
	gitIn(api.worktree, 'commit', '--quiet', '--all', '--message', 'work');
	writeFileSync(join(api.worktree, 'notes.txt'), 'one\nTWO \u001b[31m\n');
	const opened = join(weir.env.HOME ?? '', 'opened');
	const editor = `f() { printf '%s\\n' "$@" >${opened}; }; f`;
	const cockpit = await openCockpit(weir, [], {
		...size,
		env: { EDITOR: editor, VISUAL: '' },
	});
	cockpit.key('4');
	await cockpit.waitFor(/review +1 api +vs main@[0-9a-f]{7} +2 files \+2-3 +1 outside/);
	return { api, cockpit, opened };
}

test('committed and uncommitted changes are shown, gone through, and read anew as they change', async () => {
	const { api, cockpit, opened } = await openReview();
	await using screen = cockpit;
	await screen.waitFor(/▌M notes\.txt +\+1-1!/);
	await screen.waitFor(/notes\.txt +hunk 1\/1/);
	await screen.waitFor('2 + TWO \\u{1b}[31m');
	screen.key(']');
	await screen.waitFor(/src\/a\.ts +hunk 1\/2/);
	await screen.waitFor(/▌ *5 - line 5/);
	screen.key('j');
	await screen.waitFor(/▌ *5 \+ line five/);
	screen.key(']');
	await screen.waitFor(/src\/a\.ts +hunk 2\/2/);
	await screen.waitFor(/▌50 - line 50/);

	// Another change above it: the cursor stays on its line.
	const now = readFileSync(join(api.worktree, 'src', 'a.ts'), 'utf8');
	writeFileSync(join(api.worktree, 'src', 'a.ts'), `first\n${now}`);
	await screen.waitFor(/2 files \+3-3/);
	await screen.waitFor(/1 \+ first/);
	await screen.waitFor(/▌50 - line 50/);

	screen.key('o');
	for (const end = Date.now() + 20_000; !existsSync(opened) && Date.now() < end; )
		await sleep(50);
	await screen.waitFor(/^ NAV/);
	expect(readFileSync(opened, 'utf8')).toBe(`${api.worktree}/src/a.ts\n`);

	screen.key('/');
	screen.type('notes');
	screen.key('enter');
	await screen.waitFor(/files \/notes +1 of 1/);
	await screen.waitFor(/▌M notes\.txt/);
	screen.key('m');
	await screen.waitFor(/merge api into main/);
	screen.key('escape', 'escape');
	await screen.waitFor(/1 api/);
});

test.each([
	{ columns: 80, rows: 24 },
	{ columns: 40, rows: 15 },
	{ columns: 240, rows: 67 },
])('it has room at $columns x $rows', async (size) => {
	const api = await start(weir, 'api');
	await using cockpit = await openCockpit(weir, [], size);
	cockpit.key('4');
	await cockpit.waitFor('api has changed nothing');
	writeFileSync(join(api.worktree, 'notes.txt'), 'one\nTWO\n');
	await cockpit.waitFor(/▌M notes\.txt/);
	await cockpit.waitFor(/▌2 - two/);
	expect(cockpit.screen().join('\n')).toMatch(/2 \+ TWO/);
});
