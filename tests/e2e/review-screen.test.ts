// Reviewing in the terminal interface: what an agent has changed is there as it changes, and keys go through
// it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventsOf, start } from '../support/agents.ts';
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
	await cockpit.waitFor(
		/review +1 api +vs main@[0-9a-f]{7} +2 files \+2-3 +viewed 0\/2 +1 outside/,
	);
	return { api, cockpit, opened };
}

test('committed and uncommitted changes are shown, gone through, and read anew as they change', async () => {
	const { api, cockpit, opened } = await openReview();
	await using screen = cockpit;
	await screen.waitFor(/▌. M notes\.txt +\+1-1!/);
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
	await screen.waitFor(/▌. M notes\.txt/);
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
	await cockpit.waitFor(/▌. M notes\.txt/);
	await cockpit.waitFor(/▌2 - two/);
	expect(cockpit.screen().join('\n')).toMatch(/2 \+ TWO/);
});

/** Says that it is idle, and what it reads up to each Enter. */
const reader = `
process.stdin.setRawMode(true);
process.stdout.write('\\u001b[?2004h\\u001b]7501;state=idle\\u001b\\\\ready\\r\\n');
let text = '';
process.stdin.setEncoding('utf8').on('data', (more) => {
	text += more;
	if (text.endsWith('\\r')) process.stdout.write('got ' + JSON.stringify(text) + '\\r\\n');
});
`;

test('files are marked as read until they change, and comments go to the agent together', async () => {
	const path = join(weir.folder, 'reader.cjs');
	writeFileSync(path, reader);
	const api = await start(weir, 'api', [process.execPath, path]);
	await weir.shows('api', 'ready');
	writeFileSync(join(api.worktree, 'notes.txt'), 'one\nTWO\n');
	await using cockpit = await openCockpit(weir, [], { columns: 120, rows: 36 });
	cockpit.key('4');
	await cockpit.waitFor(/viewed 0\/1/);
	await cockpit.waitFor(/▌2 - two/);
	cockpit.key('v');
	await cockpit.waitFor(/viewed 1\/1/);
	await cockpit.waitFor(/▌✓ M notes\.txt/);
	writeFileSync(join(api.worktree, 'notes.txt'), 'one\nTHREE\n');
	await cockpit.waitFor(/viewed 0\/1/);
	await cockpit.waitFor(/2 \+ THREE/);

	cockpit.key('j', 'c');
	await cockpit.waitFor('comment on notes.txt:2');
	cockpit.type('say four');
	cockpit.key('enter');
	await cockpit.waitFor(/│ you: say four/);
	await cockpit.waitFor(/1 comment unsent/);
	cockpit.key('C');
	await cockpit.waitFor('comment on notes.txt:2');
	cockpit.type(' or five');
	cockpit.key('enter');
	await cockpit.waitFor(/│ you: say four or five/);
	cockpit.key('S');
	await cockpit.waitFor('1 comment for api, once it is idle');
	await weir.shows('api', '1. notes.txt:2\\n   > THREE\\n   say four or five');
	await cockpit.waitFor(/│ returned/);
	cockpit.key('S');
	await cockpit.waitFor('no comment on api waits to be sent');
	writeFileSync(join(api.worktree, 'notes.txt'), 'one\nfive\n');
	await cockpit.waitFor(/│ addressed\?/);
	cockpit.key('j', 'D');
	await cockpit.waitFor('dropped the comment');
	await cockpit.waitFor(/2 \+ five {20}/);
	expect(cockpit.screen().join('\n')).not.toContain('say four');
});

test('a hunk is discarded after a snapshot and put back, and another is staged', async () => {
	const { api, cockpit } = await openReview();
	await using screen = cockpit;
	const path = join(api.worktree, 'src', 'a.ts');
	const before = readFileSync(path, 'utf8');
	screen.key(']');
	await screen.waitFor(/src\/a\.ts +hunk 1\/2/);
	screen.key('d');
	await screen.waitFor('discarded a hunk of api');
	await screen.waitFor(/2 files \+1-2/);
	await screen.waitFor(/src\/a\.ts +hunk 1\/1/);
	expect(readFileSync(path, 'utf8')).toBe(before.replace('line five', 'line 5'));
	const snapshots = gitIn(weir.repo, 'for-each-ref', 'refs/weir/snapshots/');
	expect(snapshots.split('\n')).toHaveLength(1);
	screen.key('u');
	await screen.waitFor('discard in src/a.ts');
	screen.key('y');
	await screen.waitFor(/2 files \+2-3/);
	expect(readFileSync(path, 'utf8')).toBe(before);

	screen.key('K');
	await screen.waitFor(/▌2 - two/);
	screen.key('space');
	await screen.waitFor('staged a hunk for api to commit');
	expect(gitIn(api.worktree, 'diff', '--cached', '--name-only')).toBe('notes.txt');
	await screen.waitFor(/@@ 1 +staged/);
	screen.key('space');
	await screen.waitFor('is staged or committed already');
});

test('a comment that is left is kept for its line, through whatever comes between', async () => {
	const { api, cockpit } = await openReview();
	await using screen = cockpit;
	await screen.waitFor(/▌2 - two/);
	screen.key('c');
	await screen.waitFor('comment on notes.txt:2');
	screen.type('half a thought');
	await screen.waitFor('half a thought');
	screen.key('escape');
	await screen.waitFor('what you wrote is kept');
	await screen.waitFor(/ 1 draft /);
	// Elsewhere a comment begins anew.
	screen.key('j', 'c');
	await screen.waitFor('comment on notes.txt:2');
	expect(screen.screen().join('\n')).not.toContain('half a thought');
	screen.key('escape');
	await screen.waitFor(() => !screen.screen().join('\n').includes('comment on notes'));
	// Its line moves on.
	writeFileSync(join(api.worktree, 'notes.txt'), 'new\none\nTWO \u001b[31m\n');
	await screen.waitFor(/1 \+ new/);
	await screen.waitFor(/▌3 \+ TWO/);
	screen.key('q', '4', 'k');
	await screen.waitFor(/▌2 - two/);
	screen.key('c');
	await screen.waitFor('half a thought');
	screen.type(' made whole');
	screen.key('enter');
	await screen.waitFor(/│ you: half a thought made whole/);
	await screen.waitFor(() => !/ 1 draft /.test(screen.screen().join('\n')));
	// Of one that is there the draft is what was changed, and no draft where nothing was.
	screen.key('C');
	await screen.waitFor('comment on notes.txt:2');
	screen.key('escape');
	await screen.waitFor(() => !screen.screen().join('\n').includes('comment on notes'));
	expect(screen.screen().join('\n')).not.toMatch(/ 1 draft /);
	screen.key('C');
	await screen.waitFor('comment on notes.txt:2');
	screen.type('!');
	screen.key('escape');
	await screen.waitFor(/ 1 draft /);
});

test('a comment that was begun outlives its client, also one that ended in the middle of it', async () => {
	const { cockpit } = await openReview();
	{
		await using screen = cockpit;
		await screen.waitFor(/▌2 - two/);
		screen.key('c');
		await screen.waitFor('comment on notes.txt:2');
		screen.type('half a thought');
		await screen.waitFor('half a thought');
		await eventsOf(
			weir,
			'comment.begun',
			1,
			({ data }) => data.text === 'half a thought',
		);
	}
	await using later = await openCockpit(weir, [], { columns: 120, rows: 36 });
	later.key('4');
	await later.waitFor(/ 1 draft /);
	await later.waitFor(/▌2 - two/);
	later.key('c');
	await later.waitFor('half a thought');
	later.type(' made whole');
	later.key('escape');
	await eventsOf(weir, 'comment.begun', 1, ({ data }) =>
		data.text.endsWith('made whole'),
	);
	await later.waitFor(/ 1 draft /);
	later.key('c');
	await later.waitFor('half a thought made whole');
	later.key('enter');
	await later.waitFor(/│ you: half a thought made whole/);
	await later.waitFor(() => !/ 1 draft /.test(later.screen().join('\n')));
	// What is emptied is a draft no more, in whichever client it was begun.
	later.key('j', 'j', 'c');
	await later.waitFor('comment on notes.txt:2');
	later.type('x');
	later.key('escape');
	await later.waitFor(/ 1 draft /);
	await eventsOf(weir, 'comment.begun', 1, ({ data }) => data.text === 'x');
	later.key('c', 'backspace', 'escape');
	await later.waitFor(() => !/ 1 draft /.test(later.screen().join('\n')));
	await eventsOf(weir, 'comment.begun', 1, ({ data }) => data.text === '');
	expect(later.screen().join('\n')).toContain('1 comment unsent');
});

test('Enter gives the file all of the screen, and Enter and Esc lead back', async () => {
	const { cockpit } = await openReview({ columns: 80, rows: 24 });
	await using screen = cockpit;
	const listed = () =>
		screen
			.screen()
			.join('\n')
			.match(/ files +\d of \d/) !== null;
	await screen.waitFor(/▌2 - two/);
	screen.key('enter');
	await screen.waitFor(() => !listed());
	expect(screen.screen()[2]).toMatch(/^ notes\.txt/);
	await screen.waitFor(/notes\.txt +hunk 1\/1/);
	screen.key('J');
	await screen.waitFor(/src\/a\.ts +hunk 1\/2/);
	await screen.waitFor(/▌ *5 - line 5/);
	screen.key('escape');
	await screen.waitFor(listed);
	await screen.waitFor(/▌. M src\/a\.ts/);
	screen.key('enter');
	await screen.waitFor(() => !listed());
	screen.key('enter');
	await screen.waitFor(listed);
	screen.key('escape');
	await screen.waitFor(/1 api/);
	await screen.waitFor(() => !screen.screen().join('\n').includes('viewed'));
});

test('each hunk says how far it has come, also where the agent itself stages and commits', async () => {
	const { api, cockpit } = await openReview();
	await using screen = cockpit;
	await screen.waitFor(/@@ 1 +not staged/);
	screen.key('J');
	await screen.waitFor(/@@ 2 .*committed/);
	const path = join(api.worktree, 'src', 'a.ts');
	const text = readFileSync(path, 'utf8');
	const more = text.replace('line 20\n', 'line twenty\nand more\n');
	writeFileSync(path, more);
	await screen.waitFor(/@@ 17 .*not staged/);
	gitIn(api.worktree, 'add', 'src/a.ts');
	await screen.waitFor(/@@ 17  line 16  staged/);
	writeFileSync(path, more.replace('and more\n', 'and more\nand most\n'));
	await screen.waitFor(/@@ 17 .*partly staged/);
	gitIn(api.worktree, 'commit', '--quiet', '--all', '--message', 'all of it');
	await screen.waitFor(/@@ 17 .*committed/);
	expect(screen.screen().join('\n')).not.toContain('staged ');
});
