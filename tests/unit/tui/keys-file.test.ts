import { describe, expect, test } from 'vitest';
import { checkKeysFile } from '../../../src/tui/keys/keys-file.ts';

const faultsOf = (value: unknown, owner: 'user' | 'repository' = 'user') =>
	checkKeysFile(value, owner).faults.map(({ path, message }) => [
		path.join('.'),
		message,
	]);
const bind = (context: string, key: string, action: unknown) => ({
	bindings: { [context]: { [key]: action } },
});

test('an empty file binds nothing', () => {
	expect(faultsOf(null)).toEqual([]);
});

test('what is right is read', () => {
	const { file, faults } = checkKeysFile(
		{
			leader: 'C-b',
			escape_time: 40,
			direct_chords: false,
			bindings: { panes: { 'ctrl+x k': 'agent.kill', x: null } },
		},
		'user',
	);
	expect(faults).toEqual([]);
	expect(file).toMatchObject({ leader: 'ctrl+b', escapeTime: 40, directChords: false });
	expect(file.bindings).toMatchObject([
		{ context: 'nav', key: 'ctrl+x k', action: 'agent.kill' },
		{ context: 'nav', key: 'x', action: null },
	]);
});

describe('a fault is told at its place, with what was meant', () => {
	test.each([
		[{ laeder: 'ctrl+b' }, 'laeder', 'there is no field laeder; did you mean leader?'],
		[bind('navv', 'x', null), 'bindings.navv', /no context navv; did you mean nav\?/],
		[bind('nav', 'x', 'agent.kil'), 'bindings.nav.x', /did you mean agent\.kill\?/],
		[bind('nav', 'entr', null), 'bindings.nav.entr', /did you mean enter\?/],
		[bind('nav', 'x', 7), 'bindings.nav.x', /expected the name of an action, or null/],
		[bind('nav', 'x', 'cmd:rm'), 'bindings.nav.x', /no commands outside/],
		[bind('nav', 'x', 'merge.land'), 'bindings.nav.x', /it can be bound in merge/],
		[{ bindings: [] }, 'bindings', /expected a mapping/],
		[{ leader: 'g' }, 'leader', /g is for the program in the pane/],
		[{ leader: null }, 'leader', /typing needs one/],
		[{ leader: 'ctrl+a b' }, 'leader', /one key/],
		[{ escape_time: 'soon' }, 'escape_time', /auto or milliseconds/],
		[{ direct_chords: 'no' }, 'direct_chords', /true or false/],
		[bind('type', 'g', 'view.zoom'), 'bindings.type.g', /for the program in the pane/],
		[bind('type', 'enter', null), 'bindings.type.enter', /for the program in the pane/],
		[bind('type', 'alt+x k', 'view.zoom'), 'bindings.type.alt+x k', /no sequence/],
		[bind('palette', 'x', 'list.down'), 'bindings.palette.x', /types a character/],
	])('%j', (value, path, message) => {
		const faults = faultsOf(value);
		expect(faults).toHaveLength(1);
		expect(faults[0]?.[0]).toBe(path);
		expect(faults[0]?.[1]).toMatch(message);
	});
});

describe('what always works cannot be taken away', () => {
	test.each([
		['nav', 'escape', null],
		['nav', '?', 'agent.kill'],
		['help', 'escape', null],
		['loss', 'y', null],
		['loss', 'n', 'dialog.yes'],
		['merge', 'n', null],
		['quit', 'escape', 'quit.end'],
		['nav', 'escape x', 'agent.kill'],
		['loss', 'enter', 'dialog.yes'],
		['merge', 'space', 'merge.land'],
	])('%s %s', (context, key, action) => {
		expect(faultsOf(bind(context, key, action))[0]?.[1]).toMatch(/stays as it is|never/);
	});

	test('but may be said again', () => {
		expect(faultsOf(bind('nav', '?', 'help.open'))).toEqual([]);
	});
});

describe("a repository's file", () => {
	test('binds keys of the panes and of typing', () => {
		expect(faultsOf(bind('nav', 'f5', 'agent.diff'), 'repository')).toEqual([]);
		expect(faultsOf(bind('type', 'alt+g', 'view.zoom'), 'repository')).toEqual([]);
	});

	test.each([
		[{ leader: 'ctrl+b' }, /leader is yours alone/],
		[bind('loss', 'j', 'dialog.yes'), /yours alone/],
		[bind('merge', 'j', 'merge.land'), /yours alone/],
	])('does not decide for you: %j', (value, message) => {
		expect(faultsOf(value, 'repository')[0]?.[1]).toMatch(message);
	});
});
