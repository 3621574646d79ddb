// Keys of one's own, in the built program and a real terminal: read at the start and at each change.
import {
	existsSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start, until } from '../support/agents.ts';
import { openCockpit, startTyping } from '../support/cockpit.ts';
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
		'leader: ctrl+b\nbindings:\n  nav:\n    f5: view.zoom\n    t z: view.zoom\n',
	);
	await cockpit.waitFor('the keys are those of keys.yaml now');
	await cockpit.waitFor('F5 zoom');
	cockpit.key('t');
	await cockpit.waitFor('t -  z zoom');
	cockpit.key('escape');
	await gone(cockpit, 't -  z zoom');
	cockpit.key('?');
	await cockpit.waitFor(/F5 t z z +one pane alone/);
	cockpit.key('escape');
	await gone(cockpit, 'one pane alone');

	cockpit.key('i');
	await cockpit.waitFor('Ctrl+B Esc panes');
	// What was the leader is the program's now, and the leader takes a sequence.
	cockpit.key('ctrl+space', 'ctrl+b', 't', 'z');
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

test('nothing typed is lost or put into disorder while the focus changes under load', async () => {
	const file = join(weir.env['XDG_CONFIG_HOME'] ?? '', 'weir', 'keys.yaml');
	// A busy machine may part the two bytes of a chord by more than people ever do.
	write(file, 'escape_time: 2000\n');
	const keep = 'stty raw -echo; : > typed-$0; echo ready; exec cat > typed-$0';
	const kept = ['sh', '-c', keep];
	const one = await start(weir, 'one', [...kept, 'one']);
	const two = await start(weir, 'two', [...kept, 'two']);
	const flood = await start(weir, 'flood', ['sh', '-c', 'while :; do seq 100; done']);
	for (const { name } of [one, two]) await weir.shows(name, 'ready');
	await using cockpit = await openCockpit(weir, ['attach', one.name], size);
	await cockpit.waitFor('ready');
	await startTyping(cockpit);
	const expected = { one: '', two: '' };
	let at: 'one' | 'two' = 'one';
	for (let round = 0; round < 160; round += 1) {
		const text = `${round} äöü ${'x'.repeat(round % 23)}\t\x7f`;
		expected[at] += text;
		// By a chord, or by the leader and the key for the pane before.
		const there = at === 'one' ? '\x1bj' : '\x1bk';
		cockpit.type(text + (round > 0 && round % 3 === 0 ? '\0;' : there));
		at = at === 'one' ? 'two' : 'one';
	}
	for (const { name, worktree } of [one, two]) {
		const typed = join(worktree, `typed-${name}`);
		const whole = Buffer.from(name === 'one' ? expected.one : expected.two);
		await until(`${name} has all`, () => readFileSync(typed).length >= whole.length);
		expect(readFileSync(typed).equals(whole)).toBe(true);
	}
	await weir.json('remove', '--yes', one.name, two.name, flood.name);
	rmSync(file);
});

test('the first run asks for the leader once; another key is taken by pressing it', async () => {
	const fresh = join(weir.folder, 'fresh');
	const env = {
		XDG_DATA_HOME: join(fresh, 'data'),
		XDG_CONFIG_HOME: join(fresh, 'config'),
		XMODIFIERS: '@im=fcitx',
	};
	const setting = { ...size, env };
	const file = join(env.XDG_CONFIG_HOME, 'weir', 'keys.yaml');
	write(file, '# mine\ndirect_chords: false\n');
	{
		await using cockpit = await openCockpit(weir, [], setting);
		await cockpit.waitFor('If fcitx takes it, press Ctrl+\\ instead.');
		cockpit.key('ctrl+\\');
		await cockpit.waitFor('the keys are those of keys.yaml now');
		expect(readFileSync(file, 'utf8')).toBe(
			'# mine\ndirect_chords: false\nleader: ctrl+\\\n',
		);
		await until('it is remembered', () =>
			existsSync(join(env.XDG_DATA_HOME, 'weir', 'leader')),
		);
	}
	rmSync(file);
	await using again = await openCockpit(weir, [], setting);
	await again.waitFor('No agents yet');
	expect(again.screen().join('\n')).not.toContain('Press Ctrl');
});

/** A key that followed Esc at once would be one with Alt. */
async function gone(cockpit: Program, text: string): Promise<void> {
	await cockpit.waitFor((screen) => !screen.lines().join('\n').includes(text));
}

/** Whole at once, as editors do: half of a file is another one. */
function write(file: string, text: string): void {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(`${file}.new`, text);
	renameSync(`${file}.new`, file);
}
