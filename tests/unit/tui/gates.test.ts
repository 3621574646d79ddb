// The gates on the screen: where the cursor is, when their reports are asked for, what keys refuse, and how
// an editor is told of a line.
import { describe, expect, test } from 'vitest';
import { editorArgv } from '../../../src/lib/editor.ts';
import { noObservation } from '../../../src/protocol/observation.ts';
import { cellAimedAt, tableOf } from '../../../src/tui/gates/gate-table.ts';
import { GatesKeeper } from '../../../src/tui/gates/gates-keeper.ts';
import { cellAt, tableTitle } from '../../../src/tui/gates/table-lines.ts';
import { agentAimedAt } from '../../../src/tui/inbox/inbox-list.ts';
import { keyTable } from '../../../src/tui/keys/keys.ts';
import { gateKeys } from '../../../src/tui/keys/rows/gate-keys.ts';
import { initialView, type View } from '../../../src/tui/view.ts';
import { changeView, type ViewChange } from '../../../src/tui/view-change.ts';
import { reflectionOf } from '../../support/chrome-screen.ts';
import { Core } from '../../support/domain.ts';
import {
	failureAt,
	gateSays,
	loadGates,
	reportOf,
	treeSettles,
} from '../../support/gates.ts';

function coreOf(...names: string[]): Core {
	const core = new Core();
	for (const name of names) core.running(name);
	loadGates(core, ['lint', 'test']);
	for (const name of names) treeSettles(core, name, 't1');
	return core;
}

function gatesView(core: Core, ...changes: ViewChange[]): View {
	const first = initialView({ columns: 120, rows: 36 }, core.now);
	return [{ kind: 'screen', screen: 'gates' } as const, ...changes].reduce(
		changeView,
		first,
	);
}

describe('the cursor', () => {
	test('is on the agent in focus and stays in its column', () => {
		const core = coreOf('api', 'docs');
		const view = gatesView(
			core,
			{ kind: 'focus', agent: core.id('docs') },
			{ kind: 'gates', gates: { gate: 'test' } },
		);
		const cell = cellAimedAt(core.state, view);
		expect([cell?.agent.name, cell?.gate]).toEqual(['docs', 'test']);
		expect(agentAimedAt(core.state, view)?.name).toBe('docs');
	});

	test('is on the first cell where its gate or its agent is gone', () => {
		const core = coreOf('api');
		const view = gatesView(core, { kind: 'gates', gates: { gate: 'gone' } });
		const cell = cellAimedAt(core.state, view);
		expect([cell?.agent.name, cell?.gate]).toEqual(['api', 'lint']);
		expect(cellAimedAt(new Core().state, view)).toBeNull();
	});

	test('a click finds the cell that it hits', () => {
		const core = coreOf('api', 'docs');
		const table = tableOf(core.state, gatesView(core));
		const size = { width: 60, height: 20 };
		expect(cellAt(table, size, { x: 30, y: 2 })).toEqual({ row: 1, column: 1 });
		expect(cellAt(table, size, { x: 3, y: 1 })).toEqual({ row: 0, column: null });
		expect(cellAt(table, size, { x: 3, y: 0 })).toBeNull();
		expect(cellAt(table, size, { x: 3, y: 9 })).toBeNull();
	});
});

test('the heading says what there is room for, and nothing by half', () => {
	const core = coreOf('api', 'docs');
	const table = tableOf(core.state, gatesView(core));
	const title = (width: number) =>
		tableTitle(table, reflectionOf(core.state), 2, width)
			.map(({ text }) => text)
			.join('')
			.replace(/ +/g, ' ')
			.trim();
	expect(title(62)).toBe('gates 2 agents, 2 gates none running on 2 slots 4 waiting');
	expect(title(61)).toBe('gates none running on 2 slots 4 waiting');
	expect(title(42)).toBe('gates none running 4 waiting');
});

/** A keeper whose clock is wound by hand. */
function keeping(core: Core, view: View) {
	const asked: string[] = [];
	const timers: (() => void)[] = [];
	let now = view;
	let observed = {};
	const keeper = new GatesKeeper({
		now: () => ({ state: core.state, observed }),
		view: () => now,
		change: (change) => {
			now = changeView(now, change);
			keeper.changed();
		},
		after: (_, run) => {
			timers.push(run);
			return () => timers.splice(timers.indexOf(run), 1);
		},
		report: async ({ agent, gate }) => {
			asked.push(`${gate} of ${agent.name}`);
			const { told } = reportOf(core, agent.name, gate, { output: 'one\n\ttwo\n' });
			return told;
		},
		room: async () => ({ slots: 2, suggested: [] }),
	});
	return {
		asked,
		timers,
		keeper,
		view: () => now,
		look: (change: ViewChange) => {
			now = changeView(now, change);
			keeper.changed();
		},
		observe: (seen: typeof observed) => {
			observed = seen;
			keeper.changed();
		},
		idle: () => new Promise((done) => setImmediate(done)),
	};
}

describe('the report', () => {
	test('is asked for when the cursor comes, and again when the verdict changes', async () => {
		const core = coreOf('api', 'docs');
		const kept = keeping(core, gatesView(core));
		kept.keeper.changed();
		await kept.idle();
		expect(kept.asked).toEqual(['lint of api']);
		expect(kept.view().gates.report?.lines).toEqual(['one', '  two']);
		expect(kept.view().gates.slots).toBe(2);
		kept.keeper.changed();
		await kept.idle();
		expect(kept.asked).toHaveLength(1);
		gateSays(core, 'api', 'lint', { word: 'passed' });
		kept.keeper.changed();
		await kept.idle();
		kept.look({ kind: 'focus', agent: core.id('docs') });
		await kept.idle();
		expect(kept.asked.slice(1)).toEqual(['lint of api', 'lint of docs']);
		expect(kept.timers).toEqual([]);
	});

	test('what changes while it is on its way is asked for after it', async () => {
		const core = coreOf('api', 'docs');
		const kept = keeping(core, gatesView(core));
		kept.keeper.changed();
		kept.look({ kind: 'focus', agent: core.id('docs') });
		expect(kept.asked).toEqual(['lint of api']);
		await kept.idle();
		expect(kept.asked).toEqual(['lint of api', 'lint of docs']);
		expect(kept.view().gates.report?.agent).toBe(core.id('docs'));
	});

	test('of a run is asked for at each beat, and no more once it has ended', async () => {
		const core = coreOf('api');
		const kept = keeping(core, gatesView(core));
		kept.keeper.changed();
		await kept.idle();
		const runs = { lint: { began: new Date(core.now).toISOString(), usual: null } };
		kept.observe({ [core.id('api')]: { ...noObservation, gates: runs } });
		await kept.idle();
		expect(kept.timers).toHaveLength(1);
		const before = kept.asked.length;
		kept.timers.shift()?.();
		await kept.idle();
		expect(kept.asked).toHaveLength(before + 1);
		expect(kept.timers).toHaveLength(1);
		kept.observe({});
		await kept.idle();
		kept.timers.shift()?.();
		await kept.idle();
		expect(kept.timers).toEqual([]);
	});

	test('is not asked for on another screen', async () => {
		const core = coreOf('api');
		const kept = keeping(core, gatesView(core));
		kept.look({ kind: 'screen', screen: 'panes' });
		await kept.idle();
		expect(kept.asked).toEqual([]);
	});
});

describe('keys', () => {
	const whyNot = (action: string, core: Core, view: View) => {
		const row = gateKeys.find((one) => {
			return one.action === action && one.contexts.some((name) => name === 'gates');
		});
		if (!row || !('whyNot' in row)) throw new Error(`${action} is never refused`);
		return row.whyNot({ state: core.state, view })?.code ?? null;
	};

	test('say what keeps gates from running', () => {
		const none = new Core();
		none.running('api');
		expect(whyNot('gate.run', none, gatesView(none))).toBe('gate.none');
		const untrusted = new Core();
		untrusted.running('api');
		loadGates(untrusted, ['lint'], false);
		expect(whyNot('gate.all', untrusted, gatesView(untrusted))).toBe('trust.needed');
		const core = coreOf('api');
		expect(whyNot('gate.run', core, gatesView(core))).toBe('gate.runs');
		gateSays(core, 'api', 'lint', { word: 'passed' });
		expect(whyNot('gate.run', core, gatesView(core))).toBeNull();
	});

	test('tell an agent of what is red only, and open places that are named only', () => {
		const core = coreOf('api');
		const view = gatesView(core);
		expect(whyNot('gate.tell', core, view)).toBe('gate.not-red');
		expect(whyNot('gate.place', core, view)).toBe('gate.no-failure');
		gateSays(core, 'api', 'lint', { word: 'failed' });
		expect(whyNot('gate.tell', core, view)).toBeNull();
		const failures = [failureAt(null, null, 'no place'), failureAt('a.ts', 3, 'here')];
		const report = reportOf(core, 'api', 'lint', { failures, output: 'x' });
		const seen = gatesView(core, { kind: 'gates', gates: { report } });
		expect(whyNot('gate.place', core, seen)).toBe('gate.no-place');
		const next = changeView(seen, { kind: 'gates', gates: { failure: 1 } });
		expect(whyNot('gate.place', core, next)).toBeNull();
		expect(whyNot('gate.output', core, next)).toBeNull();
	});

	test('of the panes and of the gates do the same by one action', () => {
		const rows = keyTable.filter(({ action }) => action === 'gate.all');
		expect(rows.map(({ contexts, keys }) => [contexts, keys])).toEqual([
			[['nav', 'review', 'queue'], ['g']],
			[['gates'], ['G']],
		]);
	});
});

test.each([
	['vi', ['+12', '/w/a.ts']],
	['/usr/bin/nano -w', ['+12', '/w/a.ts']],
	['code --wait', ['-g', '/w/a.ts:12']],
	['hx', ['/w/a.ts:12']],
	['ed', ['/w/a.ts']],
])('%s is told of a line in its own words', (EDITOR, words) => {
	const argv = editorArgv({ EDITOR }, { file: '/w/a.ts', line: 12 });
	expect(argv).toEqual(['sh', '-c', `${EDITOR} "$@"`, 'sh', ...words]);
});
