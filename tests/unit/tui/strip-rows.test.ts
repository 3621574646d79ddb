import { describe, expect, test } from 'vitest';
import type { Agent } from '../../../src/domain/agent.ts';
import { fieldOf } from '../../../src/tui/chrome/text-field.ts';
import {
	rowsWanted,
	type StripRow,
	type StripsLook,
	stripOrder,
	stripRows,
	visibleStrips,
} from '../../../src/tui/layouts/strip-rows.ts';
import { arrangementOf, initialView, shownAgents } from '../../../src/tui/view.ts';
import { changeView } from '../../../src/tui/view-change.ts';
import { Core } from '../../support/domain.ts';

const core = new Core();
const names = Array.from({ length: 30 }, (_, at) => `agent-${at + 1}`);
for (const name of names) core.running(name);
// Ten of them end well: they are done.
for (const name of names.slice(10, 20)) core.exits(name, 0);
const agents = shownAgents(core.state);
const open: StripsLook = { focus: null, filter: '', order: [], folded: [] };
const named = (name: string): Agent => {
	const found = agents.find((agent) => agent.name === name);
	if (!found) throw new Error(`no agent ${name}`);
	return found;
};
const told = (row: StripRow | undefined) => {
	if (row?.kind === 'agent') return row.agent.name;
	if (row?.kind === 'more') return `${row.above} above, ${row.below} below`;
	if (row?.kind === 'asked') return row.text;
	return row ? `${row.kind} ${row.bay} ${row.count}` : undefined;
};

test('what an agent asks stands below its row in a narrow list, where all questions have room', () => {
	const asking = named('agent-3').id;
	const asked = (id: string) => (id === asking ? 'Keep it?' : null);
	const kinds = (width: number, height: number) =>
		visibleStrips(agents, open, { width, height }, asked).map(({ kind }) => kind);
	const rows = visibleStrips(agents, open, { width: 38, height: 60 }, asked);
	const at = rows.findIndex(({ kind }) => kind === 'asked');
	expect(rows[at]).toMatchObject({ text: 'Keep it?', agent: { id: asking } });
	expect(rows[at - 1]).toMatchObject({ kind: 'agent', agent: { id: asking } });
	expect(kinds(38, rows.length - 1)).not.toContain('asked');
	expect(kinds(96, 60)).not.toContain('asked');
});

describe('a folded bay', () => {
	const folded: StripsLook = { ...open, folded: ['done'] };

	test('is one row that stands for its first agent, or for the one in focus', () => {
		expect(stripOrder(agents, folded)).toHaveLength(21);
		expect(stripOrder(agents, folded).at(-1)).toBe(named('agent-11').id);
		const focus = named('agent-15').id;
		expect(stripOrder(agents, { ...folded, focus }).at(-1)).toBe(focus);
	});

	test('takes one row of the list, in few sizes', () => {
		expect(rowsWanted(agents, open)).toBe(30);
		expect(rowsWanted(agents, folded)).toBe(21);
		expect(rowsWanted(agents, { ...folded, folded: ['done', 'running'] })).toBe(3);
	});

	test('makes room for a live pane at 80x24', () => {
		let view = initialView({ columns: 80, rows: 24 }, 0);
		view = changeView(view, { kind: 'agents', agents });
		expect(arrangementOf(core.state, view).tiles).toEqual([]);
		for (const bay of ['done', 'running'] as const)
			view = changeView(view, { kind: 'fold', bay });
		expect(arrangementOf(core.state, view).tiles).toHaveLength(1);
		view = changeView(view, { kind: 'fold', bay: 'running' });
		expect(view.folded).toEqual(['done']);
	});
});

test('rows that do not fit are around the focus, and those left out are counted as agents', () => {
	const rows = (name: string) =>
		visibleStrips(
			agents,
			{ ...open, focus: named(name).id },
			{ width: 38, height: 12 },
			() => null,
		).map(told);
	expect(rows('agent-1')).toEqual([
		'bay running 20',
		...names.slice(0, 10),
		'0 above, 20 below',
	]);
	expect(rows('agent-20').at(-1)).toBe('20 above, 0 below');
	expect(rows('agent-20').at(-2)).toBe('agent-20');
	expect(rows('agent-12')).toContain('agent-12');
});

test('only the agents whose names hold the letters are seen, and the one in focus, with their numbers', () => {
	const look = { ...open, filter: ' AGENT-2 ', focus: named('agent-5').id };
	const rows = stripRows(agents, look, false);
	const numbers = rows.flatMap((row) => (row.kind === 'agent' ? [row.number] : []));
	const wanted = [2, 5, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29];
	expect(numbers.toSorted((one, other) => one - other)).toEqual(wanted);
	expect(rowsWanted(agents, look)).toBe(wanted.length);
	const view = { ...initialView({ columns: 240, rows: 67 }, 0), ...look };
	expect(arrangementOf(core.state, view).tiles).toHaveLength(wanted.length);
	const prompt = { kind: 'filter', field: fieldOf('agent-30'), before: '' } as const;
	const asked = changeView(view, { kind: 'dialog', dialog: prompt });
	expect(arrangementOf(core.state, asked).tiles).toHaveLength(2);
});
