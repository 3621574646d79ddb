// The table of gates: a row an agent, a column a gate. Where not all columns fit, those around the cursor
// are shown.
import { counted } from '../../lib/counted.ts';
import type { Glyphs } from '../look/glyphs.ts';
import { observationOf, type Reflection } from '../mirror.ts';
import {
	bold,
	fitLine,
	type Line,
	lineWidth,
	markSpan,
	padText,
	span,
} from '../paint/spans.ts';
import { gatesOf } from '../panes/gate-spans.ts';
import { baseSpan } from './base-span.ts';
import { cellSpan, wordedCell } from './cell-span.ts';
import { type GateRow, type GateTable, runsIn } from './gate-table.ts';

export interface TableFacts {
	readonly reflection: Reflection;
	readonly now: number;
	readonly glyphs: Glyphs;
	readonly width: number;
	readonly height: number;
}

const leastName = 6;
const mostName = 16;
/** `✗ 12 new`, `∅ broken` */
const signCell = 8;
const gap = 2;
/** The line of the names of the gates. */
export const headRows = 1;

/** Cells in which all could be said, and its rows. */
export function wantedOf(table: GateTable): {
	readonly width: number;
	readonly rows: number;
} {
	const columns = table.gates.map((name) => Math.max(name.length, wordedCell) + gap);
	const width = leadCells(table, mostName) + columns.reduce((sum, one) => sum + one, 0);
	return { width, rows: table.agents.length + headRows };
}

/**
 * `30 agents, 4 gates  5 running on 6 slots  3 waiting  main green`; where that is wider than there is room,
 * first without what is least of it: what can be counted below, then the slots.
 */
export function tableTitle(
	table: GateTable,
	reflection: Reflection,
	slots: number | null,
	width: number,
): Line {
	const { running, waiting } = runsIn(reflection.state, reflection.observed);
	const base = baseSpan(reflection);
	const count = `${counted(table.agents.length, 'agent')}, ${counted(table.gates.length, 'gate')}`;
	const what = span(` ${count} `, 'dim');
	const on = slots === null ? '' : ` on ${counted(slots, 'slot')}`;
	const runs = (where: string): Line => [
		...(running > 0 ? [span(` ${running} running${where} `, 'run')] : []),
		...(running === 0 && slots !== null ? [span(` none running${where} `, 'dim')] : []),
		...(waiting > 0 ? [span(` ${waiting} waiting `, 'dim')] : []),
		...(base ? [base] : []),
	];
	const name = bold(' gates ');
	const shortest = [name, ...runs('')];
	const longer = [
		[name, what, ...runs(on)],
		[name, ...runs(on)],
	];
	return longer.find((line) => lineWidth(line) <= width) ?? shortest;
}

export function tableLines(table: GateTable, facts: TableFacts): readonly Line[] {
	const shape = shapeOf(table, facts);
	const names: Line = shape.columns.flatMap(({ name, width, at }) => [
		span(
			padText(name, width, facts.glyphs.ellipsis),
			at === table.column ? undefined : 'dim',
		),
		span(' '.repeat(gap)),
	]);
	const lead = padText('', shape.lead);
	const head: Line = [span(lead), ...names];
	const rows = table.agents
		.slice(shape.top, shape.top + shape.rows)
		.map((row, at) =>
			rowLine(row, shape.top + at === table.row, { table, facts, shape }),
		);
	return [head, ...rows].map((line) => fitLine(line, facts.width, facts.glyphs.ellipsis));
}

/** The cell at a spot of the table; null where none is. */
export function cellAt(
	table: GateTable,
	facts: Pick<TableFacts, 'width' | 'height'>,
	spot: { readonly x: number; readonly y: number },
): { readonly row: number; readonly column: number | null } | null {
	const shape = shapeOf(table, facts);
	const row = shape.top + spot.y - headRows;
	if (spot.y < headRows || row >= table.agents.length) return null;
	const hit = shape.columns.find(({ from, width }) => {
		return spot.x >= from && spot.x < from + width + gap;
	});
	return { row, column: hit?.at ?? null };
}

interface Column {
	readonly at: number;
	readonly name: string;
	readonly from: number;
	readonly width: number;
}

interface Shape {
	/** Cells before the first column. */
	readonly lead: number;
	readonly columns: readonly Column[];
	/** The first row that is shown, and how many are. */
	readonly top: number;
	readonly rows: number;
}

function shapeOf(
	table: GateTable,
	{ width, height }: Pick<TableFacts, 'width' | 'height'>,
): Shape {
	const narrow = leadCells(table, leastName);
	const room = width - narrow;
	const widths = [wordedCell, signCell]
		.map((cell) => table.gates.map((name) => columnWidth(name, cell)))
		.find((some) => cellsOf(some) <= room);
	const all = widths ?? table.gates.map(() => signCell);
	const [first, end] = windowOf(all, table.column, room);
	const used = cellsOf(all.slice(first, end));
	const lead = Math.min(leadCells(table, mostName), Math.max(narrow, width - used));
	let from = lead;
	const columns = all.slice(first, end).map((cells, offset): Column => {
		const at = first + offset;
		const column = { at, name: table.gates[at] ?? '', from, width: cells };
		from += cells + gap;
		return column;
	});
	const rows = Math.max(0, height - headRows);
	const last = Math.max(0, table.agents.length - rows);
	const top = Math.max(0, Math.min(table.row - Math.floor(rows / 2), last));
	return { lead, columns, top, rows };
}

function columnWidth(name: string, least: number): number {
	return Math.max(Math.min(name.length, wordedCell), least);
}

function cellsOf(widths: readonly number[]): number {
	return widths.reduce((sum, width) => sum + width + gap, 0);
}

/** As many columns as fit, the one of the cursor among them. */
function windowOf(
	widths: readonly number[],
	cursor: number,
	room: number,
): readonly [first: number, end: number] {
	let first = Math.max(0, cursor);
	let end = first + 1;
	for (;;) {
		if (end < widths.length && cellsOf(widths.slice(first, end + 1)) <= room) end += 1;
		else if (first > 0 && cellsOf(widths.slice(first - 1, end)) <= room) first -= 1;
		else return [first, end];
	}
}

/** The bar of the cursor, the number and the name. */
function leadCells({ agents }: GateTable, most: number): number {
	const names = agents.map(({ agent }) => agent.name.length);
	return numberCells + Math.min(most, Math.max(leastName, ...names)) + gap;
}

const numberCells = 1 + 3;

function rowLine(
	{ agent, number }: GateRow,
	chosen: boolean,
	{
		table,
		facts,
		shape,
	}: {
		readonly table: GateTable;
		readonly facts: TableFacts;
		readonly shape: Shape;
	},
): Line {
	const { reflection, glyphs } = facts;
	const name = padText(agent.name, shape.lead - numberCells - gap, glyphs.ellipsis);
	const gates = gatesOf(agent, observationOf(reflection, agent.id), table.gates);
	const cells = shape.columns.flatMap(({ at, width }): Line => {
		const gate = gates[at];
		if (!gate) return [];
		const marked = chosen && at === table.column;
		const said = cellSpan(gate, { ...facts, width });
		const text = padText(said.text, width, glyphs.ellipsis);
		return [{ ...said, text, ...(marked && { inverse: true }) }, span(' '.repeat(gap))];
	});
	const left: Line = [
		markSpan(glyphs.focusBar, chosen),
		span(`${String(number).padStart(2)} `, 'dim'),
		chosen ? bold(name) : span(name),
		span(' '.repeat(gap)),
	];
	return [...left, span(' '.repeat(Math.max(0, shape.lead - lineWidth(left)))), ...cells];
}
