import { describe, expect, test } from 'vitest';
import { noObservation } from '../../../src/protocol/observation.ts';
import { cardOf } from '../../../src/tui/cards/card.ts';
import type { Dialog } from '../../../src/tui/cards/dialog.ts';
import { dialogCard } from '../../../src/tui/cards/dialog-cards.ts';
import type { MergeDialog } from '../../../src/tui/cards/merge-choice.ts';
import { checklistOf } from '../../../src/tui/chrome/checklist.ts';
import { helpLines } from '../../../src/tui/chrome/help-lines.ts';
import { isLinePrompt } from '../../../src/tui/chrome/line-prompt.ts';
import { messageLine, refusalMessage } from '../../../src/tui/chrome/message-line.ts';
import { jumpTargets } from '../../../src/tui/chrome/palette.ts';
import { fieldOf } from '../../../src/tui/chrome/text-field.ts';
import { contextOf } from '../../../src/tui/keys/context-of.ts';
import { builtInKeymap } from '../../../src/tui/keys/keymap.ts';
import { rowOf } from '../../../src/tui/keys/keys.ts';
import { unknownKey } from '../../../src/tui/keys/unknown-key.ts';
import { unicodeGlyphs } from '../../../src/tui/look/glyphs.ts';
import { lineWidth } from '../../../src/tui/paint/spans.ts';
import { arrangementOf, initialView, shownAgents } from '../../../src/tui/view.ts';
import { changeView, type ViewChange } from '../../../src/tui/view-change.ts';
import { Core, started } from '../../support/domain.ts';
import { gateSays, loadGates, treeSettles } from '../../support/gates.ts';

const core = new Core();
for (const name of ['api', 'docs', 'web']) core.running(name);
const { state } = core;
const api = core.id('api');

function seen(...changes: readonly ViewChange[]) {
	const first: ViewChange = { kind: 'agents', agents: shownAgents(state) };
	const view = [first, ...changes].reduce(
		changeView,
		initialView({ columns: 80, rows: 24 }, 0),
	);
	return { state, view };
}

const opened = (dialog: Dialog): ViewChange => ({ kind: 'dialog', dialog });
const demo: ViewChange = {
	kind: 'checklist',
	checklist: checklistOf([{ action: 'attention.next', text: 'jumps' }]),
};
const busy = (what: string, card: boolean): ViewChange => {
	return { kind: 'busy', what, card, begins: true };
};

function cardText(...changes: readonly ViewChange[]): string {
	return textOf(seen(...changes));
}

function textOf(situation: ReturnType<typeof seen>): string {
	const { view } = situation;
	if (view.dialog === null || isLinePrompt(view.dialog))
		throw new Error('no card is open');
	const content = dialogCard(view.dialog, situation, unicodeGlyphs);
	const { lines } = cardOf(content, view, unicodeGlyphs);
	return lines.map((line) => line.map(({ text }) => text).join('')).join('\n');
}

function merge(preview: Partial<MergeDialog['preview']>): Dialog {
	return {
		kind: 'merge',
		agent: api,
		preview: {
			agent: api,
			name: 'api',
			branch: 'weir/api',
			base: 'main',
			commits: [{ id: 'c0ffee00', subject: 'Add it' }],
			files: [{ path: 'a.txt', added: 1, removed: 0 }],
			uncommitted: [],
			conflicts: [],
			dirty: [],
			alreadyLanded: false,
			untouched: false,
			strategy: 'squash',
			message: 'Add it',
			...preview,
		},
		seen: noObservation,
		include: 'committed',
		strategy: 'squash',
		after: 'keep',
		message: fieldOf('Add it'),
		editing: false,
	};
}

describe('the merge card', () => {
	test('offers what leads somewhere', () => {
		const text = cardText(opened(merge({})));
		expect(text).toContain(
			'y merge   e message   s strategy   a after   d diff   Esc cancel',
		);
	});

	test('says what gates say of it, and that they are asked again', () => {
		const gated = new Core();
		gated.running('api');
		expect(gated.id('api')).toBe(api);
		const { view } = seen(opened(merge({})));
		const text = () => textOf({ state: gated.state, view });
		expect(text()).not.toContain('gates');
		loadGates(gated, ['lint', 'test']);
		expect(text()).toMatch(/│ gates {8}asked of what would stand on main +│/);
		treeSettles(gated, 'api', 'a'.repeat(40));
		gateSays(gated, 'api', 'lint', { word: 'passed' });
		gateSays(gated, 'api', 'test', { word: 'failed', failures: 2 });
		expect(text()).toMatch(/│ gates {8}lint ✓ test ✗ 2 {2}asked of what/);
	});

	test('of what is merged already says so, and Esc is all it offers', () => {
		const text = cardText(opened(merge({ commits: [], files: [] })));
		expect(text).toContain('main has all of it already');
		expect(text).toMatch(/│ Esc cancel +│/);
		expect(text).not.toContain('strategy');
	});

	test('of a conflict offers to hand it over, not how to land it', () => {
		const text = cardText(opened(merge({ conflicts: ['a.txt'] })));
		expect(text).toMatch(
			/│ f hand to the agent {3}i another agent {3}r by hand {3}d diff {3}Esc cancel +│/,
		);
		expect(text).not.toContain('strategy');
	});

	test('of uncommitted files only offers to take them', () => {
		const text = cardText(opened(merge({ commits: [], uncommitted: ['a.txt'] })));
		expect(text).toContain('it has no new commits');
		expect(text).toContain('c uncommitted files');
		expect(text).not.toContain('y merge ');
	});
});

describe('the merge card of what lies outside a scope', () => {
	const stray = { path: 'docs/a.md', reason: 'not-covered', about: null } as const;
	const link = { path: 'src/l', reason: 'link', about: '/etc/passwd' } as const;
	const none = { branch: [], onTheWay: [], uncommitted: [] };
	const offers = (dialog: Dialog) => cardText(opened(dialog));

	test('names it and offers to let it write that, not to land it', () => {
		const text = offers(merge({ outside: { ...none, branch: [stray, link] } }));
		expect(text).toContain('outside      docs/a.md');
		expect(text).toContain('src/l (a link to /etc/passwd)');
		expect(text).toMatch(/│ w let it write that {3}d diff {3}Esc cancel +│/);
		expect(text).not.toContain('y merge');
	});

	test('offers nothing wider where no pattern would help', () => {
		const text = offers(merge({ outside: { ...none, branch: [link] } }));
		expect(text).toMatch(/│ d diff {3}Esc cancel +│/);
	});

	test('counts what is not committed only where it is taken', () => {
		const dialog = merge({
			uncommitted: ['docs/a.md'],
			outside: { ...none, uncommitted: [stray] },
		});
		expect(offers(dialog)).toContain('y merge');
		expect(offers({ ...dialog, include: 'all' } as Dialog)).not.toContain('y merge');
	});

	test('counts what a commit only carried where all commits land', () => {
		const dialog = merge({ outside: { ...none, onTheWay: [stray] } });
		expect(offers(dialog)).toContain('y merge');
		const all = offers({ ...dialog, strategy: 'merge' } as Dialog);
		expect(all).not.toContain('y merge');
		expect(all).toContain('s strategy');
	});
});

test('the merge card says what gates judge by and is changed, uncommitted where it is taken', () => {
	const gateFiles = { branch: ['package.json'], uncommitted: ['tsconfig.json'] };
	const dialog = merge({ gateFiles, uncommitted: ['tsconfig.json'] });
	const text = cardText(opened(dialog));
	expect(text).toContain('judged by    package.json is changed: gates judge by it');
	expect(text).not.toContain('tsconfig.json is changed');
	expect(text).toContain('y merge');
	const all = cardText(opened({ ...dialog, include: 'all' } as Dialog));
	expect(all).toContain('tsconfig.json is changed');
});

describe('why a state is shown', () => {
	const why = (lines: readonly string[], top = 0): Dialog => {
		return { kind: 'why', agent: api, title: 'why', lines, top, proposed: [] };
	};

	test('goes on below where its words began', () => {
		const text = 'what leaves the scope does not land, and no setting changes that';
		const shown = cardText(opened(why(['api is idle', `refusal       ${text}`])));
		expect(shown).toMatch(
			/│ refusal {7}what leaves .* setting changes +│\n│ {15}that +│/,
		);
	});

	test('shows as many rows as the screen has, and which', () => {
		const lines = Array.from({ length: 60 }, (_, at) => `line ${at}`);
		expect(cardText(opened(why(lines, 41)))).toContain('why  42-60 of 60');
		expect(cardText(opened(why(lines)))).toContain('why  1-19 of 60');
	});
});

test('the card that widens a scope says what is wrong with a pattern', () => {
	const text = cardText(
		opened({
			kind: 'widen',
			agent: api,
			on: 'patterns',
			patterns: fieldOf('a/../b'),
			reason: fieldOf('it needs it'),
			problem: { code: 'scope.pattern', message: 'leads out', allow: 'name paths' },
			back: null,
		}),
	);
	expect(text).toContain('let api write more');
	expect(text).toContain('leads out');
	expect(text).toContain('Enter let it write that   Tab other field   Esc close');
});

test('the card of writes outside shows as many as it has room for, and goes when they are over', () => {
	const writer = new Core();
	writer.running('api');
	const { id: agent, generation } = writer.agent('api');
	const paths = Array.from({ length: 40 }, (_, at) => {
		return { path: `.husky/${at}\u202e.md`, how: 'created' as const };
	});
	writer.submit({
		...{ kind: 'trespass.report', agent, generation, paths, more: 3 },
		policy: 'report',
	});
	const card = (top: number) => {
		const { view } = seen(opened({ kind: 'outside', agent, top }));
		const dialog = { kind: 'outside', agent, top } as const;
		const content = dialogCard(dialog, { state: writer.state, view }, unicodeGlyphs);
		const { lines } = cardOf(content, view, unicodeGlyphs);
		return lines.map((line) => line.map(({ text }) => text).join('')).join('\n');
	};
	expect(card(0)).toContain('what api wrote outside its scope  1-12 of 40');
	expect(card(0)).toMatch(/created +\S+ +\.husky\/0\.md/);
	expect(card(28)).toContain('and 3 others');
	expect(card(28)).toContain('y put back   a let it write that   d diff');
	writer.submit({
		...{ kind: 'trespass.settle', agent, paths: [], more: 0, policy: 'report' },
	});
	expect(card(0)).toContain('nothing any more: as before, or allowed');
});

describe('a dialog about a loss', () => {
	const loss = {
		agent: api,
		name: 'api',
		running: null,
		shells: 0,
		uncommitted: ['a.txt'],
		unmergedCommits: [{ id: '25f0fea2', subject: 'Take a lent book' }],
		ignored: { files: 0, bytes: 0 },
	};

	test.each(['kill', 'respawn', 'remove'] as const)('calls its yes %s', (deed) => {
		const text = cardText(opened({ kind: 'loss', deed, agent: api, loss }));
		expect(text).toContain(`y ${deed}   Esc cancel`);
	});

	test('says that a removal keeps the commits it names', () => {
		const text = cardText(opened({ kind: 'loss', deed: 'remove', agent: api, loss }));
		expect(text).toContain('25f0fea2 Take a lent book');
		expect(text).toContain('kept: a snapshot with all its commits');
	});
});

describe('leaving', () => {
	const quit = opened({ kind: 'quit', running: ['api', 'docs'] });

	test('detaches or ends all', () => {
		const text = cardText(quit);
		expect(text).toContain('2 running');
		expect(text).toContain('d detach   w end all agents   Esc cancel');
	});

	test('a demo can only end it', () => {
		expect(cardText(demo, quit)).toMatch(/│ y end the demo {3}Esc cancel +│/);
		const context = contextOf(seen(demo, quit).view);
		expect(rowOf(builtInKeymap, context, 'd')).toBeUndefined();
	});
});

describe('a key that is bound to nothing', () => {
	test('is told that it came before its card', () => {
		const said = unknownKey('y', seen(busy('looking at the merge of api', true)));
		expect(said.text).toBe('y came too early: still looking at the merge of api');
		expect(unknownKey('y', seen(busy('killing api', false))).text).toBe(
			'y means nothing here',
		);
	});

	test('and is the number of an agent says how to go there', () => {
		expect(unknownKey('2', seen()).allow).toBe('{focus.jump} 2 Enter goes to 2 docs');
		expect(jumpTargets(seen(), '2').map(({ name }) => name)).toEqual(['docs']);
		expect(unknownKey('9', seen()).allow).toBe('? shows all keys');
	});
});

describe('the message line', () => {
	const said: ViewChange = {
		kind: 'message',
		message: { text: 'y means nothing here', allow: null, tone: 'plain' },
	};
	const shown = (...changes: readonly ViewChange[]) =>
		messageLine(state, seen(...changes).view)
			.map(({ text }) => text)
			.join('')
			.trim();

	test('is empty again when a dialog opens, whatever was said or goes on below', () => {
		const help = opened({ kind: 'help', top: 0 });
		expect(shown(said)).toBe('y means nothing here');
		expect(shown(said, help)).toBe('');
		expect(shown(help, said)).toBe('y means nothing here');
		const killing = busy('killing api', false);
		expect(shown(killing)).toBe('killing api');
		expect(shown(killing, help)).toBe('');
		expect(shown(killing, help, { kind: 'dialog', dialog: null })).toBe('killing api');
		expect(shown(help, killing)).toBe('killing api');
	});

	test('is calm about what may not be done now, and red about what went wrong', () => {
		const styleOf = (code: string) => {
			const message = refusalMessage({ code, message: 'said so', allow: 'x helps' });
			const line = messageLine(state, seen({ kind: 'message', message }).view);
			return line
				.filter(({ text }) => /said so|x helps/.test(text))
				.map(({ role }) => role);
		};
		for (const no of ['merge.nothing', 'agent.paused', 'agent.unknown', 'swap.none'])
			expect(styleOf(no)).toEqual([undefined, 'accent']);
		for (const wrong of ['journal.full', 'supervisor.gone', 'spawn.failed', 'internal'])
			expect(styleOf(wrong)).toEqual(['bad', 'accent']);
	});

	test('tells commands of a shell from keys', () => {
		const refusal = { code: 'x.y', message: 'no', allow: 'weir log' };
		expect(refusalMessage(refusal).allow).toBe('in a shell: weir log');
	});
});

test('u with nothing to take back says why', () => {
	const again = new Core();
	const agent = again.running('docs');
	again.exits('docs', 1);
	again.submit({ kind: 'agent.respawn', agent });
	again.settle('spawn', started(2));
	const view = changeView(seen().view, {
		kind: 'agents',
		agents: shownAgents(again.state),
	});
	expect(
		rowOf(builtInKeymap, 'nav', 'u')?.whyNot?.({ state: again.state, view })?.message,
	).toBe('nothing to take back: docs was started again');
});

test.each([40, 80])('the help fits %d columns whole', (columns) => {
	const lines = helpLines(initialView({ columns, rows: 24 }, 0));
	for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(columns - 4);
	const words = lines.map((line) => line.map(({ text }) => text.trim()).join(' '));
	expect(words.join(' ').replaceAll(/\s+/g, ' ')).toContain(
		'in strips without a live pane: open it',
	);
});

test.each([40, 72, 74, 76, 78, 80, 84, 120])(
	'beside a card on %d columns is nothing, or enough to be read',
	(columns) => {
		const content = { title: 'leave weir?', lines: [], width: 66 };
		const { area } = cardOf(content, { columns, rows: 24 }, unicodeGlyphs);
		const beside = columns - area.width;
		expect(area.x + area.width).toBeLessThanOrEqual(columns);
		expect(beside === 0 || (area.x >= 4 && beside >= 8)).toBe(true);
		expect(area.width - 4).toBeGreaterThanOrEqual(Math.min(66, columns - 4));
	},
);

test.each([[[]], [[demo]]])(
	'what is read covers all panes and no other line',
	(before) => {
		const lines = Array.from({ length: 99 }, () => '+added');
		const text = { title: 'diff', lines, top: 0, truncated: false, back: null };
		const diff = { kind: 'text', shows: 'diff', ...text } as const;
		const situation = seen(...before, opened(diff));
		const { view } = situation;
		const { area } = cardOf(
			dialogCard(diff, situation, unicodeGlyphs),
			view,
			unicodeGlyphs,
		);
		const { body } = arrangementOf(state, view);
		expect(area).toEqual(body);
	},
);
