import { describe, expect, test } from 'vitest';
import { type KeyContext, keyContexts } from '../../../src/tui/keys/key-contexts.ts';
import { readKeys } from '../../../src/tui/keys/key-notation.ts';
import {
	isPreset,
	presetKeymap,
	presetNames,
} from '../../../src/tui/keys/key-presets.ts';
import {
	type Binding,
	builtInKeymap,
	type Keymap,
} from '../../../src/tui/keys/keymap.ts';
import { keyErrors, keyWarnings } from '../../../src/tui/keys/keymap-check.ts';
import { rowOf, rowsOf } from '../../../src/tui/keys/keys.ts';
import { checkKeysFile } from '../../../src/tui/keys/keys-file.ts';

const own = { file: '/home/me/keys.yaml', line: 3, column: 5 };
const theirs = { file: '/repo/.weir/keys.yaml', line: 2, column: 3 };
const bound = (
	context: KeyContext,
	key: string,
	action: string | null,
	from = own,
): Binding => ({ context, key, action, from });
const withBindings = (...bindings: Binding[]): Keymap => ({ ...builtInKeymap, bindings });
const told = (findings: ReturnType<typeof keyErrors>) =>
	findings.map(({ message }) => message);

test('the keys of weir itself need no word', () => {
	expect([...keyErrors(builtInKeymap), ...keyWarnings(builtInKeymap)]).toEqual([]);
});

describe('a preset', () => {
	test.each(presetNames)(
		'%s binds what is there, where it is, without an error',
		(name) => {
			if (!isPreset(name)) throw new Error(`no preset ${name}`);
			const keymap = presetKeymap(name);
			expect(keyErrors(keymap)).toEqual([]);
			const bindings = Object.fromEntries(
				Object.keys(keyContexts).map((context) => [
					context,
					Object.fromEntries(
						keymap.bindings
							.filter((one) => one.context === context)
							.map(({ key, action }) => [key, action]),
					),
				]),
			);
			expect(checkKeysFile({ leader: keymap.leader, bindings }, 'user').faults).toEqual(
				[],
			);
			for (const { key } of keymap.bindings)
				expect(readKeys(key)).toEqual({ ok: true, value: key });
		},
	);

	test('minimal lets no letter alone act on an agent', () => {
		const letters = rowsOf(presetKeymap('minimal'), 'nav').filter(
			({ action, keys }) => action.startsWith('agent.') && keys.length > 0,
		);
		expect(letters).toEqual([]);
	});

	test('tmux has its prefix and the keys after it', () => {
		const keymap = presetKeymap('tmux');
		expect(keymap.leader).toBe('ctrl+b');
		for (const [key, action] of [
			['c', 'agent.new'],
			['n', 'focus.next'],
			['d', 'quit.open'],
			['z', 'view.zoom'],
		] as const)
			expect(rowOf(keymap, 'nav', key)?.action).toBe(action);
	});
});

test('a sequence that begins with a bound key is an error at its place', () => {
	const [finding, ...others] = keyErrors(withBindings(bound('nav', 'x k', 'agent.kill')));
	expect(others).toEqual([]);
	expect(finding).toEqual({
		level: 'error',
		at: own,
		message: 'x k in nav begins with x, which is agent.kill; bind x to null first',
	});
	const freed = [bound('nav', 'x', null), bound('nav', 'x k', 'agent.kill')];
	expect(keyErrors(withBindings(...freed))).toEqual([]);
});

test('a leader that does not arrive as itself is an error', () => {
	expect(
		told(keyErrors({ ...builtInKeymap, leader: 'ctrl+i', leaderFrom: own })),
	).toEqual(['leader: terminals send ctrl+i as tab']);
});

describe('a warning', () => {
	test('tells of an action that lost its last key, and of no other', () => {
		const warnings = keyWarnings(withBindings(bound('nav', 'n', 'agent.kill')));
		expect(told(warnings)).toEqual([
			'n in nav was attention.next, which has no key any more',
		]);
		const left = keyWarnings(withBindings(bound('nav', 'left', 'agent.kill')));
		expect(left).toEqual([]);
	});

	test("tells of a repository's key over one's own, with both places", () => {
		const warnings = keyWarnings(
			withBindings(
				bound('nav', 'f5', 'agent.kill'),
				bound('nav', 'f5', 'agent.diff', theirs),
			),
		);
		expect(warnings).toEqual([
			{
				level: 'warning',
				at: theirs,
				message: 'f5 in nav shadows agent.kill of /home/me/keys.yaml:3:5',
			},
		]);
	});

	test('tells of the leader in the way', () => {
		const keymap = withBindings(bound('type', 'ctrl+space', 'view.zoom'));
		expect(told(keyWarnings(keymap))).toContain(
			'ctrl+space in type is shadowed by the leader while typing',
		);
	});

	test.each([
		['ctrl+i', 'terminals send ctrl+i as tab'],
		['ctrl+shift+k', 'terminals send ctrl+shift+k as ctrl+k'],
		['ctrl+1', 'terminals send ctrl+1 as 1, or nothing'],
		['shift+enter', 'most terminals send shift+enter as enter alone'],
		['super+k', 'terminals keep keys with Super for themselves'],
		['ctrl+x ctrl+m', 'terminals send ctrl+m as enter'],
	])('tells of a key that no terminal sends: %s', (key, message) => {
		expect(told(keyWarnings(withBindings(bound('nav', key, 'agent.diff'))))).toEqual([
			message,
		]);
	});

	test.each([
		'ctrl+k',
		'alt+x',
		'shift+tab',
		'f12',
		'ctrl+alt+x',
		'ctrl+\\',
		'ctrl+left',
	])('does not tell of one that they do: %s', (key) => {
		expect(keyWarnings(withBindings(bound('nav', key, 'focus.previous')))).toEqual([]);
	});

	test.each(['ctrl+b', 'ctrl+a', 'ctrl+g', 'ctrl+x', 'alt+f'])(
		'tells of a leader that agents or shells use: %s',
		(leader) => {
			const [finding] = keyWarnings({ ...builtInKeymap, leader, leaderFrom: own });
			expect(finding).toMatchObject({ level: 'warning', at: own });
			expect(finding?.message).toContain(`leader ${leader}: `);
		},
	);

	test('tells of a chord of typing that agents or shells use, while chords are on', () => {
		const keymap = withBindings(bound('type', 'alt+f', 'view.zoom'));
		expect(told(keyWarnings(keymap))[0]).toContain('alt+f while typing: ');
		expect(keyWarnings({ ...keymap, directChords: false })).toEqual([]);
	});

	test('does not tell of the ways out that are offered instead of the leader', () => {
		expect(keyWarnings({ ...builtInKeymap, leader: 'ctrl+\\' })).toEqual([]);
	});
});
