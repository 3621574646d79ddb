import { describe, expect, test } from 'vitest';
import { PaneMode } from '../../../src/protocol/rows.ts';
import { leaderCard } from '../../../src/tui/cards/leader-card.ts';
import { helpLines } from '../../../src/tui/chrome/help-lines.ts';
import { hintLine, messageLine } from '../../../src/tui/chrome/message-line.ts';
import { type Binding, builtInKeymap } from '../../../src/tui/keys/keymap.ts';
import { commandRows, keyLabel, rowOf, rowsOf } from '../../../src/tui/keys/keys.ts';
import { withKeys } from '../../../src/tui/keys/named-keys.ts';
import { typingKeys } from '../../../src/tui/keys/typing-keys.ts';
import { initialView, shownAgents } from '../../../src/tui/view.ts';
import { changeView } from '../../../src/tui/view-change.ts';
import { Core } from '../../support/domain.ts';

const withBindings = (...bindings: Omit<Binding, 'from'>[]) => ({
	...builtInKeymap,
	bindings: bindings.map((binding) => ({ ...binding, from: null })),
});
const kill = { context: 'nav', key: 'f5', action: 'agent.kill' } as const;

function shownBy(keymap: typeof builtInKeymap) {
	const core = new Core();
	core.running('api');
	const agents = shownAgents(core.state);
	let view = initialView({ columns: 240, rows: 60 }, 0);
	view = changeView(view, { kind: 'agents', agents });
	view = changeView(view, { kind: 'keymap', keymap });
	return { state: core.state, view };
}

const textOf = (lines: readonly (readonly { text: string }[])[]) =>
	lines.map((line) => line.map(({ text }) => text).join('')).join('\n');

test.each(['nav', 'review', 'gates', 'queue'] as const)(
	'n needs no second thought in %s',
	(context) => {
		expect(rowOf(builtInKeymap, context, 'n')?.action).toBe('attention.next');
		expect(rowOf(builtInKeymap, context, 'N')?.action).toBe('attention.previous');
	},
);

describe('a key of the user', () => {
	test('does what it was given to do, beside the key of the table', () => {
		const keymap = withBindings(kill);
		expect(rowOf(keymap, 'nav', 'f5')?.action).toBe('agent.kill');
		expect(rowOf(keymap, 'nav', 'x')?.action).toBe('agent.kill');
		expect(rowOf(keymap, 'loss', 'f5')).toBeUndefined();
	});

	test('is shown before the key of the table wherever keys are shown', () => {
		const keymap = withBindings(kill);
		const { state, view } = shownBy(keymap);
		expect(textOf([hintLine({ state, view })])).toContain('F5 kill');
		expect(textOf(helpLines(view))).toMatch(/F5 x +kill its program/);
		expect(textOf(leaderCard(keymap).lines)).toMatch(/F5 +kill/);
		const row = commandRows(keymap).find(({ action }) => action === 'agent.kill');
		expect(row?.keys).toEqual(['f5', 'x']);
	});

	test('takes a key from what it meant, and null leaves it without a meaning', () => {
		const keymap = withBindings(
			{ context: 'nav', key: 'n', action: 'agent.kill' },
			{ context: 'nav', key: 'x', action: null },
		);
		expect(rowOf(keymap, 'nav', 'n')?.action).toBe('agent.kill');
		expect(rowOf(keymap, 'nav', 'x')).toBeUndefined();
		const next = rowsOf(keymap, 'nav').find(({ action }) => action === 'attention.next');
		expect(next?.keys).toEqual([]);
		const { state, view } = shownBy(keymap);
		expect(textOf([hintLine({ state, view })])).not.toContain('next that needs me');
	});

	test('may be a chord of typing for what is done in the panes', () => {
		const keymap = withBindings({ context: 'type', key: 'alt+g', action: 'view.zoom' });
		expect(rowOf(keymap, 'type', 'alt+g')?.action).toBe('view.zoom');
		expect(rowOf({ ...keymap, directChords: false }, 'type', 'alt+g')).toBeUndefined();
	});
});

describe('words that name a key', () => {
	const keymap = withBindings(
		{ context: 'nav', key: 'f5', action: 'agent.respawn' },
		{ context: 'nav', key: 'u', action: null },
	);
	test.each([
		['{agent.respawn} respawns it', 'nav', 'F5 respawns it'],
		['{agent.respawn} respawns it', 'type', 'Ctrl+Space F5 respawns it'],
		['{attention.next} goes there', 'type', 'Alt+i goes there'],
		['{undo.open} brings it back', 'nav', ': undo.open brings it back'],
		['{merge.land} merges it', 'merge', 'y merges it'],
		['{leader} Esc leaves', 'nav', 'Ctrl+Space Esc leaves'],
		['{agent} and {made.up}', 'nav', '{agent} and {made.up}'],
	] as const)('%s in %s: %s', (text, context, said) => {
		expect(withKeys(text, keymap, context)).toBe(said);
	});

	test('are said with the keys in force on the message line', () => {
		const { state, view } = shownBy(keymap);
		const message = { text: 'api crashed', allow: '{agent.respawn} respawns it' };
		const told = changeView(view, {
			kind: 'message',
			message: { ...message, tone: 'bad' },
		});
		expect(textOf([messageLine(state, told)])).toContain('api crashed  F5 respawns it');
	});
});

test('a program that takes the whole screen and the keypad has the chords, but for those one bound', () => {
	const { alternateScreen, applicationKeypad, applicationCursor } = PaneMode;
	const vim = alternateScreen | applicationKeypad | applicationCursor;
	const keymap = withBindings({ context: 'type', key: 'alt+g', action: 'view.zoom' });
	const all = ['alt+e', 'alt+g', 'alt+i', 'alt+j', 'alt+k'];
	for (const modes of [0, alternateScreen, applicationKeypad])
		expect([...typingKeys(keymap, modes).chords].toSorted()).toEqual(all);
	expect([...typingKeys(keymap, vim).chords]).toEqual(['alt+g']);
	const { state, view } = shownBy(keymap);
	const typing = changeView(view, { kind: 'mode', mode: 'type' });
	expect(textOf([hintLine({ state, view: typing })])).toContain('Alt+j');
	expect(textOf([hintLine({ state, view: typing }, vim)])).not.toContain('Alt+j');
});

test('the leader is called by its name everywhere', () => {
	const keymap = { ...builtInKeymap, leader: 'ctrl+b' };
	const { state, view } = shownBy(keymap);
	const typing = changeView(view, { kind: 'mode', mode: 'type' });
	expect(textOf([hintLine({ state, view: typing })])).toMatch(/^ Ctrl\+B Esc panes/);
	expect(textOf(leaderCard(keymap).lines)).toContain('Ctrl+B sends Ctrl+B itself');
	expect(textOf(helpLines(view))).toMatch(/Ctrl\+B +then one key of the panes/);
});

test.each([
	['ctrl+space', 'Ctrl+Space'],
	['alt+e', 'Alt+e'],
	['ctrl+alt+shift+x', 'Ctrl+Alt+Shift+X'],
	['ctrl+x k', 'Ctrl+X k'],
	['shift+tab', 'Shift+Tab'],
	['f5', 'F5'],
	['+', '+'],
	['ctrl++', 'Ctrl++'],
	['escape', 'Esc'],
])('%s is written %s', (key, label) => {
	expect(keyLabel(key)).toBe(label);
});
