import { describe, expect, test } from 'vitest';
import { actions } from '../../../src/tui/actions/actions.ts';
import { hintLine, refusalMessage } from '../../../src/tui/chrome/message-line.ts';
import { type KeyContext, keyContexts } from '../../../src/tui/keys/key-contexts.ts';
import { builtInKeymap } from '../../../src/tui/keys/keymap.ts';
import {
	commandRows,
	keyConflicts,
	keyTable,
	rowOf,
	rowsOf,
} from '../../../src/tui/keys/keys.ts';
import { withKeys } from '../../../src/tui/keys/named-keys.ts';
import { lineWidth } from '../../../src/tui/paint/spans.ts';
import { initialView, shownAgents } from '../../../src/tui/view.ts';
import { changeView } from '../../../src/tui/view-change.ts';
import { Core, done, failed, newAgent } from '../../support/domain.ts';

describe('the table', () => {
	test('gives no key two meanings in one context', () => {
		expect(keyConflicts()).toEqual([]);
	});

	test('shows a conflict where there is one', () => {
		const row = { contexts: ['nav'], keys: ['x'], help: '' } as const;
		const table = [
			{ ...row, action: 'one' },
			{ ...row, action: 'two' },
		];
		expect(keyConflicts(table)).toEqual([
			{ context: 'nav', key: 'x', actions: ['one', 'two'] },
		]);
	});

	test('has an action for each row', () => {
		for (const { action } of keyTable) expect(actions[action]).toBeTypeOf('function');
	});

	test('has no hint without a key, and a way out of every context', () => {
		for (const row of keyTable) expect(row.keys.length).toBeGreaterThan(0);
		const out = new Set(['dialog.close', 'type.leave', 'copy.leave', 'quit.open']);
		for (const context of Object.keys(keyContexts) as KeyContext[])
			expect(rowsOf(builtInKeymap, context).some(({ action }) => out.has(action))).toBe(
				true,
			);
	});

	test('never confirms a loss with Enter', () => {
		for (const context of ['loss', 'revert', 'paste', 'quit', 'merge'] as const)
			expect(rowOf(builtInKeymap, context, 'enter')).toBeUndefined();
	});

	test('explains each command in one line', () => {
		for (const { help } of commandRows(builtInKeymap))
			expect(help.length).toBeLessThan(72);
	});
});

describe('hints', () => {
	function situation(columns: number, mode: 'nav' | 'type' = 'nav') {
		const core = new Core();
		core.running('api');
		const agents = shownAgents(core.state);
		let view = initialView({ columns, rows: 24 }, 0);
		view = changeView(view, { kind: 'agents', agents });
		view = changeView(view, { kind: 'mode', mode });
		return { state: core.state, view };
	}

	test.each([40, 80, 120, 240])(
		'fit %d columns and end in the key for all keys',
		(columns) => {
			const line = hintLine(situation(columns));
			expect(lineWidth(line)).toBeLessThanOrEqual(columns);
			expect(line.slice(-2).map(({ text }) => text)).toEqual(['?', ' keys']);
		},
	);

	test('are eight at most beside it', () => {
		const keys = hintLine(situation(240)).filter(({ role }) => role === 'accent');
		expect(keys.length).toBeLessThanOrEqual(9);
	});

	test('leave out what cannot be done now', () => {
		const { state, view } = situation(240);
		const texts = hintLine({ state, view }).map(({ text }) => text);
		expect(texts).toContain(' kill');
		const empty = { state: new Core().state, view: { ...view, focus: null } };
		expect(hintLine(empty).map(({ text }) => text)).not.toContain(' kill');
	});

	test('of typing say first how to leave', () => {
		const [, key, text] = hintLine(situation(80, 'type'));
		expect([key?.text, text?.text]).toEqual(['Ctrl+Space Esc', ' panes']);
	});
});

describe('a key that cannot act', () => {
	test.each([
		['x', 'api is not running'],
		['p', 'api is not running'],
		['i', 'api is not running'],
		['u', 'nothing to take back: no merge, kill or removal is left'],
		[';', 'no other pane had the focus yet'],
	])('says why: %s', (key, why) => {
		const core = new Core();
		core.running('api');
		core.exits('api', 0);
		const agents = shownAgents(core.state);
		const view = changeView(initialView({ columns: 80, rows: 24 }, 0), {
			kind: 'agents',
			agents,
		});
		const row = rowOf(builtInKeymap, 'nav', key);
		expect(row?.whyNot?.({ state: core.state, view })?.message).toBe(why);
	});

	const lives: Readonly<Record<string, (core: Core) => void>> = {
		'there is none': () => undefined,
		'it ended': (core) => {
			core.running('api');
			core.exits('api', 0);
		},
		'it is being prepared': (core) => void core.submit(newAgent('api')),
		'its worktree failed': (core) => {
			core.submit(newAgent('api'));
			core.settle('worktree', failed('no'));
		},
		'its start failed': (core) => {
			core.submit(newAgent('api'));
			core.settle('worktree', done);
			core.settle('spawn', failed('no'));
		},
		'it is being killed': (core) => {
			core.submit({ kind: 'agent.kill', agent: core.running('api') });
			core.settle('snapshot', { ok: true, value: { commit: 'c', files: 0 } });
		},
	};

	test.each(Object.keys(lives))(
		'says the next step, one that can be taken: %s',
		(life) => {
			const core = new Core();
			lives[life]?.(core);
			const { state } = core;
			const agents = shownAgents(state);
			const view = changeView(initialView({ columns: 120, rows: 36 }, 0), {
				kind: 'agents',
				agents,
			});
			const refusals = rowsOf(builtInKeymap, 'nav').flatMap(
				(row) => row.whyNot?.({ state, view }) ?? [],
			);
			expect(refusals.length).toBeGreaterThan(3);
			for (const refusal of refusals) {
				const { text, allow: named } = refusalMessage(refusal);
				// Keys are named by what they do: what is read is the key that is bound to it.
				expect(named).not.toMatch(/^\S /);
				const allow = withKeys(named ?? '', builtInKeymap, 'nav');
				expect(text).toMatch(/\w+ \w+ .*\w/);
				expect(allow).toMatch(/\w+ \w+/);
				const row = rowOf(builtInKeymap, 'nav', /^(\S) /.exec(allow)?.[1] ?? '');
				const no = row?.whyNot?.({ state, view }) ?? null;
				expect({ text, allow, no }).toEqual({ text, allow, no: null });
			}
		},
	);

	test('opens by Enter an agent that has no live pane, though its program ended', () => {
		const core = new Core();
		core.running('api');
		core.exits('api', 0);
		const agents = shownAgents(core.state);
		let view = initialView({ columns: 50, rows: 16 }, 0);
		view = changeView(view, { kind: 'agents', agents });
		view = changeView(view, { kind: 'layout', layout: 'strips' });
		const why = (columns: number) =>
			rowOf(builtInKeymap, 'nav', 'enter')?.whyNot?.({
				state: core.state,
				view: { ...view, columns },
			});
		expect(why(50)).toBe(null);
		expect(why(120)?.code).toBe('agent.not-running');
	});
});
