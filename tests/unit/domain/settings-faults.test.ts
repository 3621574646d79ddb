import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { settingKeys } from '../../../src/domain/setting-keys.ts';
import { defaultSettings } from '../../../src/domain/settings.ts';
import { checkSettingsFile } from '../../../src/domain/settings-faults.ts';
import { flatten } from '../../../src/supervisor/settings-files.ts';

test.each([
	['worktre: {}', 'there is no setting worktre; did you mean worktree?'],
	['teme: dark', 'there is no setting teme; did you mean theme?'],
	['setup: x', 'there is no setting setup; did you mean worktree.setup?'],
	['worktree: {ports: {form: 1}}', 'did you mean worktree.ports.from?'],
	['agents: {x: {comand: [a]}}', 'did you mean agents.x.command?'],
	['zzzzzz: 1', 'there is no setting zzzzzz'],
	['theme: Pink', 'theme: must be auto, dark, '],
	['theme: drak', 'theme: there is no theme drak; did you mean dark?'],
	['mouse: yes please', 'mouse: expected true or false, not "yes please"'],
	['worktree: 3', 'worktree: expected a mapping of keys to values, not 3'],
	['worktree: {copy: x}', 'worktree.copy: expected a list, not "x"'],
	['worktree: {setup: 3}', 'worktree.setup: expected a text or a list, not 3'],
	['worktree: {setup: []}', 'worktree.setup: expected a list that is not empty'],
	['worktree: {copy: [../x]}', 'must be a path inside the repository'],
	['holder: {agents: 65}', 'holder.agents: expected at most 64, not 65'],
	['holder: {agents: 1.5}', 'holder.agents: expected a whole number, not 1.5'],
	['base: ""', 'base: expected a text that is not empty'],
	['branch: {prefix: /x}', 'branch.prefix: expected the form '],
	['agents: {Claude: {command: [x]}}', 'agents.Claude: is no name for it'],
	[
		'guard: {noise: [out/, "lib/[a"]}',
		'guard.noise: in lib/[a a bracket is never closed',
	],
	['guard: {noise: ["../x"]}', 'guard.noise: ../x leads out of a folder by ..; name '],
	['guard: {nois: []}', 'there is no setting guard.nois; did you mean guard.noise?'],
	[
		'agents: {x: {command: [x], like: clade}}',
		'there is no CLI clade; did you mean claude?',
	],
	['guard: strict', 'guard: expected detect, auto or require, not "strict"'],
	['guard: {noise: [""]}', 'guard.noise: a pattern is empty; name a path or a glob'],
	['guard: {noise: [3]}', 'guard.noise.0: expected a text, not 3'],
	['[1]', 'the settings: expected a mapping of keys to values'],
])('%s: %s', (text, says) => {
	const checked = checkSettingsFile(parse(text), {
		themes: ['dark', 'mine'],
		clis: ['claude'],
		own: true,
	});
	const messages = checked.ok ? [] : checked.faults.map(({ message }) => message);
	expect(messages).toContainEqual(expect.stringContaining(says));
	// The schema library speaks to programmers.
	expect(messages.join()).not.toMatch(/Invalid|Too |expected string|received/);
});

test('a theme of the user counts, and in a file of everybody that of somebody else', () => {
	expect(
		checkSettingsFile(
			{ theme: 'mine' },
			{ themes: ['dark', 'mine'], clis: ['claude'], own: true },
		).ok,
	).toBe(true);
	expect(
		checkSettingsFile({ theme: 'yours' }, { themes: null, clis: ['claude'], own: false })
			.ok,
	).toBe(true);
});

test('a pattern of noise is told where it stands, and one from the worktree on is fine', () => {
	const reader = { themes: null, clis: ['claude'], own: true };
	const noise = (...patterns: string[]) =>
		checkSettingsFile({ guard: { noise: patterns } }, reader);
	expect(noise('/out/', '!/out/keep', '*.log').ok).toBe(true);
	expect(noise('ok/', 'a//b', '# no')).toMatchObject({
		faults: [{ path: ['guard', 'noise', 1] }, { path: ['guard', 'noise', 2] }],
	});
});

test('every setting has its key', () => {
	expect(Object.keys(flatten(defaultSettings))).toEqual([...settingKeys]);
});

test('a command that is told of notices stands in settings of the user alone', () => {
	const file = { attention: { notify_cmd: 'push' } };
	expect(checkSettingsFile(file, { themes: null, clis: ['claude'], own: true }).ok).toBe(
		true,
	);
	expect(
		checkSettingsFile(file, { themes: null, clis: ['claude'], own: false }),
	).toMatchObject({
		faults: [{ path: ['attention', 'notify_cmd'] }],
	});
});

test.each([
	['guard: none', ['guard: expected detect, auto or require, not "none"']],
	['guard: 3', ['guard: expected detect, auto or require, not 3']],
	['guard: {mode: none}', ['guard.mode: expected detect, auto or require, not "none"']],
	[
		'guard: {on_write: explode, noise: 5, nois: 1}',
		[
			'guard.on_write: expected report, quarantine, restore or freeze, not "explode"',
			'guard.noise: expected a list, not 5',
			'there is no setting guard.nois; did you mean guard.noise?',
		],
	],
])('each fault of the guard is told where it stands: %s', (text, says) => {
	const checked = checkSettingsFile(parse(text), {
		themes: [],
		clis: ['claude'],
		own: true,
	});
	expect(checked.ok ? [] : checked.faults.map(({ message }) => message)).toEqual(says);
});

test.each(['guard: detect', 'guard: {mode: detect}'])(
	'no repository says that nothing is held back: %s',
	(text) => {
		const read = (own: boolean) =>
			checkSettingsFile(parse(text), { themes: [], clis: ['claude'], own });
		expect(read(true).ok).toBe(true);
		expect(read(false)).toMatchObject({
			faults: [{ message: expect.stringMatching(/^guard\S*: only your own settings/) }],
		});
	},
);
