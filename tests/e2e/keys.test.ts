// Everything by keyboard, in the built program and a real terminal: what a key does is checked where
// it counts, in git, in the worktrees and in the agents' own records.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrange } from '../../src/domain/layout.ts';
import { start, until } from '../support/agents.ts';
import { bash } from '../support/bash.ts';
import {
	answer,
	detach,
	openCockpit,
	startTyping,
	stopTyping,
} from '../support/cockpit.ts';
import { commitFiles, gitIn, readTree, writeFiles } from '../support/repository.ts';
import type { Program } from '../support/terminal-driver.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
const size = { columns: 140, rows: 36 };

beforeAll(async () => {
	weir = scratchWeir();
	// What a terminal starts ends with it.
	await weir.run('up');
});
afterAll(() => weir.close());

test('an agent by keys: begun, typed into, merged, the merge undone', async () => {
	await using cockpit = await openCockpit(weir, [], size);
	await cockpit.waitFor('No agents');
	cockpit.key('c');
	await cockpit.waitFor('new agent');
	cockpit.type('writer');
	cockpit.key('tab');
	cockpit.type(bash.join(' '));
	cockpit.key('enter');
	await cockpit.waitFor('bash-');
	await startTyping(cockpit);
	cockpit.type(
		'echo written > written.txt; git add .; git commit -qm "Write it"; echo com""mitted\r',
	);
	await cockpit.waitFor('committed');
	await stopTyping(cockpit);
	const before = tip();
	cockpit.key('m');
	await cockpit.waitFor('y merge');
	await cockpit.waitFor(/files +written\.txt/);
	cockpit.key('y');
	await until('main moves', () => tip() !== before);
	expect(gitIn(weir.repo, 'show', 'main:written.txt')).toBe('written');
	await cockpit.waitFor('u undo merge of writer');
	cockpit.key('u');
	await cockpit.waitFor('take back?');
	cockpit.key('y');
	await until('main is back', () => tip() === before);
	await until('the file is gone', () => !existsSync(join(weir.repo, 'written.txt')));
	await detach(cockpit);
});

test('kill asks only where something is lost; respawn; remove; undo brings all back', async () => {
	const { name, worktree } = await start(weir, 'loser', bash);
	await using cockpit = await openCockpit(weir, ['attach', name], size);
	await cockpit.waitFor('bash-');
	cockpit.key('x');
	await cockpit.waitFor(/loser .*killed/);
	expect((await weir.agent(name)).exit).not.toBe(null);
	cockpit.key('R');
	await cockpit.waitFor(/loser .*(working|idle|unknown)/);
	await startTyping(cockpit);
	// It runs once it has said so: what is typed is on the screen before.
	cockpit.type("sh -c 'echo run$((3 * 3))ning; exec sleep 1000'\r");
	await cockpit.waitFor('run9ning');
	await stopTyping(cockpit);
	const { pid } = await weir.agent(name);
	// Neither what was typed ahead nor Enter is an answer.
	cockpit.type('xy');
	await cockpit.waitFor(/kill loser\?/);
	await cockpit.waitFor('sleep 1000');
	await answer(cockpit, 'enter');
	await close(cockpit, 'kill loser?');
	expect((await weir.agent(name)).pid).toBe(pid);
	cockpit.key('x');
	await cockpit.waitFor(/kill loser\?/);
	await answer(cockpit, 'y');
	await cockpit.waitFor(/loser .*killed/);

	commitFiles(worktree, { 'kept/committed.txt': 'one\n' }, 'Keep it');
	writeFiles(worktree, { 'kept/loose.bin': '\0\r\nloose', 'src/a.txt': 'changed\r\n' });
	const tree = readTree(worktree);
	cockpit.key('X');
	await cockpit.waitFor(/remove loser\?/);
	await cockpit.waitFor('loose.bin');
	await cockpit.waitFor('Keep it');
	await answer(cockpit, 'enter');
	expect(readTree(worktree)).toEqual(tree);
	cockpit.key('y');
	await until('it is removed', () => !existsSync(worktree));
	await cockpit.waitFor('u undo removal of loser');
	cockpit.key('u');
	await cockpit.waitFor('take back?');
	cockpit.key('u');
	await cockpit.waitFor('took back the removal of loser');
	await until('it is back', () => existsSync(join(worktree, 'kept/loose.bin')));
	expect(readTree(worktree)).toEqual(tree);
	await weir.json('remove', '--yes', name);
});

test('a conflict is shown with its files and handed to the agent', async () => {
	const { name, worktree } = await start(weir, 'clash', bash);
	commitFiles(worktree, { 'src/a.txt': 'agent\n' }, 'Agent says');
	commitFiles(weir.repo, { 'src/a.txt': 'base\n' }, 'Base says');
	const before = tip();
	await using cockpit = await openCockpit(weir, ['attach', name], size);
	await cockpit.waitFor('bash-');
	cockpit.key('m');
	await cockpit.waitFor('Agent says');
	await cockpit.waitFor('src/a.txt');
	await cockpit.waitFor(/conflict/i);
	cockpit.key('f');
	await cockpit.waitFor('main has been merged into this worktree');
	expect(readFileSync(join(worktree, 'src/a.txt'), 'utf8')).toContain('<<<<<<<');
	expect(tip()).toBe(before);
	await weir.json('remove', '--yes', name);
});

test('what is typed reaches one pane only, also while the focus moves', async () => {
	const cat = ['sh', '-c', 'stty raw -echo; echo ready; cat -v'];
	const left = await start(weir, 'left', cat);
	const right = await start(weir, 'right', cat);
	await using cockpit = await openCockpit(weir, ['attach', left.name], size);
	await cockpit.waitFor('ready');
	await startTyping(cockpit);
	// One stream without a pause: the chord moves the focus between two letters.
	cockpit.type('aaa\x1bjbbb\x1bkaaa');
	await weir.shows(left.name, 'aaaaaa');
	await weir.shows(right.name, 'bbb');
	expect((await weir.run('screen', left.name)).stdout).not.toContain('b');
	cockpit.key('ctrl+space', 'ctrl+space');
	await weir.shows(left.name, 'aaaaaa^@');
	cockpit.key('ctrl+space', 'z');
	cockpit.type('c');
	await weir.shows(left.name, 'aaaaaa^@c');
	cockpit.key('ctrl+space');
	await cockpit.waitFor('sends Ctrl+Space itself');
	cockpit.key('escape');
	await cockpit.waitFor(/^ NAV/);
	cockpit.type('jk');
	await weir.json('send', left.name, 'x');
	await weir.shows(left.name, 'aaaaaa^@cx');
	await startTyping(cockpit);
	cockpit.key('alt+e');
	await cockpit.waitFor(/^ NAV/);
	await weir.json('remove', '--yes', left.name, right.name);
});

test('the first click focuses and types nothing; M gives the mouse away and takes it back', async () => {
	const cat = ['sh', '-c', 'stty raw -echo; echo ready; cat -v'];
	const one = await start(weir, 'one', cat);
	const two = await start(weir, 'two', cat);
	for (const { name } of [one, two]) await weir.shows(name, 'ready');
	await using cockpit = await openCockpit(weir, [], size);
	await cockpit.waitFor(/ \d+ two /);
	await startTyping(cockpit);
	const shown = (await weir.status()).agents.map((agent) => agent.name);
	const tile = tilesOf(cockpit, shown)[shown.indexOf(two.name)];
	if (!tile) throw new Error('two has no tile');
	const press = `\x1b[<0;${tile.x + 3};${tile.y + 2}M\x1b[<0;${tile.x + 3};${tile.y + 2}m`;
	cockpit.type(press);
	await cockpit.waitFor(/^ NAV/);
	for (const { name } of [one, two])
		expect((await weir.run('screen', name)).stdout.trim()).toBe('ready');
	cockpit.key('M');
	await cockpit.waitFor(() => cockpit.terminal.modes.mouseTrackingMode === 'none');
	cockpit.key('M');
	await cockpit.waitFor(() => cockpit.terminal.modes.mouseTrackingMode !== 'none');
	await weir.json('remove', '--yes', one.name, two.name);
});

test('palette, help, jump, layouts, zoom, and why a key does nothing', async () => {
	const other = await start(weir, 'other', bash);
	const { name } = await start(weir, 'finder', bash);
	await using cockpit = await openCockpit(weir, [], size);
	await cockpit.waitFor('finder');
	cockpit.key('?');
	await cockpit.waitFor('go to the next that needs you');
	await close(cockpit, 'type into the pane;');
	cockpit.key("'");
	await cockpit.waitFor('jump to');
	cockpit.type('find');
	cockpit.key('enter');
	cockpit.key('z');
	await cockpit.waitFor((screen) => !/ other /.test(screen.lines().join()));
	await cockpit.waitFor(/finder/);
	cockpit.key('q');
	await cockpit.waitFor(/ other /);
	cockpit.key('q');
	await cockpit.waitFor(/there is nothing to go back from {2}Q leaves weir/);
	cockpit.key('escape');
	await cockpit.waitFor((screen) => !screen.lines().join().includes('leaves weir'));
	cockpit.key('V');
	await cockpit.waitFor('main-stack');
	await close(cockpit, 'main-stack');
	cockpit.key('v');
	await cockpit.waitFor(/layout (?:main-stack|strips)/);
	cockpit.key('V');
	await cockpit.waitFor('Enter choose');
	cockpit.key('g', 'j', 'j', 'enter');
	await cockpit.waitFor('layout main-stack');
	const edge = () => cockpit.screen()[1]?.indexOf('┬');
	const before = edge();
	cockpit.key('L');
	await cockpit.waitFor(() => edge() !== before);
	cockpit.key('=');
	await cockpit.waitFor(() => edge() === before);
	const at = (x: number) => `${x + 1};9`;
	const far = (before ?? 0) - 10;
	cockpit.type(`\x1b[<0;${at(before ?? 0)}M\x1b[<32;${at(far)}M\x1b[<0;${at(far)}m`);
	await cockpit.waitFor(() => edge() === far);
	cockpit.key('S');
	await cockpit.waitFor('swap finder with');
	cockpit.key('h');
	await cockpit.waitFor(/finder and \w+ have changed places/);
	cockpit.key(':');
	await cockpit.waitFor('commands');
	cockpit.type('kill finder');
	await cockpit.waitFor(/> kill finder +│[^]*kill finder +agent\.kill +x/);
	await close(cockpit, 'Enter choose');
	// Nothing runs that could be merged: the key says so and does nothing.
	cockpit.key('m');
	await cockpit.waitFor('no commits and no changes yet');
	await close(cockpit, 'no commits and no changes');
	// What the agent commits while the card is open is on the card.
	cockpit.key('m');
	await cockpit.waitFor('no commits and no changes yet');
	// It does so itself: nobody looks at the files of an agent that has long been idle.
	const commit = 'echo late > late.txt; git add .; git commit -qm "Come late"';
	await weir.json('send', name, commit);
	await cockpit.waitFor(/files +late\.txt/);
	await cockpit.waitFor(/commits +\w+ +Come late/);
	await close(cockpit, 'merge finder into');
	cockpit.key('n');
	await cockpit.waitFor('needs you');
	cockpit.key('f9');
	await cockpit.waitFor('means nothing here');
	expect((await weir.agent(name)).exit).toBe(null);
	await weir.json('remove', '--yes', name, other.name);
});

const tip = () => gitIn(weir.repo, 'rev-parse', 'main');

/** Escape, then what the dialog said is gone: another key at once would be a chord with it. */
/** Closes a dialog. The keys of the panes are told again only once nothing of it is left. */
async function close(cockpit: Program, said: string): Promise<void> {
	cockpit.key('escape');
	await cockpit.waitFor((screen) => {
		const text = screen.lines().join('\n');
		return !text.includes(said) && text.includes('? keys');
	});
}

function tilesOf(cockpit: Program, panes: readonly string[]) {
	const { columns, rows } = cockpit.terminal;
	const look = {
		focus: null,
		zoom: false,
		kind: 'auto' as const,
		shares: {},
		listed: panes.length,
		checklist: false,
	};
	return arrange({ columns, rows, panes, ...look }).tiles.map(({ inner }) => inner);
}
